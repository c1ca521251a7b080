import { type RefObject, useEffect, useRef, useState } from 'react'
import { usePlayer } from './player'

/** Whether the video has shown a picture of its own. */
const useDrawn = (video: RefObject<HTMLVideoElement | null>): boolean => {
  const [isDrawn, setDrawn] = useState(false)
  useEffect(() => {
    const element = video.current
    if (!element) return
    const handle = element.requestVideoFrameCallback(() => setDrawn(true))
    return () => element.cancelVideoFrameCallback(handle)
  }, [video])
  return isDrawn
}

/** The clip itself, driven by the player. */
export const Video = ({
  url,
  copyUrl,
  posterUrl,
  muted,
}: {
  url: string
  /** A small copy that follows the pointer; null while there is none. */
  copyUrl: string | null
  posterUrl: string | null
  muted: boolean
}) => {
  const player = usePlayer()
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const element = video.current
    if (!element) return
    return player.attach(element)
  }, [player])
  useEffect(() => {
    if (muted) player.pause()
  }, [muted, player])
  const isDrawn = useDrawn(video)
  return (
    <>
      {posterUrl && !isDrawn ? (
        // The video's own poster goes with the first seek, long before a large clip has a picture.
        <img
          alt=""
          className="absolute inset-3 size-[calc(100%-24px)] object-contain"
          draggable={false}
          src={posterUrl}
        />
      ) : null}
      {/* biome-ignore lint/a11y/useMediaCaption: clips that people bring have no captions */}
      <video
        className="absolute inset-3 size-[calc(100%-24px)] object-contain"
        data-testid="player"
        disablePictureInPicture
        onClick={() => player.toggle()}
        playsInline
        preload="auto"
        ref={video}
        src={url}
      />
      {copyUrl ? <Copy url={copyUrl} /> : null}
    </>
  )
}

/** Shown in place of the clip while the playhead moves. */
const Copy = ({ url }: { url: string }) => {
  const player = usePlayer()
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const element = video.current
    if (!element) return
    return player.attachCopy(element)
  }, [player])
  return (
    <video
      aria-hidden
      className="pointer-events-none invisible absolute inset-3 size-[calc(100%-24px)] object-contain"
      data-testid="scrub-copy"
      disablePictureInPicture
      muted
      playsInline
      preload="auto"
      ref={video}
      src={url}
      tabIndex={-1}
    />
  )
}
