import { useTranslation } from 'react-i18next'
import type { Draft, MediaItem, Outcome } from '../../../../preload/contract'
import { Button } from '../../../ui/button'
import { type Mark, VerdictMark } from '../../../ui/verdict-mark'
import { useLimits } from '../inspector/use-limits'
import { useOutcomeOf } from '../stage/recipe'
import { FindingList, PassedLines, useApplyRemedies } from './finding-line'
import { type Folded, isHopeless } from './fold-findings'
import { OutcomeLines, PreviewOutcome } from './outcome'
import { editRemedy, wantedRemedy } from './remedies'

const useHeadline = (item: MediaItem, { open }: Folded): { mark: Mark; headline: string } => {
  const { t } = useTranslation()
  const failing = open.filter(({ finding }) => finding.level === 'fail').length
  if (item.state === 'missing') return { mark: 'fail', headline: t('common.missing') }
  if (item.report === null) return { mark: 'checking', headline: t('edit.preflight.checking') }
  if (open.some(isHopeless)) return { mark: 'fail', headline: t('edit.preflight.refused') }
  if (failing > 0) return { mark: 'fail', headline: t('edit.preflight.toFix', { count: failing }) }
  if (open.length > 0)
    return { mark: 'warn', headline: t('edit.preflight.warnings', { count: open.length }) }
  return { mark: 'pass', headline: t('edit.preflight.ready') }
}

/** The verdict of the edit and all findings, worst first, with their remedies. */
export const PreflightSection = ({
  item,
  draft,
  folded,
  outcome,
}: {
  item: MediaItem
  draft: Draft
  folded: Folded
  /** The clip before and after its fixes; undefined until they are known. */
  outcome?: Outcome | undefined
}) => {
  const { t } = useTranslation()
  const apply = useApplyRemedies(draft)
  const limits = useLimits(draft)
  const { mark, headline } = useHeadline(item, folded)
  const remedies = folded.open.flatMap(({ subject, finding }) =>
    subject.kind === 'edit' ? [] : wantedRemedy(draft, subject.id, finding),
  )
  const options = folded.open.flatMap(({ subject, finding }) => {
    const remedy = subject.kind === 'edit' && limits ? editRemedy(finding, limits) : null
    return remedy ? [remedy.options] : []
  })
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
        {remedies.length + options.length > 1 ? (
          <Button data-first look="accent" onClick={() => apply(remedies, options)} size="sm">
            {t('edit.preflight.fixAll')}
          </Button>
        ) : null}
      </div>
      <div className="mt-1">
        <FindingList draft={draft} folded={folded} />
      </div>
      <div className="mt-1 flex flex-col">
        {made ? null : <OutcomeLines outcome={outcome} />}
        <PreviewOutcome draft={draft} fileId={item.id} />
        <PassedLines lines={folded.passed} />
      </div>
    </section>
  )
}
