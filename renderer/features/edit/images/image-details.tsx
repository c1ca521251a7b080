import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft, MediaItem } from '../../../../preload/contract'
import { useChangeDraft, useDraftCheck } from '../../../data/use-drafts'
import { useFormat } from '../../../language/use-format'
import { figuresOf } from '../clips/clip-line'
import { OpenLine, SettledItem } from '../preflight/finding-line'
import { foldReport } from '../preflight/fold-findings'
import { OutcomeLines } from '../preflight/outcome-lines'
import { PassedLines } from '../preflight/passed-lines'
import { PreviewOutcome } from '../preflight/preview-outcome'
import { fixOf, withFixPart, withoutRemedy, withRemedy } from '../preflight/remedies'
import { settledGroups } from '../preflight/settled-groups'
import { useOutcome } from '../stage/prepared-store'
import { recipeName, recipeOf } from '../stage/recipe'

/** What was found of a reference image, and what its fixes make of it. */
export const ImageDetails = ({ item, draft }: { item: MediaItem | undefined; draft: Draft }) => {
  const { t } = useTranslation()
  const format = useFormat()
  const change = useChangeDraft(draft.clipId)
  const { check } = useDraftCheck(draft)
  const outcome = useOutcome(item?.id ?? '', item ? recipeName(recipeOf(draft, item.id)) : '')
  const folded = useMemo(() => {
    if (!item?.report) return null
    const after = check?.files.find(({ id }) => id === item.id)?.report ?? item.report
    return foldReport({ kind: 'clip', id: item.id }, item.report, after)
  }, [item, check])
  if (!item) return <p>{t('edit.images.unknown')}</p>
  const { id, facts } = item
  return (
    <div className="flex flex-col gap-2">
      <div>
        <h3 className="truncate font-semibold" title={item.name}>
          {item.name}
        </h3>
        <p className="text-sm text-muted">
          {[...figuresOf(item, format), item.bytes === null ? '' : format.bytes(item.bytes)]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {outcome ? (
        <img
          alt={t('edit.stage.after')}
          className="max-h-48 w-full rounded-md bg-stage object-contain"
          src={outcome.url}
        />
      ) : null}
      <ul className="flex flex-col gap-2 empty:hidden">
        {folded?.open.map((line) => (
          <OpenLine
            draft={draft}
            key={line.key}
            line={line}
            onRemedy={(_, remedy) =>
              change((before) => withRemedy(before, { id, facts }, remedy, 0))
            }
          />
        ))}
        {settledGroups(folded?.settled ?? [], draft).map((group) => (
          <SettledItem
            file={item}
            fix={fixOf(draft, id)}
            group={group}
            key={group.key}
            onFix={(part) => change((before) => withFixPart(before, id, part))}
            onUndo={(finding) => change((before) => withoutRemedy(before, id, finding))}
          />
        ))}
      </ul>
      <OutcomeLines outcome={check?.files.find((file) => file.id === id)?.outcome} />
      <PreviewOutcome draft={draft} fileId={id} />
      {folded ? <PassedLines lines={folded.passed} /> : null}
    </div>
  )
}
