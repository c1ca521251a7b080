import { MoveHorizontal } from 'lucide-react'
import { type PointerEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LibraryEntry } from '../../../preload/contract'
import { classNames } from '../../ui/class-names'
import { useSize } from '../../ui/use-size'
import { type CompareMode, clipOfBefore, dividerAt, dividerByKey, fitFrame } from './compare'
import { type Player, prefersReducedMotion } from './use-player'

const Name = ({ side, shown }: { side: 'before' | 'after'; shown: boolean }) => {
  const { t } = useTranslation()
  return (
    <span
      aria-hidden
      className={classNames(
        'pointer-events-none absolute top-3 rounded-sm bg-black/60 px-1.5 text-xs text-white transition-opacity',
        side === 'before' ? 'left-3' : 'right-3',
        !shown && 'opacity-0',
      )}
    >
      {t(`library.player.${side}`)}
    </span>
  )
}

const Divider = ({ at, onMove }: { at: number; onMove: (at: number) => void }) => {
  const { t } = useTranslation()
  return (
    <div
      className="pointer-events-none absolute inset-y-0 w-0.5 -translate-x-1/2 bg-white ring-1 ring-black/35"
      style={{ left: `${at * 100}%` }}
    >
      <div
        aria-label={t('library.player.divider')}
        aria-orientation="horizontal"
        aria-valuemax={100}
        aria-valuemin={0}
        aria-valuenow={Math.round(at * 100)}
        className="pointer-events-auto absolute top-1/2 left-1/2 flex size-8 -translate-1/2 cursor-ew-resize items-center justify-center rounded-full border-2 border-white bg-black/60 text-white ring-1 ring-black/35"
        onKeyDown={(event) => {
          const next = dividerByKey(at, event.key, event.shiftKey)
          if (next === null) return
          event.preventDefault()
          event.stopPropagation()
          onMove(next)
        }}
        role="slider"
        tabIndex={0}
      >
        <MoveHorizontal aria-hidden className="size-4" />
      </div>
    </div>
  )
}

/** The divider's position (0..1), and pointer handlers: moving drags the divider, a click plays or pauses. */
const useDivider = (split: boolean, onClick: () => void) => {
  const [divider, setDivider] = useState(0.5)
  const pressed = useRef<number | null>(null)
  const follow = (event: PointerEvent<HTMLDivElement>) => {
    if (split) setDivider(dividerAt(event.clientX, event.currentTarget.getBoundingClientRect()))
  }
  const pointer = {
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      if (event.button !== 0) return
      pressed.current = event.clientX
      event.currentTarget.setPointerCapture(event.pointerId)
      follow(event)
    },
    onPointerMove: follow,
    onPointerUp: ({ clientX, target }: PointerEvent<HTMLDivElement>) => {
      // A press that moved was a drag of the divider, not a click.
      const isClick = pressed.current !== null && Math.abs(clientX - pressed.current) < 4
      pressed.current = null
      const isDivider = target instanceof Element && target.closest('[role="slider"]') !== null
      if (isClick && !isDivider) onClick()
    },
  }
  return { divider, setDivider, pointer }
}

const video = 'absolute inset-0 size-full object-contain'

interface CompareFrameProps {
  entry: LibraryEntry
  player: Player
  mode: CompareMode
  loop: boolean
  sound: boolean
}

/**
 * The clip as it was sent and the result in one frame, with a divider that follows the pointer.
 * The frame has the result's aspect ratio; a source of another ratio is fitted inside it.
 */
export const CompareFrame = ({ entry, player, mode, loop, sound }: CompareFrameProps) => {
  const { t } = useTranslation()
  const stage = useRef<HTMLDivElement>(null)
  const size = useSize(stage)
  const { before } = entry.urls
  const split = mode === 'split' && before !== null
  const { divider, setDivider, pointer } = useDivider(split, player.toggle)
  return (
    <div className="relative min-h-0 flex-1" ref={stage}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, this is a picture */}
      <div
        aria-label={t('library.player.label')}
        className={classNames(
          'absolute top-1/2 left-1/2 -translate-1/2 touch-none overflow-hidden bg-black',
          split && 'cursor-ew-resize',
        )}
        data-mode={mode}
        role="group"
        style={fitFrame(size, entry)}
        {...pointer}
      >
        <video
          autoPlay={!prefersReducedMotion()}
          className={video}
          data-side="after"
          disablePictureInPicture
          loop={loop}
          muted={!sound}
          playsInline
          poster={entry.urls.poster ?? undefined}
          ref={player.result}
          src={entry.urls.video}
          {...player.listeners}
        />
        {before === null ? null : (
          <>
            <div
              className="absolute inset-0 bg-black"
              style={{ clipPath: clipOfBefore(mode, divider) }}
            >
              <video
                className={video}
                data-side="before"
                disablePictureInPicture
                muted
                playsInline
                preload="auto"
                ref={player.before}
                src={before}
              />
            </div>
            <Name shown={mode === 'before' || (split && divider > 0.12)} side="before" />
            <Name shown={mode === 'after' || (split && divider < 0.88)} side="after" />
          </>
        )}
        {split ? <Divider at={divider} onMove={setDivider} /> : null}
        {player.broken ? (
          <p className="absolute inset-x-0 bottom-4 text-center text-white">
            {t('library.player.broken')}
          </p>
        ) : null}
      </div>
    </div>
  )
}
