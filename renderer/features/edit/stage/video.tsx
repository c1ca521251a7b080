import { useCallback, useEffect, useState } from 'react'
import { usePlayer } from './player'

/** The video of the clip, driven by the player. */
export const Video = ({
  url,
  copyUrl,
  posterUrl,
  muted,
}: {
  url: string
  /** A small copy for scrubbing; null while there is none. */
  copyUrl: string | null
  posterUrl: string | null
  muted: boolean
}) => {
  const player = usePlayer()
  const [isDrawn, setDrawn] = useState(false)
  const attached = useCallback(
    (video: HTMLVideoElement) => {
      const detach = player.attach(video)
      const handle = video.requestVideoFrameCallback(() => setDrawn(true))
      return () => {
        video.cancelVideoFrameCallback(handle)
        detach()
      }
    },
    [player],
  )
  useEffect(() => {
    if (muted) player.pause()
  }, [muted, player])
  return (
    <>
      {posterUrl && !isDrawn ? (
        // The `poster` attribute would disappear at the first seek, before a large clip has drawn a frame.
        <img
          alt=""
          className="absolute inset-3 size-[calc(100%-24px)] object-contain"
          draggable={false}
          src={posterUrl}
        />
      ) : null}
      {/* biome-ignore lint/a11y/useMediaCaption: the user's clips have no captions */}
      <video
        className="absolute inset-3 size-[calc(100%-24px)] object-contain"
        data-testid="player"
        disablePictureInPicture
        onClick={() => player.toggle()}
        playsInline
        preload="auto"
        ref={attached}
        src={url}
      />
      {copyUrl ? <Copy url={copyUrl} /> : null}
    </>
  )
}

/** The small copy. It covers the clip while the playhead moves. */
const Copy = ({ url }: { url: string }) => (
  <video
    aria-hidden
    className="pointer-events-none invisible absolute inset-3 size-[calc(100%-24px)] object-contain"
    data-testid="scrub-copy"
    disablePictureInPicture
    muted
    playsInline
    preload="auto"
    ref={usePlayer().attachCopy}
    src={url}
    tabIndex={-1}
  />
)
