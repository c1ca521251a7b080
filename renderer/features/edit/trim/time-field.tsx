import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../../../ui/class-names'
import { formatFrames, parseTimecode } from './timecode'

/** How many frames an arrow key moves a time: one, with Shift ten. */
const keyStep = ({ key, shiftKey }: KeyboardEvent): number => {
  const frames = shiftKey ? 10 : 1
  if (key === 'ArrowUp') return frames
  return key === 'ArrowDown' ? -frames : 0
}

/** A time to type, drop or step with the arrow keys. Enter and blur apply it, Escape restores the old value. */
export const TimeField = ({
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
