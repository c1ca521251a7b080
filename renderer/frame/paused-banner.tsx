import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { crashLoop } from '../../preload/contract/bounds'
import { openReport } from '../data/report'
import { useGoOn, useQueuePaused } from '../data/use-jobs'
import { Button } from '../ui/button'

/** After a crash loop: that no job is driven, why, and the button that goes on. */
export const PausedBanner = () => {
  const { t } = useTranslation()
  const isPaused = useQueuePaused()
  const { mutate: goOn, isPending } = useGoOn()
  if (!isPaused) return null
  return (
    <section
      aria-label={t('common.paused.title')}
      className="flex shrink-0 items-center gap-3 border-b border-line bg-accent-soft py-2 pr-3 pl-4"
      data-testid="paused"
    >
      <TriangleAlert aria-hidden className="size-5 shrink-0 stroke-[1.6] text-warn" />
      <div className="min-w-0 flex-1" role="status">
        <p className="font-medium">{t('common.paused.title')}</p>
        <p className="text-balance text-muted">{t('common.paused.text', { ...crashLoop })}</p>
      </div>
      <Button look="ghost" onClick={() => openReport()}>
        {t('common.report.open')}
      </Button>
      <Button busy={isPending} look="primary" onClick={() => goOn()}>
        {t('common.paused.goOn')}
      </Button>
    </section>
  )
}
