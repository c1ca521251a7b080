import { ArrowUpRight } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '../../../../preload/contract'
import { withinLimits } from '../../../data/cost-question'
import { useSubmitRun } from '../../../data/submissions'
import { useSubmittedBefore } from '../../../data/use-jobs'
import { useShortcut } from '../../../keyboard/use-shortcut'
import { useFormat } from '../../../language/use-format'
import { Button } from '../../../ui/button'
import { Dialog } from '../../../ui/dialog'
import { Kbd } from '../../../ui/kbd'
import { Progress } from '../../../ui/progress'
import { chooseCurrentClip } from '../clips/chosen-clips'
import { CostLine } from '../submit/cost-line'
import { ProviderPicker } from '../submit/provider-picker'
import { pointOut } from '../submit/submit-state'
import { type BatchClip, type BatchSummary, follows } from './batch-summary'
import type { BatchActions } from './use-batch'

const Row = ({ label, children }: { label: string; children: string }) => (
  <div className="flex items-baseline justify-between gap-4 py-1">
    <dt className="text-muted">{label}</dt>
    <dd className="text-right font-medium">{children}</dd>
  </div>
)

/** Asks before a batch is submitted: number of edits, seconds and cost. Then shows the progress. */
const BatchDialog = ({ summary, onClose }: { summary: BatchSummary; onClose: () => void }) => {
  const { t } = useTranslation()
  const format = useFormat()
  const { run, start, stop } = useSubmitRun()
  const { ready, edits, seconds, left } = summary
  const before = useSubmittedBefore()
  const again = edits.filter(before).length
  const submit = () => void start(ready).finally(onClose)
  const costs = summary.estimates.map(({ bills, amount, amountUpTo, currency }) =>
    bills === 'nothing' ? t('edit.cost.free') : format.moneyRange(amount, amountUpTo, currency),
  )
  return (
    <Dialog
      footer={
        // The confirming button keeps its place: the second half of a double click must not stop the run.
        <>
          <Button onClick={run ? stop : onClose}>
            {t(run ? 'edit.batch.stop' : 'common.cancel')}
          </Button>
          <Button busy={run !== null} data-testid="batch-confirm" look="primary" onClick={submit}>
            {t('edit.submit.readyMany', { count: edits.length })}
          </Button>
        </>
      }
      onOpenChange={(open) => {
        if (!open && !run) onClose()
      }}
      open
      title={t('edit.batch.confirm', { count: edits.length })}
    >
      <dl className="divide-y divide-line" data-testid="batch-summary">
        <Row label={t('edit.batch.edits')}>{format.count(edits.length)}</Row>
        <Row label={t('edit.batch.seconds')}>
          {seconds < 120
            ? format.seconds(seconds)
            : `${format.seconds(seconds)} · ${format.span(seconds * 1000)}`}
        </Row>
        <Row label={t('edit.batch.cost')}>{costs.join(' + ')}</Row>
        {again > 0 ? <Row label={t('edit.batch.again')}>{format.count(again)}</Row> : null}
        {left.length > 0 ? (
          <Row label={t('edit.batch.left')}>{format.count(left.length)}</Row>
        ) : null}
      </dl>
      {run ? (
        <div className="mt-3 flex flex-col gap-1.5" role="status">
          <span className="text-sm text-muted">
            {t('edit.batch.running', { done: format.count(run.jobs.length), total: run.total })}
          </span>
          <Progress fraction={run.jobs.length / run.total} label={t('edit.submit.sending')} />
        </div>
      ) : (
        <p className="mt-3 text-sm text-muted">{t('edit.batch.queued')}</p>
      )}
    </Dialog>
  )
}

/** Provider, cost, and a button with the next step: apply the pattern to all clips, then submit them. */
export const BatchBar = ({
  clips,
  pattern,
  summary,
  actions: { fixAll, apply },
}: {
  clips: readonly BatchClip[]
  /** The draft of the current clip, the pattern for the others. */
  pattern: Draft
  summary: BatchSummary
  actions: BatchActions
}) => {
  const { t } = useTranslation()
  const [isConfirming, setConfirming] = useState(false)
  const applies = useMemo(
    () => clips.some(({ draft }) => !follows(draft, pattern)),
    [clips, pattern],
  )
  const ready = summary.edits.length
  const before = useSubmittedBefore()
  const isAgain = ready > 0 && summary.edits.every(before)
  const onConfirm = () => withinLimits(summary.each, () => setConfirming(true))
  const next = (): { kind: string; run: () => void; label: string } => {
    const { checking, unsaid, fixable, blocked } = summary.counts
    if (applies)
      return {
        kind: 'apply',
        run: () => apply(pattern),
        label: t('edit.batch.apply', { count: clips.length }),
      }
    if (ready > 0)
      return {
        kind: 'submit',
        run: onConfirm,
        label: t(isAgain ? 'edit.batch.submitAgain' : 'edit.batch.submit', { count: ready }),
      }
    if (checking > 0) return { kind: 'wait', run: () => {}, label: t('edit.submit.checking') }
    if (unsaid > 0)
      return { kind: 'prompt', run: () => pointOut('prompt'), label: t('edit.submit.prompt') }
    if (fixable > 0)
      return { kind: 'fix', run: () => void fixAll(), label: t('edit.preflight.fixAll') }
    if (blocked > 0)
      return { kind: 'blocked', run: chooseCurrentClip, label: t('edit.batch.seeOne') }
    return { kind: 'nothing', run: chooseCurrentClip, label: t('edit.submit.hopeless') }
  }
  const { kind, run, label } = next()
  const isAction = kind === 'apply' || kind === 'submit'
  useShortcut('edit-submit', run, !isConfirming)
  return (
    <footer className="flex shrink-0 flex-col gap-1 border-t border-line px-4 pt-2 pb-4">
      <ProviderPicker draft={pattern} />
      {summary.estimates.map((estimate) => (
        <CostLine estimate={estimate} key={`${estimate.currency} ${estimate.bills}`} />
      ))}
      <Button
        className="mt-1 w-full"
        data-state={kind}
        data-testid="batch-next"
        icon={isAction ? null : <ArrowUpRight aria-hidden className="size-4" />}
        look={isAction && !(kind === 'submit' && isAgain) ? 'primary' : 'secondary'}
        onClick={run}
        size="lg"
      >
        {label}
        {isAction ? <Kbd shortcut="edit-submit" /> : null}
      </Button>
      {applies && ready > 0 ? (
        <Button look="ghost" onClick={onConfirm}>
          {t('edit.batch.submitAsIs', { count: ready })}
        </Button>
      ) : null}
      {isConfirming ? <BatchDialog onClose={() => setConfirming(false)} summary={summary} /> : null}
    </footer>
  )
}
