import { useTranslation } from 'react-i18next'
import type {
  Draft,
  EditOptions,
  Finding,
  Fix,
  MediaItem,
  ProviderLimits,
  Remedy,
} from '../../../../preload/contract'
import { wan27 } from '../../../../preload/contract/wan27'
import { useSay } from '../../../language/use-say'
import { show } from '../../../navigation'
import { Button } from '../../../ui/button'
import { VerdictMark } from '../../../ui/verdict-mark'
import { useAddAnything } from '../use-add-anything'
import { editRemedy } from './edit-remedy'
import { FixChoices } from './fix-choices'
import type { Line } from './fold-findings'
import { isChosen, remediesFor } from './remedies'
import type { SettledGroup } from './settled-groups'

const useSubjectName = () => {
  const { t } = useTranslation()
  return ({ subject }: Line) =>
    subject.kind === 'image' ? t('edit.preflight.image', { number: subject.number }) : null
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

/** What is wrong, as a sentence, ending in what settles it. */
export const OpenLine = ({
  line,
  draft,
  limits,
  onRemedy,
  onOptions,
}: {
  line: Line
  draft: Draft
  /** Of the provider, where the line may be one of the edit's own. */
  limits?: ProviderLimits | undefined
  onRemedy: (line: Line, remedy: Remedy) => void
  onOptions?: (options: Partial<EditOptions>) => void
}) => {
  const { t } = useTranslation()
  const say = useSay()
  const subjectName = useSubjectName()(line)
  const { finding, subject } = line
  const tried = subject.kind !== 'edit' && isChosen(draft, subject.id, finding)
  const remedies = tried || subject.kind === 'edit' ? [] : remediesFor(finding)
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
          {subjectName ? <span className="text-muted">{subjectName} </span> : null}
          {say(finding.text)}
        </p>
        <span className="flex gap-1">
          {remedies.map((remedy) => (
            <Button
              data-remedy={remedy}
              key={remedy}
              look={look}
              onClick={() => onRemedy(line, remedy)}
              size="sm"
            >
              {t(`edit.remedy.${remedy}`, { max: wan27.edit.clip.duration.max })}
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

/** What was wrong and will not be: how it will be, how it is done, and the way back. */
export const SettledItem = ({
  group: { subject, lines, undo, choices, hasColour },
  file,
  fix,
  canFrame = false,
  onUndo,
  onFix,
}: {
  group: SettledGroup
  file: MediaItem | undefined
  fix: Fix
  /** Whether the frame of a crop can be dragged over a picture. */
  canFrame?: boolean
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
