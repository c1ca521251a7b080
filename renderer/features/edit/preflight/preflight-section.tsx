import { useTranslation } from 'react-i18next'
import type {
  Draft,
  EditOptions,
  MediaItem,
  Outcome,
  ProviderLimits,
} from '../../../../preload/contract'
import { useChangeDraft } from '../../../data/use-drafts'
import { useMedia } from '../../../data/use-media'
import { Button } from '../../../ui/button'
import { type Mark, VerdictMark } from '../../../ui/verdict-mark'
import { usePlayer } from '../stage/player'
import { useOutcomeOf } from '../stage/recipe'
import { FindingList, PassedLines } from './finding-line'
import { type Folded, isHopeless, type Line } from './fold-findings'
import { OutcomeLines, PreviewOutcome } from './outcome'
import { editRemedy, type RemedyChoice, wantedRemedy, withRemedies } from './remedies'

const useHeadline = (item: MediaItem, { open }: Folded): { mark: Mark; headline: string } => {
  const { t } = useTranslation()
  const failing = open.filter(({ finding }) => finding.level === 'fail').length
  if (item.state === 'missing') return { mark: 'fail', headline: t('edit.clips.missing') }
  if (item.report === null) return { mark: 'checking', headline: t('edit.preflight.checking') }
  if (open.some(isHopeless)) return { mark: 'fail', headline: t('edit.preflight.refused') }
  if (failing > 0) return { mark: 'fail', headline: t('edit.preflight.toFix', { count: failing }) }
  if (open.length > 0)
    return { mark: 'warn', headline: t('edit.preflight.warnings', { count: open.length }) }
  return { mark: 'pass', headline: t('edit.preflight.ready') }
}

/** The remedies that "Fix all" chooses for files. */
const fixable = (draft: Draft, open: readonly Line[]) =>
  open.flatMap(({ subject, finding }) =>
    subject.kind === 'edit' ? [] : wantedRemedy(draft, subject.id, finding),
  )

/** The option changes that "Fix all" makes. */
const fixableOptions = (limits: ProviderLimits | undefined, open: readonly Line[]) =>
  open.flatMap(({ subject, finding }) => {
    const remedy = subject.kind === 'edit' && limits ? editRemedy(finding, limits) : null
    return remedy ? [remedy.options] : []
  })

const withOptions = (draft: Draft, parts: readonly Partial<EditOptions>[]): Draft => ({
  ...draft,
  options: Object.assign({}, draft.options, ...parts),
})

/** The verdict of the edit and all findings, worst first, with their remedies. */
export const PreflightSection = ({
  item,
  draft,
  limits,
  folded,
  outcome,
}: {
  item: MediaItem
  draft: Draft
  /** The limits of the provider; undefined until they are known. */
  limits: ProviderLimits | undefined
  folded: Folded
  /** The clip before and after its fixes; undefined until they are known. */
  outcome: Outcome | undefined
}) => {
  const { t } = useTranslation()
  const player = usePlayer()
  const change = useChangeDraft(item.id)
  const media = useMedia().data ?? []
  const fileOf = (id: string) => media.find((one) => one.id === id)
  const { mark, headline } = useHeadline(item, folded)
  const apply = (choices: readonly RemedyChoice[], options: readonly Partial<EditOptions>[] = []) =>
    change((before) =>
      withRemedies(
        withOptions(before, options),
        choices,
        (id) => fileOf(id)?.facts ?? null,
        player.time,
      ),
    )
  const all = fixable(draft, folded.open)
  const allOptions = fixableOptions(limits, folded.open)
  const made = useOutcomeOf(draft, item.id)
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
          {headline}
        </h2>
        {all.length + allOptions.length > 1 ? (
          <Button data-first look="accent" onClick={() => apply(all, allOptions)} size="sm">
            {t('edit.preflight.fixAll')}
          </Button>
        ) : null}
      </div>
      <FindingList
        canFrame={(id) => id === item.id}
        className="mt-1"
        draft={draft}
        fileOf={fileOf}
        folded={folded}
        limits={limits}
        onOptions={(options) => apply([], [options])}
        onRemedy={(choice) => apply([choice])}
      />
      <div className="mt-1 flex flex-col">
        {made ? null : <OutcomeLines outcome={outcome} />}
        <PreviewOutcome draft={draft} fileId={item.id} />
        <PassedLines lines={folded.passed} />
      </div>
    </section>
  )
}
