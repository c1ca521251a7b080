import { ArrowLeftToLine, ArrowRightToLine, MoveHorizontal, Plus } from 'lucide-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../language/use-format'
import { Button } from '../../../ui/button'
import { classNames } from '../../../ui/class-names'
import { IconButton } from '../../../ui/icon-button'
import { Switch } from '../../../ui/switch'
import { Tooltip } from '../../../ui/tooltip'
import { VerdictMark } from '../../../ui/verdict-mark'
import { formatFrames, parseTimecode } from './timecode'
import { clipSeconds, frameDuration, type LengthState, lengthOf } from './trim-range'
import type { Trim } from './use-trim'
import type { TrimPanelState } from './use-trim-panel'

/** How many frames an arrow key moves a time: one, with Shift ten. */
const keyStep = ({ key, shiftKey }: KeyboardEvent): number => {
  const frames = shiftKey ? 10 : 1
  if (key === 'ArrowUp') return frames
  return key === 'ArrowDown' ? -frames : 0
}

/** A time to type, drop or step with the arrow keys. Enter and blur apply it, Escape restores the old value. */
const TimeField = ({
  label,
  value,
  frameRate,
  onChange,
}: {
  label: string
  value: number
  frameRate: number
  onChange: (seconds: number) => void
}) => {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<string | null>(null)
  const isCancelled = useRef(false)
  const time = typed === null ? value : parseTimecode(typed, frameRate, value)
  const leave = () => {
    if (!isCancelled.current && typed !== null && time !== null) onChange(time)
    isCancelled.current = false
    setTyped(null)
  }
  return (
    <input
      aria-invalid={time === null}
      aria-label={label}
      autoComplete="off"
      className={classNames(
        'h-7 w-[90px] rounded-md border border-transparent bg-hover px-1 text-center text-base text-text outline-none focus:border-accent focus:bg-field',
        time === null && 'border-fail focus:border-fail',
      )}
      inputMode="decimal"
      onBlur={leave}
      onChange={(event) => setTyped(event.target.value)}
      onFocus={(event) => event.target.select()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        const step = keyStep(event)
        if (step !== 0 && time !== null) {
          event.preventDefault()
          setTyped(null)
          onChange(time + step / frameRate)
        }
        if (event.key === 'Escape') {
          isCancelled.current = true
          event.currentTarget.blur()
        }
      }}
      onDrop={(event) => {
        const text = event.dataTransfer.getData('text/plain')
        const dropped = parseTimecode(text, frameRate, value)
        if (dropped === null) return
        event.preventDefault()
        onChange(dropped)
      }}
      spellCheck={false}
      title={time === null ? t('edit.trim.notATime') : label}
      value={typed ?? formatFrames(value, frameRate)}
    />
  )
}

const Length = ({ seconds, state }: { seconds: number; state: LengthState }) => {
  const { t } = useTranslation()
  const format = useFormat()
  const shown = format.seconds(seconds, 2)
  const label =
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
      {label}
    </output>
  )
}

/** The lengths to choose from. Whole seconds. */
const fixedLengths = Array.from(
  { length: clipSeconds.max - clipSeconds.min + 1 },
  (_, index) => clipSeconds.min + index,
)

const FixedLength = ({ trim: { fixed, onFixed } }: { trim: Trim }) => {
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

/** In, out and length as numbers, the fixed length, and the button that adds a part. */
export const TrimFigures = ({ panel }: { panel: TrimPanelState }) => {
  const { t } = useTranslation()
  const { player, track, trim, shown: range } = panel
  const isWhole = panel.draft.source.selection === null && panel.dragged === null
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 px-1 pt-1">
      <div className="flex items-center gap-0.5">
        <IconButton
          icon={<ArrowLeftToLine />}
          onClick={() => trim.onStart(player.time)}
          shortcut="trim-in"
          size="sm"
        />
        <TimeField
          frameRate={track.frameRate}
          label={t('edit.trim.in')}
          onChange={(time) => {
            trim.onStart(time)
            player.seek(time)
          }}
          value={range.start}
        />
        <span aria-hidden className="px-0.5 text-muted">
          –
        </span>
        <TimeField
          frameRate={track.frameRate}
          label={t('edit.trim.out')}
          onChange={(time) => {
            trim.onEnd(time)
            player.seek(time - frameDuration(track))
          }}
          value={range.end}
        />
        <IconButton
          icon={<ArrowRightToLine />}
          onClick={() => trim.onEnd(player.time)}
          shortcut="trim-out"
          size="sm"
        />
      </div>
      <div className="flex items-center gap-1">
        <Length seconds={lengthOf(range)} state={panel.lengthStateOf(range)} />
        {isWhole ? null : (
          <IconButton
            icon={<MoveHorizontal />}
            label={t('edit.trim.whole')}
            onClick={trim.onWhole}
            size="sm"
          />
        )}
      </div>
      <div className="ml-auto flex items-center gap-3">
        {track.duration >= clipSeconds.min ? <FixedLength trim={trim} /> : null}
        <Tooltip label={t('edit.trim.addHint')} shortcut="part-add">
          <Button
            data-testid="part-add"
            disabled={!trim.canAdd}
            icon={<Plus aria-hidden className="size-3.5" />}
            look="ghost"
            onClick={trim.onAdd}
            size="sm"
          >
            {t('edit.trim.add')}
          </Button>
        </Tooltip>
      </div>
    </div>
  )
}
