import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../../../ui/class-names'
import { formatFrames, parseTimecode } from './timecode'

/** Frames that an arrow key moves a time by: one, with Shift ten. */
const keyStep = ({ key, shiftKey }: KeyboardEvent): number => {
  const frames = shiftKey ? 10 : 1
  if (key === 'ArrowUp') return frames
  return key === 'ArrowDown' ? -frames : 0
}

/** A time that can be typed, dropped or stepped with the arrows; taken on Enter or when the field is left, put back on Esc. */
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
  const isGivenUp = useRef(false)
  const time = typed === null ? value : parseTimecode(typed, frameRate, value)
  const leave = () => {
    if (!isGivenUp.current && typed !== null && time !== null) onChange(time)
    isGivenUp.current = false
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
          isGivenUp.current = true
          event.currentTarget.blur()
        }
      }}
      onDrop={(event) => {
        const text = event.dataTransfer.getData('text/plain')
        const carried = parseTimecode(text, frameRate, value)
        if (carried === null) return
        event.preventDefault()
        onChange(carried)
      }}
      spellCheck={false}
      title={time === null ? t('edit.trim.notATime') : label}
      value={typed ?? formatFrames(value, frameRate)}
    />
  )
}
