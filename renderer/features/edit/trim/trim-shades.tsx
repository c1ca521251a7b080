import { useTranslation } from 'react-i18next'
import { gapsBetween, type Part } from './parts'
import { percentIn, type TimeView } from './time-view'

/** What lies outside every part, and the parts that are not at hand. */
export const TrimShades = ({
  parts,
  view,
  onPart,
}: {
  parts: readonly Part[]
  view: TimeView
  onPart: (part: Part) => void
}) => {
  const { t } = useTranslation()
  const within = (time: number) => Math.min(view.end, Math.max(view.start, time))
  return (
    <>
      {gapsBetween(parts.map(({ range }) => range)).map(({ start, end }) => (
        <div
          aria-hidden
          className="pointer-events-none absolute inset-y-0 bg-window/75"
          key={start}
          style={{
            left: percentIn(within(start), view),
            right: percentIn(within(end), view, 'right'),
          }}
        />
      ))}
      {parts.map((part, index) =>
        part.current ? null : (
          <button
            aria-label={t('edit.trim.part', { number: index + 1 })}
            className="absolute inset-y-0 border-x border-y-2 border-text/70 bg-window/25 text-left hover:bg-window/10"
            data-testid="part-on-strip"
            key={`${part.range.start}-${part.range.end}`}
            onClick={() => onPart(part)}
            onPointerDown={(event) => event.stopPropagation()}
            style={{
              left: percentIn(part.range.start, view),
              right: percentIn(part.range.end, view, 'right'),
            }}
            tabIndex={-1}
            type="button"
          >
            <span className="absolute top-1 left-1 min-w-4 rounded-sm bg-panel px-1 text-center text-[10px] leading-4 font-semibold">
              {index + 1}
            </span>
          </button>
        ),
      )}
    </>
  )
}
