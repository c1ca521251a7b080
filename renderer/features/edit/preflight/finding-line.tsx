import { useTranslation } from 'react-i18next'
import type {
  Draft,
  EditOptions,
  Finding,
  Fix,
  MediaItem,
  ProviderLimits,
} from '../../../../preload/contract'
import { wan27 } from '../../../../preload/contract/wan27'
import { useChangeDraft } from '../../../data/use-drafts'
import { useSay } from '../../../language/use-say'
import { show } from '../../../navigation'
import { Button } from '../../../ui/button'
import { classNames } from '../../../ui/class-names'
import { Disclosure } from '../../../ui/disclosure'
import { VerdictMark } from '../../../ui/verdict-mark'
import { useAddAnything } from '../add-files'
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
} from './remedies'

/** The image that a line is about: "Image 2: ". Nothing for the clip and the edit. */
const SubjectName = ({ subject }: Pick<Line, 'subject'>) => {
  const { t } = useTranslation()
  if (subject.kind !== 'image') return null
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

/** An open finding with its remedies. */
const OpenLine = ({
  line,
  draft,
  limits,
  onRemedy,
  onOptions,
}: {
  line: Line
  draft: Draft
  limits: ProviderLimits | undefined
  onRemedy: (choice: RemedyChoice) => void
  onOptions: ((options: Partial<EditOptions>) => void) | undefined
}) => {
  const { t } = useTranslation()
  const say = useSay()
  const { finding, subject } = line
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
              onClick={() => onRemedy(choice)}
              size="sm"
            >
              {t(`edit.remedy.${choice.remedy}`, { max: wan27.edit.clip.duration.max })}
            </Button>
          ))}
          {ofEdit && onOptions ? (
            <Button
              data-remedy={ofEdit.say}
              look={look}
              onClick={() => onOptions(ofEdit.options)}
              size="sm"
            >
              {t(`edit.editRemedy.${ofEdit.say}`, { value: ofEdit.value })}
            </Button>
          ) : null}
          {lacksImages(finding) ? <AddImages look={look} /> : null}
          {finding.rule === 'key' ? (
            <Button look="accent" onClick={() => show('settings', draft.provider)} size="sm">
              {t('edit.preflight.openSettings')}
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
const SettledItem = ({
  group: { subject, lines, undo, choices, hasColour },
  file,
  fix,
  canFrame,
  onUndo,
  onFix,
}: {
  group: SettledGroup
  file: MediaItem | undefined
  fix: Fix
  canFrame: boolean
  onUndo: (finding: Finding) => void
  onFix: (part: Partial<Fix>) => void
}) => {
  const { t } = useTranslation()
  const say = useSay()
  return (
    <li data-testid="settled">
      <div className="flex gap-2">
        <div className="min-w-0 flex-1">
          {lines.map(({ key, finding, outcome }) => (
            <p className="flex gap-2" data-rule={finding.rule} key={key}>
              <VerdictMark className="mt-0.5" label={t('common.verdict.pass')} mark="pass" />
              <span className="min-w-0 flex-1">
                <span className="text-muted">
                  {subject.kind === 'image'
                    ? t('edit.preflight.imageAfterFix', { number: subject.number })
                    : t('edit.preflight.afterFix')}{' '}
                </span>
                {say((outcome ?? finding).text)}
              </span>
            </p>
          ))}
        </div>
        {undo ? (
          <Button look="quiet" onClick={() => onUndo(undo)} size="sm">
            {t('common.undo')}
          </Button>
        ) : null}
      </div>
      {file && choices ? (
        <div className="pt-1 pl-6 empty:hidden">
          <FixChoices
            canFrame={canFrame}
            facts={file.facts}
            finding={choices}
            fix={fix}
            hasColour={hasColour}
            onChange={onFix}
          />
        </div>
      ) : null}
    </li>
  )
}

/** The findings of an edit or of one file: open ones with their remedies, then settled ones with their choices. */
export const FindingList = ({
  className,
  folded,
  draft,
  fileOf,
  canFrame = () => false,
  limits,
  onRemedy,
  onOptions,
}: {
  className?: string
  folded: Pick<Folded, 'open' | 'settled'>
  draft: Draft
  fileOf: (id: string) => MediaItem | undefined
  /** Whether the user can drag the crop frame of a file. */
  canFrame?: (id: string) => boolean
  /** The limits of the provider, for remedies of the edit's options. */
  limits?: ProviderLimits | undefined
  onRemedy: (choice: RemedyChoice) => void
  onOptions?: (options: Partial<EditOptions>) => void
}) => {
  const change = useChangeDraft(draft.clipId)
  return (
    <ul className={classNames('flex flex-col gap-2 empty:hidden', className)}>
      {folded.open.map((line) => (
        <OpenLine
          draft={draft}
          key={line.key}
          limits={limits}
          line={line}
          onOptions={onOptions}
          onRemedy={onRemedy}
        />
      ))}
      {settledGroups(folded.settled, draft).map((group) => {
        const { id } = group.subject
        return (
          <SettledItem
            canFrame={canFrame(id)}
            file={fileOf(id)}
            fix={fixOf(draft, id)}
            group={group}
            key={group.key}
            onFix={(part) => change((before) => withFixPart(before, id, part))}
            onUndo={(finding) => change((before) => withoutRemedy(before, id, finding))}
          />
        )
      })}
    </ul>
  )
}

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
