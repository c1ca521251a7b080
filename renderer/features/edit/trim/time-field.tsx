import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatTimecode } from '../../../format'
import { classNames } from '../../../ui/class-names'
import { parseTime } from './parse-time'

/** A time that can be typed; taken on Enter or when the field is left, put back on Esc. */
export const TimeField = ({
  label,
  value,
  onChange,
}: {
  label: string
  value: number
  onChange: (seconds: number) => void
}) => {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<string | null>(null)
  const dropped = useRef(false)
  const time = typed === null ? value : parseTime(typed)
  const leave = () => {
    if (!dropped.current && typed !== null && time !== null) onChange(time)
    dropped.current = false
    setTyped(null)
  }
  return (
    <label className="flex items-center gap-1.5 text-sm text-muted">
      {label}
      <input
        aria-invalid={time === null}
        aria-label={label}
        autoComplete="off"
        className={classNames(
          'h-7 w-[78px] rounded-md border border-transparent bg-hover px-1.5 text-center text-base text-text outline-none focus:border-accent focus:bg-field',
          time === null && 'border-fail focus:border-fail',
        )}
        inputMode="decimal"
        onBlur={leave}
        onChange={(event) => setTyped(event.target.value)}
        onFocus={(event) => event.target.select()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur()
          if (event.key === 'Escape') {
            dropped.current = true
            event.currentTarget.blur()
          }
        }}
        spellCheck={false}
        title={time === null ? t('edit.trim.notATime') : undefined}
        value={typed ?? formatTimecode(value)}
      />
    </label>
  )
}
