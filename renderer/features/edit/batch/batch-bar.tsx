import { ArrowUpRight } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '../../../../preload/contract'
import { withinLimits } from '../../../data/cost-question'
import { useShortcut } from '../../../keyboard/use-shortcut'
import { Button } from '../../../ui/button'
import { Kbd } from '../../../ui/kbd'
import { chooseCurrentClip } from '../clips/chosen-clips'
import { CostLine } from '../submit/cost-line'
import { pointOut } from '../submit/point-out'
import { ProviderPicker } from '../submit/provider-picker'
import { BatchDialog } from './batch-dialog'
import { type BatchClip, type BatchSummary, follows } from './batch-summary'

/** What stands between a batch and its submission, and where a press leads. */
const useNext = (
  summary: BatchSummary,
  applies: boolean,
  { onApply, onAsk, onFix }: { onApply: () => void; onAsk: () => void; onFix: () => void },
) => {
  const { t } = useTranslation()
  const { counts, edits } = summary
  if (applies) return { kind: 'apply', run: onApply } as const
  if (edits.length > 0)
    return {
      kind: 'submit',
      run: onAsk,
      label: t('edit.batch.submit', { count: edits.length }),
    } as const
  if (counts.checking > 0)
    return { kind: 'wait', run: () => {}, label: t('edit.submit.checking') } as const
  if (counts.unsaid > 0)
    return {
      kind: 'prompt',
      run: () => pointOut('prompt'),
      label: t('edit.submit.prompt'),
    } as const
  if (counts.fixable > 0)
    return { kind: 'fix', run: onFix, label: t('edit.preflight.fixAll') } as const
  if (counts.blocked > 0)
    return { kind: 'blocked', run: chooseCurrentClip, label: t('edit.batch.seeOne') } as const
  return { kind: 'nothing', run: chooseCurrentClip, label: t('edit.submit.hopeless') } as const
}

/** One verb at a time: first the same words for all, then all of it to the queue. */
export const BatchBar = ({
  clips,
  pattern,
  summary,
  onApply,
  onFix,
}: {
  clips: readonly BatchClip[]
  /** The draft of the clip at hand, which the others can follow. */
  pattern: Draft
  summary: BatchSummary
  onApply: () => void
  onFix: () => void
}) => {
  const { t } = useTranslation()
  const [asks, setAsks] = useState(false)
  const applies = useMemo(
    () => clips.some(({ draft }) => !follows(draft, pattern)),
    [clips, pattern],
  )
  const ready = summary.edits.length
  const onAsk = () => withinLimits(summary.each, () => setAsks(true))
  const next = useNext(summary, applies, { onApply, onAsk, onFix })
  const isVerb = next.kind === 'apply' || next.kind === 'submit'
  useShortcut('edit-submit', next.run, !asks)
  return (
    <footer className="flex shrink-0 flex-col gap-1 border-t border-line px-4 pt-2 pb-4">
      <ProviderPicker draft={pattern} />
      {summary.estimates[0] ? <CostLine estimate={summary.estimates[0]} /> : null}
      <Button
        className="mt-1 w-full"
        data-state={next.kind}
        data-testid="batch-next"
        icon={isVerb ? null : <ArrowUpRight aria-hidden className="size-4" />}
        look={isVerb ? 'primary' : 'secondary'}
        onClick={next.run}
        size="lg"
      >
        {next.kind === 'apply' ? t('edit.batch.apply', { count: clips.length }) : next.label}
        {isVerb ? <Kbd shortcut="edit-submit" /> : null}
      </Button>
      {applies && ready > 0 ? (
        <Button look="ghost" onClick={onAsk}>
          {t('edit.batch.submitAsIs', { count: ready })}
        </Button>
      ) : null}
      {asks ? <BatchDialog onClose={() => setAsks(false)} summary={summary} /> : null}
    </footer>
  )
}
