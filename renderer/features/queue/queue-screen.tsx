import { ListVideo } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../../preload/contract'
import { useJobs, useMarkSeen } from '../../data/use-jobs'
import { show, useTarget } from '../../navigation'
import { Button } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { JobRow } from './job-row'
import { type QueueActions, useQueueActions } from './queue-actions'
import { intoSections, newlySeen, type Section, withoutEarlier } from './sections'
import { useLeaving } from './use-leaving'

interface SectionListProps {
  section: Section
  jobs: readonly Job[]
  actions: QueueActions
  aside?: ReactNode
}

const SectionList = ({ section, jobs, actions, aside }: SectionListProps) => {
  const { t } = useTranslation()
  const shown = useLeaving(jobs)
  if (shown.length === 0 && !aside) return null
  return (
    <section aria-labelledby={`queue-${section}`} className="flex flex-col gap-2">
      <div className="flex h-8 items-center justify-between">
        <h2 className="font-medium" id={`queue-${section}`}>
          {t(`queue.section.${section}`)}{' '}
          <span className="ml-1 font-normal text-muted">{jobs.length || ''}</span>
        </h2>
        {aside}
      </div>
      {shown.length === 0 ? null : (
        <ul
          aria-labelledby={`queue-${section}`}
          className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-panel"
        >
          {shown.map(({ item, leaving }) => (
            <JobRow actions={actions} job={item} key={item.id} leaving={leaving} />
          ))}
        </ul>
      )}
    </section>
  )
}

const useScrollToTarget = (ready: boolean) => {
  const id = useTarget('queue')
  useEffect(() => {
    if (!ready || id === null) return
    const row = document.querySelector(`[data-job="${CSS.escape(id)}"]`)
    row?.scrollIntoView({ block: 'center' })
    row?.classList.add('animate-point-out')
  }, [ready, id])
}

/** All jobs, in three sections: those that need the person, those in progress, and finished ones. */
export const QueueScreen = () => {
  const { t } = useTranslation()
  const { data: jobs } = useJobs()
  const actions = useQueueActions()
  const [openedAt] = useState(() => Date.now())
  const [showEarlier, setShowEarlier] = useState(false)
  useMarkSeen(newlySeen(jobs ?? []))
  useScrollToTarget(jobs !== undefined)
  if (!jobs) return <div aria-busy className="h-full" />

  const { way, needs, finished } = intoSections(jobs)
  const recent = showEarlier ? finished : withoutEarlier(finished, openedAt)
  const earlier = finished.length - recent.length
  if (jobs.length === 0)
    return (
      <EmptyState
        icon={<ListVideo />}
        sentence={t('queue.empty.text')}
        title={t('queue.empty.title')}
      >
        <Button look="primary" onClick={() => show('edit')}>
          {t('queue.empty.action')}
        </Button>
      </EmptyState>
    )
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto flex max-w-[1040px] flex-col gap-6 px-6 py-4">
        <h1 className="sr-only">{t('queue.title')}</h1>
        <SectionList actions={actions} jobs={needs} section="needs" />
        <SectionList actions={actions} jobs={way} section="way" />
        <SectionList
          actions={actions}
          aside={
            finished.length > 0 ? (
              <div className="flex gap-1">
                {earlier > 0 ? (
                  <Button look="quiet" onClick={() => setShowEarlier(true)} size="sm">
                    {t('queue.earlier', { count: earlier })}
                  </Button>
                ) : null}
                <Button look="quiet" onClick={() => actions.remove(finished)} size="sm">
                  {t('queue.clear')}
                </Button>
              </div>
            ) : undefined
          }
          jobs={recent}
          section="finished"
        />
      </div>
    </div>
  )
}
