import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClipFacts, Draft, MediaItem } from '../../../../preload/contract'
import { ofTrack } from '../../../../preload/contract/of-track'
import { pixelAspect } from '../../../../preload/contract/reframe'
import { useChangeDraft, useDraft } from '../../../data/use-drafts'
import { Segmented } from '../../../ui/segmented'
import { Select } from '../../../ui/select'
import {
  assumedFrameRate,
  fixOf,
  keptTrack,
  reframingOf,
  reframings,
  withFixPart,
  withReframing,
} from '../preflight/remedies'
import { TrimPanel } from '../trim/trim-panel'
import type { Track } from '../trim/trim-range'
import { CropOverlay } from './crop-overlay'
import { OutcomeView } from './outcome-view'
import { usePlayer, usePlayerState } from './player'
import { PreviewWait } from './preview-wait'
import { useOutcomeOf } from './recipe'
import { usePlayable } from './use-playable'
import { Video } from './video'

/** What trimming needs to know about a clip; null until it is measured, and without video. */
const trackOf = (facts: ClipFacts | null): Track | null =>
  facts && facts.duration !== null && facts.duration > 0
    ? {
        duration: facts.duration,
        frameRate: facts.frameRate ?? assumedFrameRate,
        ...(facts.width && facts.height ? { ratio: facts.width / facts.height } : {}),
      }
    : null

/** The outcome of the fixes, if it was made, and whether the stage shows it or the clip. */
const useSides = (item: MediaItem, draft: Draft | undefined) => {
  const outcome = useOutcomeOf(draft, item.id)
  const [hidden, setHidden] = useState<unknown>(null)
  // Playing the clip shows the clip.
  const player = usePlayer()
  const { playing } = usePlayerState()
  useEffect(() => {
    // The player is asked again, because a new outcome has just paused it.
    if (playing && player.store.getState().playing) setHidden(outcome)
  }, [playing, outcome, player])
  return {
    outcome,
    showsOutcome: outcome !== null && hidden !== outcome,
    setSide: (side: 'before' | 'after') => setHidden(side === 'before' ? outcome : null),
  }
}

/** The current clip: player and trim panel, or the outcome of its fixes. */
export const Stage = ({ item }: { item: MediaItem }) => {
  const { t } = useTranslation()
  const draft = useDraft(item.id)
  const fix = draft ? fixOf(draft, item.id) : null
  const videoTrack = fix ? keptTrack(fix) : 0
  const facts = useMemo(
    () => (item.facts?.kind === 'video' ? ofTrack(item.facts, videoTrack) : null),
    [item.facts, videoTrack],
  )
  const playable = usePlayable(item, videoTrack)
  const { play, copy, idle } = playable
  const { outcome, showsOutcome, setSide } = useSides(item, draft)
  const change = useChangeDraft(draft?.id ?? '')
  const crops = fix?.remedies.includes('crop') ?? false
  const picture = useMemo(
    () =>
      facts?.width && facts.height
        ? { width: facts.width, height: facts.height, pixel: pixelAspect(facts) }
        : null,
    [facts],
  )
  const track = useMemo(() => trackOf(facts), [facts])
  return (
    <>
      <div className="relative min-h-0 flex-1 bg-stage">
        {play.data ? (
          <Video
            copyUrl={copy}
            key={play.data.url}
            muted={showsOutcome}
            // The poster shows the first track.
            posterUrl={videoTrack === 0 ? item.posterUrl : null}
            url={play.data.url}
          />
        ) : (
          <PreviewWait item={item} playable={playable} videoTrack={videoTrack} />
        )}
        {crops && picture && !showsOutcome ? (
          <CropOverlay
            crop={fix?.crop ?? null}
            onChange={(crop) => change((before) => withFixPart(before, item.id, { crop }))}
            picture={picture}
          />
        ) : null}
        {draft && fix && picture && !showsOutcome ? (
          <div className="absolute top-3 right-3 rounded-lg bg-raised text-sm shadow-float">
            <Select
              label={t('edit.crop.to')}
              onChange={(to) => change((before) => withReframing(before, item.id, to, picture))}
              options={reframings.map((value) => ({
                value,
                label: value === 'none' || value === 'own' ? t(`edit.crop.${value}`) : value,
              }))}
              quiet
              value={reframingOf(fix, picture)}
            />
          </div>
        ) : null}
        {outcome && showsOutcome ? <OutcomeView outcome={outcome} /> : null}
        {outcome ? (
          <div className="absolute top-3 left-3 rounded-lg bg-raised shadow-float">
            <Segmented
              label={t('edit.stage.compare')}
              onChange={setSide}
              segments={[
                { value: 'before', label: t('edit.stage.before') },
                { value: 'after', label: t('edit.stage.after') },
              ]}
              value={showsOutcome ? 'after' : 'before'}
            />
          </div>
        ) : null}
      </div>
      {track && draft ? (
        <TrimPanel
          draft={draft}
          idle={idle}
          stillsUrl={copy ?? play.data?.url ?? null}
          track={track}
          videoTrack={videoTrack}
        />
      ) : null}
    </>
  )
}
