import { X } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { MediaItem } from '../../../../preload/contract'
import { modeRow } from '../../../../preload/contract/mode-table'
import { useDraft } from '../../../data/use-drafts'
import { useProvider } from '../../../data/use-providers'
import { Button } from '../../../ui/button'
import { IconButton } from '../../../ui/icon-button'
import { type Mark, VerdictMark } from '../../../ui/verdict-mark'
import { chooseCurrentClip } from '../clips/chosen-clips'
import { ImagesSection } from '../images/images-section'
import { OptionsSection } from '../inspector/options-section'
import { PromptSection } from '../inspector/prompt-section'
import { BatchBar } from './batch-bar'
import { type BatchSummary, type ClipState, summed } from './batch-summary'
import { useBatch, useBatchActions, wantedFixes } from './use-batch'

/** The states in the order of the list, worst first. */
const stateOrder: readonly { state: ClipState; mark: Mark }[] = [
  { state: 'hopeless', mark: 'fail' },
  { state: 'fixable', mark: 'fail' },
  { state: 'blocked', mark: 'warn' },
  { state: 'unsaid', mark: 'info' },
  { state: 'checking', mark: 'checking' },
  { state: 'ready', mark: 'pass' },
]

const namesOf = (wanted: ClipState, left: BatchSummary['left']): string[] =>
  left.filter(({ state }) => state === wanted).map(({ item }) => item.name)

/** How many clips are chosen, their states, and Fix all. */
const BatchHead = ({
  total,
  summary,
  canFix,
  fixing,
  onFix,
}: {
  total: number
  summary: BatchSummary
  canFix: boolean
  fixing: boolean
  onFix: () => void
}) => {
  const { t } = useTranslation()
  const { counts, left } = summary
  return (
    <section aria-label={t('edit.batch.title', { count: total })} data-testid="batch">
      <div className="flex h-7 items-center gap-2">
        <h2 className="flex-1 font-semibold">{t('edit.batch.title', { count: total })}</h2>
        {canFix ? (
          <Button busy={fixing} look="accent" onClick={onFix} size="sm">
            {t('edit.preflight.fixAll')}
          </Button>
        ) : null}
        <IconButton
          className="-mr-1"
          icon={<X />}
          label={t('edit.batch.one')}
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
                {state === 'hopeless' || state === 'blocked' ? (
                  <p
                    className="truncate text-sm text-muted"
                    title={namesOf(state, left).join('\n')}
                  >
                    {namesOf(state, left).join(', ')}
                  </p>
                ) : null}
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
  const provider = useProvider(pattern?.provider)
  const limits = provider && modeRow(provider, 'edit').limits
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
          <PromptSection draft={pattern} limits={limits} />
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
