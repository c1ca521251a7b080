import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import type {
  AspectRatio,
  Draft,
  DraftCheck,
  EditOptions,
  ProviderDescription,
} from '../../../../preload/contract'
import { modeOfSource, modeRow } from '../../../../preload/contract/mode-table'
import { wan27 } from '../../../../preload/contract/wan27'
import { useChangeDraft } from '../../../data/use-drafts'
import { Disclosure } from '../../../ui/disclosure'
import { Segmented } from '../../../ui/segmented'
import { MoreOptions } from './more-options'

/** A small drawing of a ratio. */
const RatioShape = ({ ratio }: { ratio: AspectRatio }) => {
  const [wide = 1, high = 1] = ratio.split(':').map(Number)
  const scale = 13 / Math.max(wide, high)
  const width = wide * scale
  const height = high * scale
  return (
    <svg aria-hidden className="size-4" fill="none" stroke="currentColor" viewBox="0 0 16 16">
      <rect
        height={height}
        rx="1.5"
        strokeWidth="1.5"
        width={width}
        x={8 - width / 2}
        y={8 - height / 2}
      />
    </svg>
  )
}

/** An option with its name and its values. */
const Choice = <T extends string>(props: ComponentProps<typeof Segmented<T>>) => (
  <div className="flex items-center justify-between gap-3">
    <span className="shrink-0 text-sm text-muted">{props.label}</span>
    <Segmented {...props} />
  </div>
)

const { qualities, ratios } = wan27.edit.options

/** The options of the edit. Options that the provider does not offer are disabled with a reason. */
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
  const change = useChangeDraft(draft.id)
  const { options } = draft
  const offer = modeRow(provider, modeOfSource[draft.source.kind])
  const { limits } = offer
  const set = (part: Partial<EditOptions>) =>
    change((before) => ({ ...before, options: { ...before.options, ...part } }))
  const refused = t('edit.options.notOffered', { provider: provider.name })
  const unless = (offered: boolean) => (offered ? undefined : refused)
  return (
    <section className="flex flex-col gap-2" data-part="options" tabIndex={-1}>
      <Choice
        label={t('edit.options.quality')}
        onChange={(quality) => set({ quality })}
        segments={qualities.map((value) => ({
          value,
          label: value,
          unavailable: unless(limits.qualities.includes(value)),
        }))}
        value={options.quality}
      />
      <Choice
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
      {check?.impliedRatio ? (
        <p className="-mt-1 text-right text-sm text-muted" data-testid="implied-ratio">
          {t('edit.options.sends', { ratio: check.impliedRatio })}
        </p>
      ) : null}
      <Choice
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
      <Disclosure label={t('edit.options.more')}>
        <MoreOptions
          check={check}
          offer={offer}
          onChange={set}
          options={options}
          provider={provider.name}
        />
      </Disclosure>
    </section>
  )
}
