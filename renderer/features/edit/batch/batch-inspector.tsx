import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { MediaItem } from '../../../../preload/contract'
import { useDraft } from '../../../data/use-drafts'
import { useProvider } from '../../../data/use-providers'
import { ImagesSection } from '../images/images-section'
import { OptionsSection } from '../inspector/options-section'
import { PromptSection } from '../inspector/prompt-section'
import { BatchBar } from './batch-bar'
import { BatchHead } from './batch-head'
import { summed } from './batch-summary'
import { wantedFixes } from './fix-batch'
import { useBatch } from './use-batch'
import { useBatchActions } from './use-batch-actions'

/** Many clips at once: how they stand, what is said of all of them, and the way to send them. */
export const BatchInspector = ({
  item,
  items,
}: {
  /** The clip at hand: what is composed for it is what the others can follow. */
  item: MediaItem
  items: readonly MediaItem[]
}) => {
  const { t } = useTranslation()
  const pattern = useDraft(item.id)
  const provider = useProvider(pattern?.provider)
  const clips = useBatch(items)
  const summary = useMemo(() => summed(clips), [clips])
  const { fixAll, fixing, apply } = useBatchActions(clips)
  const canFix = useMemo(
    () =>
      clips.some(({ draft, checks }) =>
        checks?.some((check) => wantedFixes(draft, check).length > 0),
      ),
    [clips],
  )
  if (!pattern) return null
  const own = clips.find(({ draft }) => draft.clipId === item.id)?.checks?.[0]
  return (
    <>
      <div className="min-h-0 flex-1 divide-y divide-line overflow-y-auto [scrollbar-gutter:stable] [&>*]:py-3 [&>*]:pr-1.5 [&>*]:pl-4">
        <BatchHead
          canFix={canFix}
          fixing={fixing}
          onFix={() => void fixAll()}
          summary={summary}
          total={items.length}
        />
        <div className="flex flex-col gap-3">
          <p className="text-sm text-muted">
            {t('edit.batch.pattern', { name: item.name, count: items.length - 1 })}
          </p>
          <PromptSection draft={pattern} limits={provider?.limits} />
        </div>
        <ImagesSection check={own} draft={pattern} provider={provider} />
        {provider ? <OptionsSection check={own} draft={pattern} provider={provider} /> : null}
      </div>
      <BatchBar
        onFix={() => void fixAll()}
        clips={clips}
        onApply={() => apply(pattern)}
        pattern={pattern}
        summary={summary}
      />
    </>
  )
}
