import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../language/use-format'
import { classNames } from '../../../ui/class-names'
import { VerdictMark } from '../../../ui/verdict-mark'
import type { Part } from './parts'
import { formatFrames } from './timecode'
import { lengthOf } from './trim-range'
import type { TrimPanelState } from './use-trim-panel'

const PartChip = ({
  part,
  number,
  panel: { track, trim, lengthStateOf },
}: {
  part: Part
  number: number
  panel: TrimPanelState
}) => {
  const { t } = useTranslation()
  const format = useFormat()
  const chip = useRef<HTMLDivElement>(null)
  const { range, current } = part
  const seconds = format.seconds(lengthOf(range), 2)
  const from = formatFrames(range.start, track.frameRate)
  const state = lengthStateOf(range)
  useEffect(() => {
    if (current) chip.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [current])
  return (
    <div
      className={classNames(
        'flex h-7 shrink-0 items-center rounded-md border',
        current ? 'border-accent bg-accent-soft' : 'border-line hover:bg-hover',
      )}
      data-current={current}
      data-testid="part"
      ref={chip}
    >
      <button
        aria-label={t('edit.trim.partIs', { number, from, seconds })}
        aria-pressed={current}
        className="flex h-full items-center gap-1.5 rounded-l-md pr-1 pl-2"
        onClick={() => trim.choose(part)}
        type="button"
      >
        <span className="font-semibold">{number}</span>
        {state === 'ok' ? null : <VerdictMark className="size-3.5" mark="fail" />}
        <span className="text-sm text-muted">{from}</span>
        <span className={classNames('text-sm', state === 'ok' ? 'text-text' : 'text-fail')}>
          {seconds}
        </span>
      </button>
      <button
        aria-label={t('edit.trim.removePart', { number })}
        className="flex h-full w-6 items-center justify-center rounded-r-md text-muted hover:text-text"
        onClick={() => trim.remove(part)}
        type="button"
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </div>
  )
}

/** The parts of a clip, each with its start and length. Hidden while there is only one. */
export const PartList = ({ panel }: { panel: TrimPanelState }) => {
  const { t } = useTranslation()
  const { parts } = panel.trim
  if (parts.length < 2) return null
  return (
    <div className="flex items-center gap-3 px-1 pt-2">
      <span className="shrink-0 text-sm text-muted">
        {t('edit.trim.parts', { count: parts.length })}
      </span>
      <div
        aria-label={t('edit.trim.parts', { count: parts.length })}
        className="flex min-w-0 flex-1 gap-1.5 overflow-x-auto [scrollbar-width:none]"
        role="toolbar"
      >
        {parts.map((part, index) => (
          <PartChip
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no id, only their order
            key={index}
            number={index + 1}
            panel={panel}
            part={part}
          />
        ))}
      </div>
    </div>
  )
}
