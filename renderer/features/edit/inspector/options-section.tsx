import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type {
  AspectRatio,
  Draft,
  DraftCheck,
  EditOptions,
  ProviderDescription,
  Quality,
} from '../../../../preload/contract'
import { modeRow } from '../../../../preload/contract/mode-table'
import { useChangeDraft } from '../../../data/use-drafts'
import { Disclosure } from '../../../ui/disclosure'
import { Segmented } from '../../../ui/segmented'
import { MoreOptions } from './more-options'
import { RatioShape } from './ratio-shape'

const qualities: readonly Quality[] = ['720p', '1080p']
const ratios: readonly AspectRatio[] = ['16:9', '9:16', '1:1', '4:3', '3:4']

/** How the result should be; what a provider does not offer is named as such. */
export const OptionsSection = ({
  draft,
  check,
  provider,
}: {
  draft: Draft
  check: DraftCheck | undefined
  provider: ProviderDescription
}) => {
  const { t } = useTranslation()
  const change = useChangeDraft(draft.clipId)
  const [more, setMore] = useState(false)
  const { options } = draft
  const { limits } = modeRow(provider, 'edit')
  const set = (part: Partial<EditOptions>) =>
    change((before) => ({ ...before, options: { ...before.options, ...part } }))
  const refused = t('edit.options.notOffered', { provider: provider.name })
  const unless = (offered: boolean) => (offered ? undefined : refused)
  return (
    <section className="flex flex-col gap-2" data-part="options" tabIndex={-1}>
      <div className="flex items-center justify-between gap-3">
        <span className="shrink-0 text-sm text-muted">{t('edit.options.quality')}</span>
        <Segmented
          label={t('edit.options.quality')}
          onChange={(quality) => set({ quality })}
          segments={qualities.map((value) => ({
            value,
            label: value,
            unavailable: unless(limits.qualities.includes(value)),
          }))}
          value={options.quality}
        />
      </div>
      <div className="flex items-center justify-between gap-3">
        <span className="shrink-0 text-sm text-muted">{t('edit.options.ratio')}</span>
        <Segmented
          className="max-[1100px]:[&_button]:px-2"
          label={t('edit.options.ratio')}
          onChange={(ratio) => set({ ratio: ratio === 'keep' ? null : ratio })}
          segments={[
            {
              value: 'keep',
              label: t(limits.keepsRatio ? 'edit.options.keep' : 'edit.options.nearest'),
              hint: limits.keepsRatio
                ? undefined
                : t('edit.options.nearestWhy', { provider: provider.name }),
            },
            ...ratios.map((value) => ({
              value,
              label: value,
              icon: <RatioShape ratio={value} />,
              unavailable: unless(limits.ratios.includes(value)),
            })),
          ]}
          value={options.ratio ?? 'keep'}
        />
      </div>
      {check?.impliedRatio ? (
        <p className="-mt-1 text-right text-sm text-muted" data-testid="implied-ratio">
          {t('edit.options.sends', { ratio: check.impliedRatio })}
        </p>
      ) : null}
      <div className="flex items-center justify-between gap-3">
        <span className="shrink-0 text-sm text-muted">{t('edit.options.sound')}</span>
        <Segmented
          label={t('edit.options.sound')}
          onChange={(sound) => set({ sound })}
          segments={[
            { value: 'auto', label: t('edit.options.soundAuto') },
            {
              value: 'keep',
              label: t('edit.options.soundKeep'),
              unavailable: unless(limits.options.sound),
            },
          ]}
          value={options.sound}
        />
      </div>
      <Disclosure label={t('edit.options.more')} onOpenChange={setMore} open={more}>
        <MoreOptions check={check} onChange={set} options={options} provider={provider} />
      </Disclosure>
    </section>
  )
}
