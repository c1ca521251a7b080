import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { flushDrafts } from '../../../data/draft-store'
import { reportFailure } from '../../../data/failures'
import { type SubmitRun, submitAll } from '../../../data/use-jobs'
import { useFormat } from '../../../language/use-format'
import { show } from '../../../navigation'
import { Button } from '../../../ui/button'
import { Dialog } from '../../../ui/dialog'
import { Progress } from '../../../ui/progress'
import { toast } from '../../../ui/toast-store'
import type { BatchSummary } from './batch-summary'

const useCost = () => {
  const { t } = useTranslation()
  const format = useFormat()
  return ({ estimates }: BatchSummary): string =>
    estimates
      .map(({ bills, amount, amountUpTo, currency }) => {
        if (bills === 'nothing') return t('edit.cost.free')
        const least = format.money(amount, currency)
        return amountUpTo === undefined ? least : `${least} – ${format.money(amountUpTo, currency)}`
      })
      .join(' + ')
}

const Row = ({ label, children }: { label: string; children: string }) => (
  <div className="flex items-baseline justify-between gap-4 py-1">
    <dt className="text-muted">{label}</dt>
    <dd className="text-right font-medium">{children}</dd>
  </div>
)

/** Sends one edit after the other, with a way to stop between two of them. */
const useRun = (summary: BatchSummary, onDone: () => void) => {
  const { t } = useTranslation()
  const [run, setRun] = useState<SubmitRun | null>(null)
  const stopper = useRef<AbortController | null>(null)
  const start = async () => {
    const controller = new AbortController()
    stopper.current = controller
    setRun({ done: 0, total: summary.edits.length })
    flushDrafts()
    try {
      const jobs = await submitAll(summary.edits, { onRun: setRun, signal: controller.signal })
      toast({
        level: 'pass',
        text: t('edit.submit.sent', { count: jobs.length }),
        action: {
          label: t('edit.submit.showQueue'),
          run: () => show('queue', jobs[0]?.id ?? null),
        },
      })
    } catch (error) {
      reportFailure(error)
    } finally {
      setRun(null)
      onDone()
    }
  }
  return { run, start, stop: () => stopper.current?.abort() }
}

/** What is about to be sent, in numbers; nothing goes out before this is answered. */
export const BatchDialog = ({
  summary,
  onClose,
}: {
  summary: BatchSummary
  onClose: () => void
}) => {
  const { t } = useTranslation()
  const format = useFormat()
  const cost = useCost()
  const { run, start, stop } = useRun(summary, onClose)
  const { edits, seconds, left } = summary
  return (
    <Dialog
      footer={
        run ? (
          <Button onClick={stop}>{t('edit.batch.stop')}</Button>
        ) : (
          <>
            <Button onClick={onClose}>{t('common.cancel')}</Button>
            <Button data-testid="batch-confirm" look="primary" onClick={() => void start()}>
              {t('edit.submit.readyMany', { count: edits.length })}
            </Button>
          </>
        )
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
        <Row label={t('edit.batch.cost')}>{cost(summary)}</Row>
        {left.length > 0 ? (
          <Row label={t('edit.batch.left')}>{format.count(left.length)}</Row>
        ) : null}
      </dl>
      {run ? (
        <div className="mt-3 flex flex-col gap-1.5" role="status">
          <span className="text-sm text-muted">
            {t('edit.batch.running', { done: format.count(run.done), total: run.total })}
          </span>
          <Progress fraction={run.done / Math.max(1, run.total)} label={t('edit.submit.sending')} />
        </div>
      ) : (
        <p className="mt-3 text-sm text-muted">{t('edit.batch.queued')}</p>
      )}
    </Dialog>
  )
}
