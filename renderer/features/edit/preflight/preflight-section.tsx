import { useTranslation } from 'react-i18next'
import type {
  Draft,
  EditOptions,
  MediaItem,
  Outcome,
  ProviderLimits,
  Remedy,
} from '../../../../preload/contract'
import { useChangeDraft } from '../../../data/use-drafts'
import { useMedia } from '../../../data/use-media'
import { Button } from '../../../ui/button'
import { VerdictMark } from '../../../ui/verdict-mark'
import { usePlayer } from '../stage/player'
import { useOutcome } from '../stage/prepared-store'
import { recipeName, recipeOf } from '../stage/recipe'
import { OpenLine, PassedLines, SettledItem } from './finding-line'
import { type Folded, isHopeless, type Line, settledGroups } from './fold-findings'
import { OutcomeLines, PreviewOutcome } from './outcome'
import {
  editRemedy,
  fixOf,
  isChosen,
  remediesFor,
  withFixPart,
  withoutRemedy,
  withRemedy,
} from './remedies'

const useHeadline = (item: MediaItem, { open }: Folded) => {
  const { t } = useTranslation()
  const failing = open.filter(({ finding }) => finding.level === 'fail').length
  if (item.state === 'missing') return { mark: 'fail', said: t('edit.clips.missing') } as const
  if (item.report === null) return { mark: 'checking', said: t('edit.preflight.checking') } as const
  if (open.some(isHopeless)) return { mark: 'fail', said: t('edit.preflight.refused') } as const
  if (failing > 0)
    return { mark: 'fail', said: t('edit.preflight.toFix', { count: failing }) } as const
  if (open.length > 0)
    return { mark: 'warn', said: t('edit.preflight.warnings', { count: open.length }) } as const
  return { mark: 'pass', said: t('edit.preflight.ready') } as const
}

/** Remedies that settle every failing line at once; where there are two ways, the first. */
const fixable = (draft: Draft, open: readonly Line[]) =>
  open.flatMap(({ subject, finding }) => {
    const [remedy] = remediesFor(finding)
    if (subject.kind === 'edit' || remedy === undefined || isChosen(draft, subject.id, finding))
      return []
    return [{ id: subject.id, remedy }]
  })

/** What settles the lines of the edit itself. */
const fixableOptions = (limits: ProviderLimits | undefined, open: readonly Line[]) =>
  open.flatMap(({ subject, finding }) => {
    const remedy = subject.kind === 'edit' && limits ? editRemedy(finding, limits) : null
    return remedy ? [remedy.options] : []
  })

const withOptions = (draft: Draft, parts: readonly Partial<EditOptions>[]): Draft => ({
  ...draft,
  options: Object.assign({}, draft.options, ...parts),
})

/** What the model would refuse, worst first, each with what settles it. */
export const PreflightSection = ({
  item,
  draft,
  limits,
  folded,
  outcome,
}: {
  item: MediaItem
  draft: Draft
  /** Of the provider; undefined until it is known. */
  limits: ProviderLimits | undefined
  folded: Folded
  /** The clip before and after its fixes; undefined until it is known. */
  outcome: Outcome | undefined
}) => {
  const { t } = useTranslation()
  const player = usePlayer()
  const change = useChangeDraft(item.id)
  const media = useMedia().data ?? []
  const { mark, said } = useHeadline(item, folded)
  const apply = (
    choices: readonly { id: string; remedy: Remedy }[],
    options: readonly Partial<EditOptions>[] = [],
  ) =>
    change((before) =>
      choices.reduce(
        (next, { id, remedy }) => {
          const facts = media.find((one) => one.id === id)?.facts ?? null
          return withRemedy(next, { id, facts }, remedy, player.time)
        },
        withOptions(before, options),
      ),
    )
  const all = fixable(draft, folded.open)
  const allOptions = fixableOptions(limits, folded.open)
  const made = useOutcome(item.id, recipeName(recipeOf(draft, item.id)))
  return (
    <section
      aria-label={t('edit.preflight.title')}
      className="outline-none"
      data-part="preflight"
      tabIndex={-1}
    >
      <div className="flex h-7 items-center gap-2">
        <VerdictMark mark={mark} />
        <h2 className="flex-1 font-semibold" data-testid="verdict">
          {said}
        </h2>
        {all.length + allOptions.length > 1 ? (
          <Button data-first look="accent" onClick={() => apply(all, allOptions)} size="sm">
            {t('edit.preflight.fixAll')}
          </Button>
        ) : null}
      </div>
      <ul className="mt-1 flex flex-col gap-2 empty:hidden">
        {folded.open.map((line) => (
          <OpenLine
            draft={draft}
            key={line.key}
            limits={limits}
            line={line}
            onOptions={(options) => apply([], [options])}
            onRemedy={({ subject }, remedy) =>
              subject.kind !== 'edit' && apply([{ id: subject.id, remedy }])
            }
          />
        ))}
        {settledGroups(folded.settled, draft).map((group) => {
          const { id } = group.subject
          return (
            <SettledItem
              canFrame={id === item.id}
              file={media.find((one) => one.id === id)}
              fix={fixOf(draft, id)}
              group={group}
              key={group.key}
              onFix={(part) => change((before) => withFixPart(before, id, part))}
              onUndo={(finding) => change((before) => withoutRemedy(before, id, finding))}
            />
          )
        })}
      </ul>
      <div className="mt-1 flex flex-col">
        {made ? null : <OutcomeLines outcome={outcome} />}
        <PreviewOutcome draft={draft} fileId={item.id} />
        <PassedLines lines={folded.passed} />
      </div>
    </section>
  )
}
