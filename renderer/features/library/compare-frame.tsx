import { MoveHorizontal } from 'lucide-react'
import { type PointerEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LibraryEntry } from '../../../preload/contract'
import { classNames } from '../../ui/class-names'
import { type CompareMode, clipOfBefore, dividerAt, dividerByKey, fitFrame } from './compare'
import type { Player } from './use-player'
import { useSize } from './use-size'
import { wantsCalm } from './wants-calm'

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

/** Where the divider is, and what the pointer does: it draws the divider along, and a click plays or pauses. */
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
      // A press that went nowhere is a click; one that moved was a drag of the divider.
      const still = pressed.current !== null && Math.abs(clientX - pressed.current) < 4
      pressed.current = null
      const isDivider = target instanceof Element && target.closest('[role="slider"]') !== null
      if (still && !isDivider) onClick()
    },
  }
  return { divider, setDivider, pointer }
}

const video = 'absolute inset-0 size-full object-contain'

/** The clip as it was sent, over the result as far as the divider goes. */
const Before = ({
  url,
  mode,
  divider,
  player,
}: {
  url: string
  mode: CompareMode
  divider: number
  player: Player
}) => {
  const split = mode === 'split'
  return (
    <>
      <div className="absolute inset-0 bg-black" style={{ clipPath: clipOfBefore(mode, divider) }}>
        <video
          className={video}
          data-side="before"
          disablePictureInPicture
          muted
          playsInline
          preload="auto"
          ref={player.before}
          src={url}
        />
      </div>
      <Name shown={mode === 'before' || (split && divider > 0.12)} side="before" />
      <Name shown={mode === 'after' || (split && divider < 0.88)} side="after" />
    </>
  )
}

/**
 * The clip as it was sent and the result in one frame, with a divider that follows the pointer.
 * The frame has the result's ratio; another ratio of the source is fitted inside it.
 */
export const CompareFrame = ({
  entry,
  player,
  mode,
  loop,
  sound,
}: {
  entry: LibraryEntry
  player: Player
  mode: CompareMode
  loop: boolean
  sound: boolean
}) => {
  const { t } = useTranslation()
  const [measure, stage] = useSize<HTMLDivElement>()
  const { before } = entry.urls
  const split = mode === 'split' && before !== null
  const { divider, setDivider, pointer } = useDivider(split, player.toggle)
  return (
    <div className="relative min-h-0 flex-1" ref={measure}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, this is a picture */}
      <div
        aria-label={t('library.player.label')}
        className={classNames(
          'absolute top-1/2 left-1/2 -translate-1/2 touch-none overflow-hidden bg-black',
          split && 'cursor-ew-resize',
        )}
        data-mode={mode}
        role="group"
        style={fitFrame(stage, entry)}
        {...pointer}
      >
        <video
          autoPlay={!wantsCalm()}
          className={video}
          data-side="after"
          disablePictureInPicture
          loop={loop}
          muted={!sound}
          playsInline
          poster={entry.urls.poster ?? undefined}
          ref={player.result}
          src={entry.urls.video}
        />
        {before === null ? null : (
          <Before divider={divider} mode={mode} player={player} url={before} />
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
