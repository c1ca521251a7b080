import { ArrowLeftToLine, ArrowRightToLine, MoveHorizontal, Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Selection } from '../../../../preload/contract'
import { useFormat } from '../../../language/use-format'
import { Button } from '../../../ui/button'
import { classNames } from '../../../ui/class-names'
import { IconButton } from '../../../ui/icon-button'
import { Switch } from '../../../ui/switch'
import { Tooltip } from '../../../ui/tooltip'
import { VerdictMark } from '../../../ui/verdict-mark'
import { TimeField } from './time-field'
import { clipSeconds, type LengthState, lengthOf, type Track } from './trim-range'

const Length = ({ seconds, state }: { seconds: number; state: LengthState }) => {
  const { t } = useTranslation()
  const format = useFormat()
  const shown = format.seconds(seconds, 2)
  const said =
    state === 'ok'
      ? shown
      : t(state === 'too-long' ? 'edit.trim.tooLong' : 'edit.trim.tooShort', {
          seconds: shown,
          min: format.seconds(clipSeconds.min, 0),
          max: format.seconds(clipSeconds.max, 0),
        })
  return (
    <output
      aria-label={t('edit.trim.length')}
      className={classNames('flex items-center gap-1.5 font-medium', state !== 'ok' && 'text-fail')}
      data-testid="trim-length"
    >
      <VerdictMark mark={state === 'ok' ? 'pass' : 'fail'} />
      {said}
    </output>
  )
}

/** The lengths to choose from. Whole seconds. */
const fixedLengths = Array.from(
  { length: clipSeconds.max - clipSeconds.min + 1 },
  (_, index) => clipSeconds.min + index,
)

const FixedLength = ({
  fixed,
  onFixed,
}: {
  fixed: number | null
  onFixed: (seconds: number | null) => void
}) => {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className="flex items-center gap-2 text-sm text-muted">
      <span aria-hidden>{t('edit.trim.fixed')}</span>
      {fixed === null ? null : (
        <select
          aria-label={t('edit.trim.fixedSeconds')}
          className="h-6 rounded-md bg-hover px-1 text-text outline-none focus-visible:outline-2"
          onChange={(event) => onFixed(Number(event.target.value))}
          value={fixed}
        >
          {fixedLengths.map((seconds) => (
            <option className="bg-panel" key={seconds} value={seconds}>
              {format.seconds(seconds, 0)}
            </option>
          ))}
        </select>
      )}
      <Switch
        checked={fixed !== null}
        label={t('edit.trim.fixed')}
        onChange={(on) => onFixed(on ? 5 : null)}
      />
    </div>
  )
}

interface Ends {
  range: Selection
  track: Track
  onStart: (time: number) => void
  onEnd: (time: number) => void
  /** Move the start or the end to the playhead. */
  onIn: () => void
  onOut: () => void
}

/** In and out as numbers, each with a button that moves it to the playhead. */
const InAndOut = ({ range, track: { frameRate }, onStart, onEnd, onIn, onOut }: Ends) => {
  const { t } = useTranslation()
  return (
    <div className="flex items-center gap-0.5">
      <IconButton
        icon={<ArrowLeftToLine />}
        label={t('edit.trim.setIn')}
        onClick={onIn}
        shortcut="trim-in"
        size="sm"
      />
      <TimeField
        frameRate={frameRate}
        label={t('edit.trim.in')}
        onChange={onStart}
        value={range.start}
      />
      <span aria-hidden className="px-0.5 text-muted">
        –
      </span>
      <TimeField
        frameRate={frameRate}
        label={t('edit.trim.out')}
        onChange={onEnd}
        value={range.end}
      />
      <IconButton
        icon={<ArrowRightToLine />}
        label={t('edit.trim.setOut')}
        onClick={onOut}
        shortcut="trim-out"
        size="sm"
      />
    </div>
  )
}

const AddPart = ({ canAdd, onAdd }: { canAdd: boolean; onAdd: () => void }) => {
  const { t } = useTranslation()
  return (
    <Tooltip label={t('edit.trim.addHint')} shortcut="part-add">
      <Button
        data-testid="part-add"
        disabled={!canAdd}
        icon={<Plus aria-hidden className="size-3.5" />}
        look="ghost"
        onClick={onAdd}
        size="sm"
      >
        {t('edit.trim.add')}
      </Button>
    </Tooltip>
  )
}

/** In, out and length as numbers, the fixed length, and the button that adds a part. */
export const TrimFigures = ({
  state,
  whole,
  fixed,
  canFix,
  canAdd,
  onFixed,
  onWhole,
  onAdd,
  ...ends
}: Ends & {
  state: LengthState
  /** Whether the whole clip is selected. */
  whole: boolean
  fixed: number | null
  canFix: boolean
  canAdd: boolean
  onFixed: (seconds: number | null) => void
  onWhole: () => void
  onAdd: () => void
}) => {
  const { t } = useTranslation()
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <InAndOut {...ends} />
      <div className="flex items-center gap-1">
        <Length seconds={lengthOf(ends.range)} state={state} />
        {whole ? null : (
          <IconButton
            icon={<MoveHorizontal />}
            label={t('edit.trim.whole')}
            onClick={onWhole}
            size="sm"
          />
        )}
      </div>
      <div className="ml-auto flex items-center gap-3">
        {canFix ? <FixedLength fixed={fixed} onFixed={onFixed} /> : null}
        <AddPart canAdd={canAdd} onAdd={onAdd} />
      </div>
    </div>
  )
}
