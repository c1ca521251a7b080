import { useEffect, useRef } from 'react'
import { usePlayer } from './use-player'

/** The clip itself, driven by the player. */
export const Video = ({
  url,
  posterUrl,
  muted,
}: {
  url: string
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
  return (
    <video
      className="absolute inset-3 size-[calc(100%-24px)] object-contain"
      data-testid="player"
      disablePictureInPicture
      onClick={() => player.toggle()}
      playsInline
      preload="auto"
      ref={video}
      src={url}
      {...(posterUrl ? { poster: posterUrl } : {})}
    />
  )
}
