import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button'
import { IconButton } from '../../../ui/icon-button'
import { type Mark, VerdictMark } from '../../../ui/verdict-mark'
import { chooseCurrentClip } from '../clips/chosen-clips'
import type { BatchSummary, ClipState } from './batch-summary'

/** The states as they are told, worst first. */
const told: readonly { state: ClipState; mark: Mark }[] = [
  { state: 'hopeless', mark: 'fail' },
  { state: 'fixable', mark: 'fail' },
  { state: 'blocked', mark: 'warn' },
  { state: 'unsaid', mark: 'info' },
  { state: 'checking', mark: 'checking' },
  { state: 'ready', mark: 'pass' },
]

const namesOf = (wanted: ClipState, left: BatchSummary['left']): string[] =>
  left.filter(({ state }) => state === wanted).map(({ item }) => item.name)

/** How many clips are chosen, how they stand, and one press that mends what can be mended. */
export const BatchHead = ({
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
        {told
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
