import { useTranslation } from 'react-i18next'
import { closeReport, useReportDialog } from '../data/report'
import { useCopy, useReport, useSaveReport } from '../data/use-app'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { toast } from '../ui/toast-store'

/** A report about this installation, as it will be sent: to read, copy and save. */
export const ReportDialog = () => {
  const { t } = useTranslation()
  const { open, errorId } = useReportDialog()
  const { data: report, isError } = useReport(errorId, open)
  const copy = useCopy()
  const { mutate: save, isPending } = useSaveReport((name) =>
    toast({ level: 'pass', text: t('common.report.saved', { name }) }),
  )
  const withReport = (use: (text: string) => void) => () => {
    if (report !== undefined) use(report)
  }
  return (
    <Dialog
      description={t('common.report.text')}
      footer={
        <>
          <Button disabled={report === undefined} onClick={withReport(copy)}>
            {t('common.report.copy')}
          </Button>
          <Button
            busy={isPending}
            disabled={report === undefined}
            look="primary"
            onClick={withReport(save)}
          >
            {t('common.report.save')}
          </Button>
        </>
      }
      onOpenChange={(next) => !next && closeReport()}
      open={open}
      size="page"
      title={
        errorId === null ? t('common.report.title') : t('common.report.titleOf', { id: errorId })
      }
    >
      <pre
        aria-busy={report === undefined && !isError}
        className="h-[52vh] overflow-auto rounded-md border border-line bg-window p-3 font-mono text-sm break-words whitespace-pre-wrap"
        data-testid="report"
      >
        {report ?? (
          <span className="font-sans text-base text-muted">
            {t(isError ? 'common.report.failed' : 'common.report.making')}
          </span>
        )}
      </pre>
    </Dialog>
  )
}
