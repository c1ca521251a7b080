import { useTranslation } from 'react-i18next'
import type { Draft } from '../../../../preload/contract'
import { PartList } from './part-list'
import { Transport } from './transport'
import { TrimFigures } from './trim-figures'
import { clipSeconds, frameOf, movedTo, type Track } from './trim-range'
import { TrimStrip } from './trim-strip'
import { useTrimPanel } from './use-trim-panel'
import { ZoomBar } from './zoom-bar'

/** Which parts of the clip are taken: strip, handles and figures. */
export const TrimPanel = ({
  draft,
  videoTrack,
  track,
  stillsUrl,
  calm,
}: {
  draft: Draft
  /** Whose pictures are shown, counted from 0. */
  videoTrack: number
  track: Track
  /** A video that single frames can be taken from; null while there is none. */
  stillsUrl: string | null
  /** Whether nothing more urgent is being made for this clip. */
  calm: boolean
}) => {
  const { t } = useTranslation()
  const { clipId } = draft
  const panel = useTrimPanel({ draft, videoTrack, track, stillsUrl, calm })
  const { player, trim, view, zoom, shown, state } = panel
  const { range, parts } = trim
  const { strip, source, wave, scenes } = panel.material
  return (
    <section
      aria-label={t('edit.trim.region')}
      className="flex shrink-0 flex-col border-t border-line bg-panel px-3 pt-2 pb-3"
    >
      <Transport
        canZoomOut={!panel.isWhole}
        clipId={clipId}
        onZoom={zoom}
        player={player}
        track={track}
      />
      <TrimStrip
        drawn={panel.drawn}
        grip={panel.grip}
        onKeyed={(held, time) => {
          if (held === 'window') trim.take(movedTo(range, time, track))
          else if (held === 'in') trim.onStart(time)
          else trim.onEnd(time)
        }}
        onPart={trim.choose}
        parts={parts.map((part) => (part.current ? { ...part, range: shown } : part))}
        player={player}
        range={shown}
        scenes={scenes}
        state={state}
        stills={{ strip, source }}
        surface={panel.surface}
        track={track}
        view={view}
        wave={wave}
        width={panel.width}
      />
      <div className="px-3.5">
        <ZoomBar duration={track.duration} onView={panel.setView} view={view} />
      </div>
      <div className="px-1 pt-1">
        <TrimFigures
          canAdd={trim.canAdd}
          canFix={track.duration >= clipSeconds.min}
          fixed={trim.fixed}
          onAdd={trim.onAdd}
          onEnd={(time) => {
            trim.onEnd(time)
            player.seek(time - frameOf(track))
          }}
          onFixed={trim.onFixed}
          onIn={() => trim.onStart(player.time)}
          onOut={() => trim.onEnd(player.time)}
          onStart={(time) => {
            trim.onStart(time)
            player.seek(time)
          }}
          onWhole={trim.onWhole}
          range={shown}
          state={state}
          track={track}
          whole={draft.selection === null && panel.dragged === null}
        />
      </div>
      <PartList onChoose={trim.choose} onRemove={trim.remove} parts={parts} track={track} />
    </section>
  )
}
