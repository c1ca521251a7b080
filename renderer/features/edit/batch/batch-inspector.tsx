import { X } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { MediaItem } from '../../../../preload/contract'
import { useRemaining } from '../../../data/submissions'
import { useDraft } from '../../../data/use-drafts'
import { Button } from '../../../ui/button'
import { IconButton } from '../../../ui/icon-button'
import { type Mark, VerdictMark } from '../../../ui/verdict-mark'
import { chooseCurrentClip } from '../clips/chosen-clips'
import { InspectorSections } from '../inspector/inspector-sections'
import { BatchBar } from './batch-bar'
import { type BatchSummary, type ClipState, summed } from './batch-summary'
import { type BatchActions, useBatch, useBatchActions, wantedFixes } from './use-batch'

/** The states in the order of the list, worst first. */
const stateOrder: readonly { state: ClipState; mark: Mark }[] = [
  { state: 'hopeless', mark: 'fail' },
  { state: 'fixable', mark: 'fail' },
  { state: 'blocked', mark: 'warn' },
  { state: 'unsaid', mark: 'info' },
  { state: 'checking', mark: 'checking' },
  { state: 'ready', mark: 'pass' },
]

/** The names of the clips in a state that needs a look at each clip. */
const ClipNames = ({ of, left }: { of: ClipState } & Pick<BatchSummary, 'left'>) => {
  if (of !== 'hopeless' && of !== 'blocked') return null
  const names = left.filter(({ state }) => state === of).map(({ item }) => item.name)
  return (
    <p className="truncate text-sm text-muted" title={names.join('\n')}>
      {names.join(', ')}
    </p>
  )
}

/** How many clips are chosen, their states, and Fix all. */
const BatchHead = ({
  total,
  summary,
  canFix,
  actions: { fixAll, fixing },
}: {
  total: number
  summary: BatchSummary
  canFix: boolean
  actions: BatchActions
}) => {
  const { t } = useTranslation()
  const { counts, left } = summary
  return (
    <section aria-label={t('edit.batch.title', { count: total })} data-testid="batch">
      <div className="flex h-7 items-center gap-2">
        <h2 className="flex-1 font-semibold">{t('edit.batch.title', { count: total })}</h2>
        {canFix ? (
          <Button busy={fixing} look="accent" onClick={() => void fixAll()} size="sm">
            {t('edit.preflight.fixAll')}
          </Button>
        ) : null}
        <IconButton
          className="-mr-1"
          icon={<X />}
          onClick={chooseCurrentClip}
          shortcut="clips-none"
          size="sm"
        />
      </div>
      <ul className="mt-1 flex flex-col gap-1">
        {stateOrder
          .filter(({ state }) => counts[state] > 0)
          .map(({ state, mark }) => (
            <li className="flex gap-2" data-state={state} key={state}>
              <VerdictMark className="mt-0.5" mark={mark} />
              <div className="min-w-0">
                {t(`edit.batch.states.${state}`, { count: counts[state] })}
                <ClipNames left={left} of={state} />
              </div>
            </li>
          ))}
      </ul>
    </section>
  )
}

/** The inspector of several clips: their states, the shared prompt, images and options, and Submit. */
export const BatchInspector = ({
  item,
  items,
}: {
  /** The current clip. Its draft is the pattern for the others. */
  item: MediaItem
  items: readonly MediaItem[]
}) => {
  const { t } = useTranslation()
  const pattern = useDraft(item.id)
  const clips = useBatch(items)
  const remaining = useRemaining()
  const summary = useMemo(() => summed(clips, remaining), [clips, remaining])
  const actions = useBatchActions(clips)
  const canFix = useMemo(
    () => clips.some(({ draft, checks = [] }) => checks.some((one) => wantedFixes(draft, one)[0])),
    [clips],
  )
  if (!pattern) return null
  const own = clips.find(({ draft }) => draft.source.clipId === item.id)?.checks?.[0]
  return (
    <>
      <InspectorSections
        check={own}
        draft={pattern}
        note={t('edit.batch.pattern', { name: item.name, count: items.length - 1 })}
      >
        <BatchHead actions={actions} canFix={canFix} summary={summary} total={items.length} />
      </InspectorSections>
      <BatchBar actions={actions} clips={clips} pattern={pattern} summary={summary} />
    </>
  )
}
