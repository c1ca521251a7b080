import { Check, FileX2 } from 'lucide-react'
import { memo, type PointerEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LibraryEntry } from '../../../preload/contract'
import { useProviderName } from '../../data/use-providers'
import { titleOf } from '../../format'
import { useFormat } from '../../language/use-format'
import { classNames } from '../../ui/class-names'
import { Poster } from '../../ui/poster'
import { prefersReducedMotion } from './use-player'

/** Milliseconds the pointer rests on a tile before its video plays. */
const restingTime = 150

/** Whether the pointer rests on the element. */
const useResting = () => {
  const [resting, setResting] = useState(false)
  const timer = useRef(0)
  useEffect(() => () => window.clearTimeout(timer.current), [])
  return {
    resting,
    onPointerEnter: ({ pointerType }: PointerEvent) => {
      if (pointerType !== 'mouse' || prefersReducedMotion()) return
      timer.current = window.setTimeout(() => setResting(true), restingTime)
    },
    onPointerLeave: () => {
      window.clearTimeout(timer.current)
      setResting(false)
    },
  }
}

const Playing = ({ url }: { url: string }) => {
  const [shown, setShown] = useState(false)
  return (
    <video
      aria-hidden
      autoPlay
      className={classNames('absolute inset-0 size-full object-contain', !shown && 'opacity-0')}
      disablePictureInPicture
      loop
      muted
      onPlaying={() => setShown(true)}
      playsInline
      src={url}
    />
  )
}

export type TileGesture = 'open' | 'toggle' | 'extend'

const gestureOf = (event: Pick<MouseEvent, 'ctrlKey' | 'metaKey' | 'shiftKey'>): TileGesture => {
  if (event.shiftKey) return 'extend'
  return event.ctrlKey || event.metaKey ? 'toggle' : 'open'
}

const CheckMark = ({ chosen, onToggle }: { chosen: boolean; onToggle: () => void }) => (
  // For the pointer only: on the keyboard, X toggles a result.
  <span
    aria-hidden
    className={classNames(
      'absolute top-2 left-2 flex size-5 items-center justify-center rounded-full border transition-opacity',
      chosen
        ? 'border-accent-fill bg-accent-fill text-on-accent'
        : 'border-white/80 bg-black/40 text-transparent opacity-0 group-hover:opacity-100 hover:text-white',
    )}
    data-check
    onClick={(event) => {
      event.stopPropagation()
      onToggle()
    }}
  >
    <Check className="size-3.5" strokeWidth={2.5} />
  </span>
)

interface LibraryTileProps {
  entry: LibraryEntry
  chosen: boolean
  /** The tile that keys apply to while the grid has the focus. */
  focused: boolean
  anyChosen: boolean
  index: number
  total: number
  onGesture: (id: string, gesture: TileGesture) => void
}

/** One result of the grid: a poster that plays under the pointer, the prompt and the provider. */
export const LibraryTile = memo(
  ({ entry, chosen, focused, anyChosen, index, total, onGesture }: LibraryTileProps) => {
    const { t } = useTranslation()
    const format = useFormat()
    const providerName = useProviderName()
    const { resting, ...pointer } = useResting()
    const title = titleOf(entry.prompt, t('common.noPrompt'))
    const provider = providerName(entry.provider)
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox around it handles keys
      <div
        aria-label={t('library.entry', { title, seconds: entry.duration.toFixed(1), provider })}
        aria-posinset={index + 1}
        aria-selected={chosen}
        aria-setsize={total}
        className="group flex h-full min-w-0 flex-col gap-1.5"
        data-entry={entry.id}
        id={`entry-${entry.id}`}
        onClick={(event) => {
          const gesture = gestureOf(event)
          onGesture(entry.id, gesture === 'open' && anyChosen ? 'toggle' : gesture)
        }}
        role="option"
        tabIndex={-1}
        {...pointer}
      >
        <div
          className={classNames(
            'relative min-h-0 flex-1 overflow-hidden rounded-md bg-stage transition-[outline-color]',
            chosen ? 'outline-2 outline-accent' : 'outline-1 outline-transparent',
            focused &&
              'group-focus-visible/grid:outline-2 group-focus-visible/grid:outline-offset-2 group-focus-visible/grid:outline-accent',
          )}
        >
          <Poster
            className={classNames(
              'absolute inset-0 size-full rounded-none',
              entry.missing && 'opacity-40',
            )}
            fit="contain"
            url={entry.urls.poster}
          />
          {entry.missing ? (
            <span className="absolute inset-x-2 bottom-2 flex items-center justify-center gap-1.5 rounded-sm bg-black/65 px-2 py-1 text-xs text-white">
              <FileX2 aria-hidden className="size-3.5 shrink-0" />
              <span className="truncate">{t('common.missing')}</span>
            </span>
          ) : (
            <span className="absolute right-1.5 bottom-1.5 rounded-sm bg-black/60 px-1 text-xs text-white">
              {format.seconds(entry.duration)}
            </span>
          )}
          {resting && !entry.missing ? <Playing url={entry.urls.video} /> : null}
          <CheckMark chosen={chosen} onToggle={() => onGesture(entry.id, 'toggle')} />
        </div>
        <div className="h-[38px] shrink-0 px-0.5 leading-tight">
          <div className="truncate">{title}</div>
          <div className="truncate text-sm text-muted">{provider}</div>
        </div>
      </div>
    )
  },
)
