import { useTranslation } from 'react-i18next'
import type { Draft, EditOptions, Finding } from '../../../../preload/contract'
import { wan27 } from '../../../../preload/contract/wan27'
import { useChangeDraft } from '../../../data/use-drafts'
import { knownMedia, useMediaItem } from '../../../data/use-media'
import { useSay } from '../../../language/use-say'
import { show } from '../../../navigation'
import { Button } from '../../../ui/button'
import { Disclosure } from '../../../ui/disclosure'
import { VerdictMark } from '../../../ui/verdict-mark'
import { useAddAnything } from '../add-files'
import { useLimits } from '../inspector/use-limits'
import { usePlayer } from '../stage/player'
import { FixChoices } from './fix-choices'
import { type Folded, type Line, type SettledGroup, settledGroups } from './fold-findings'
import {
  editRemedy,
  fixOf,
  isChosen,
  type RemedyChoice,
  remediesFor,
  withFixPart,
  withoutRemedy,
  withRemedies,
} from './remedies'

/** The image that a line is about: "Image 2: ". Nothing for the clip and the edit. */
const SubjectName = ({ subject }: Pick<Line, 'subject'>) => {
  const { t } = useTranslation()
  if (subject.kind !== 'image' || subject.number === undefined) return null
  return (
    <span className="text-muted">{t('edit.preflight.image', { number: subject.number })} </span>
  )
}

/** Whether there are fewer reference images than the provider needs. */
const lacksImages = ({ rule, text }: Finding): boolean =>
  rule === 'images' && text.key === 'finding.images_few'

const AddImages = ({ look }: { look: 'accent' | 'secondary' }) => {
  const { t } = useTranslation()
  const { openFiles, opening } = useAddAnything()
  return (
    <Button
      busy={opening}
      data-remedy="add-images"
      look={look}
      onClick={() => void openFiles('images')}
      size="sm"
    >
      {t('edit.images.addNow')}
    </Button>
  )
}

/** Gives a function that chooses remedies and options for a draft. A trim starts at the playhead. */
export const useApplyRemedies = ({ id: draftId }: Draft) => {
  const change = useChangeDraft(draftId)
  const player = usePlayer()
  const factsOf = (id: string) => knownMedia().find((one) => one.id === id)?.facts ?? null
  return (choices: readonly RemedyChoice[], options: readonly Partial<EditOptions>[] = []) =>
    change((draft) => {
      const changed = { ...draft, options: Object.assign({}, draft.options, ...options) }
      return withRemedies(changed, choices, factsOf, player.time)
    })
}

/** An open finding with its remedies. */
const OpenLine = ({ line: { finding, subject }, draft }: { line: Line; draft: Draft }) => {
  const { t } = useTranslation()
  const limits = useLimits(draft)
  const say = useSay()
  const apply = useApplyRemedies(draft)
  const choices =
    subject.kind === 'edit' || isChosen(draft, subject.id, finding)
      ? []
      : remediesFor(finding).map((remedy) => ({ id: subject.id, remedy }))
  const ofEdit = subject.kind === 'edit' && limits ? editRemedy(finding, limits) : null
  const look = finding.level === 'fail' ? 'accent' : 'secondary'
  return (
    <li className="flex gap-2" data-rule={finding.rule} data-testid="finding">
      <VerdictMark
        className="mt-0.5"
        label={t(`common.verdict.${finding.level}`)}
        mark={finding.level}
      />
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-1">
        <p className="min-w-32 flex-1">
          <SubjectName subject={subject} />
          {say(finding.text)}
        </p>
        <span className="flex gap-1">
          {choices.map((choice) => (
            <Button
              data-remedy={choice.remedy}
              key={choice.remedy}
              look={look}
              onClick={() => apply([choice])}
              size="sm"
            >
              {t(`edit.remedy.${choice.remedy}`, { ...wan27.edit.clip.duration })}
            </Button>
          ))}
          {ofEdit ? (
            <Button
              data-remedy={ofEdit.say}
              look={look}
              onClick={() => apply([], [ofEdit.options])}
              size="sm"
            >
              {t(`edit.editRemedy.${ofEdit.say}`, { value: ofEdit.value })}
            </Button>
          ) : null}
          {lacksImages(finding) ? <AddImages look={look} /> : null}
          {finding.rule === 'key' ? (
            <Button look="accent" onClick={() => show('settings', draft.provider)} size="sm">
              {t('common.actions.openSettings')}
            </Button>
          ) : null}
          {finding.rule === 'storage' ? (
            <Button look="accent" onClick={() => show('settings', 'storage')} size="sm">
              {t('edit.preflight.setUpBucket')}
            </Button>
          ) : null}
        </span>
      </div>
    </li>
  )
}

/** Settled findings: the outcome, the choices of the fix, and Undo. */
const SettledItem = ({ group, draft }: { group: SettledGroup; draft: Draft }) => {
  const { t } = useTranslation()
  const say = useSay()
  const { subject, lines, undo, choices } = group
  const { id } = subject
  const change = useChangeDraft(draft.id)
  const file = useMediaItem(id)
  return (
    <li data-testid="settled">
      <div className="flex gap-2">
        <div className="min-w-0 flex-1">
          {lines.map(({ key, finding, outcome }) => (
            <p className="flex gap-2" data-rule={finding.rule} key={key}>
              <VerdictMark className="mt-0.5" label={t('common.verdict.pass')} mark="pass" />
              <span className="min-w-0 flex-1">
                <span className="text-muted">
                  {subject.kind === 'image' && subject.number !== undefined
                    ? t('edit.preflight.imageAfterFix', { number: subject.number })
                    : t('edit.preflight.afterFix')}{' '}
                </span>
                {say((outcome ?? finding).text)}
              </span>
            </p>
          ))}
        </div>
        {undo ? (
          <Button
            look="quiet"
            onClick={() => change((before) => withoutRemedy(before, id, undo))}
            size="sm"
          >
            {t('common.undo')}
          </Button>
        ) : null}
      </div>
      {file && choices ? (
        <div className="pt-1 pl-6 empty:hidden">
          <FixChoices
            canFrame={id === draft.source.clipId}
            facts={file.facts}
            finding={choices}
            fix={fixOf(draft, id)}
            hasColour={group.hasColour}
            onChange={(part) => change((before) => withFixPart(before, id, part))}
          />
        </div>
      ) : null}
    </li>
  )
}

/** The findings of an edit or of one file: open ones with their remedies, then settled ones with their choices. */
export const FindingList = ({
  folded: { open, settled },
  draft,
}: {
  folded: Pick<Folded, 'open' | 'settled'>
  draft: Draft
}) => (
  <ul className="flex flex-col gap-2 empty:hidden">
    {open.map((line) => (
      <OpenLine draft={draft} key={line.key} line={line} />
    ))}
    {settledGroups(settled, draft).map((group) => (
      <SettledItem draft={draft} group={group} key={group.key} />
    ))}
  </ul>
)

/** The passed checks, folded into one line. */
export const PassedLines = ({ lines }: { lines: readonly Line[] }) => {
  const { t } = useTranslation()
  const say = useSay()
  if (lines.length === 0) return null
  return (
    <Disclosure label={t('edit.preflight.passed', { count: lines.length })}>
      <ul className="flex flex-col gap-1 py-1">
        {lines.map(({ key, finding, subject }) => (
          <li className="flex gap-2 text-sm text-muted" key={key}>
            <VerdictMark className="mt-px size-3.5" mark={finding.level} />
            <span>
              <SubjectName subject={subject} />
              {say(finding.text)}
            </span>
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}
