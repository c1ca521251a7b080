import { type SyntheticEvent, useEffect, useRef, useState } from 'react'
import { beforeTime, correction, stepFrame } from './compare'

/** Whether the computer asks for reduced motion: then no video plays until the person starts it. */
export const prefersReducedMotion = (): boolean =>
  window.matchMedia('(prefers-reduced-motion: reduce)').matches

/** Starts playback. A refusal (no source yet, or a pause in between) shows as a paused player. */
const start = (video: HTMLVideoElement): void => {
  video.play().catch(() => undefined)
}

/** Adds event listeners; gives a function that removes them. */
const listen = (
  listeners: readonly (readonly [HTMLVideoElement, string, () => void])[],
): (() => void) => {
  for (const [element, event, run] of listeners) element.addEventListener(event, run)
  return () => {
    for (const [element, event, run] of listeners) element.removeEventListener(event, run)
  }
}

/**
 * Makes a second video follow the first one in play, pause, seek and loop, without drift. A shorter follower holds its
 * last frame. Gives a function that stops it.
 */
const keepInSync = (clock: HTMLVideoElement, follower: HTMLVideoElement): (() => void) => {
  let frame = 0
  const follow = () => {
    const target = beforeTime(clock.currentTime, follower.duration)
    const playing = !clock.paused && !clock.seeking
    const step = correction(target, follower.currentTime, playing)
    follower.playbackRate = step.do === 'rate' ? step.rate : clock.playbackRate
    if (step.do === 'seek' && !follower.seeking) follower.currentTime = step.to
    const held = target < clock.currentTime
    if (playing && !held && follower.paused) start(follower)
    if ((!playing || held) && !follower.paused) follower.pause()
  }
  const loop = () => {
    follow()
    frame = requestAnimationFrame(loop)
  }
  const onPlay = () => {
    cancelAnimationFrame(frame)
    loop()
  }
  const onRest = () => {
    cancelAnimationFrame(frame)
    follow()
  }
  const stopListening = listen([
    [clock, 'play', onPlay],
    [clock, 'playing', onPlay],
    [clock, 'pause', onRest],
    [clock, 'waiting', onRest],
    [clock, 'seeking', follow],
    [clock, 'seeked', follow],
    // Repeats a seek that was requested during another one.
    [follower, 'seeked', follow],
    [follower, 'loadedmetadata', follow],
  ])
  if (clock.paused) follow()
  else onPlay()
  return () => {
    cancelAnimationFrame(frame)
    stopListening()
    follower.pause()
  }
}

/** Two videos on one clock, and the commands of a player. Seconds. */
export type Player = ReturnType<typeof usePlayer>

/** Drives the two videos of a comparison; the result is the clock. */
export const usePlayer = (hasBefore: boolean) => {
  const result = useRef<HTMLVideoElement>(null)
  const before = useRef<HTMLVideoElement>(null)
  const [playing, setPlaying] = useState(false)
  const [duration, setDuration] = useState(0)
  const [broken, setBroken] = useState(false)

  useEffect(() => {
    const [clock, follower] = [result.current, before.current]
    return hasBefore && clock && follower ? keepInSync(clock, follower) : undefined
  }, [hasBefore])

  const onState = ({ currentTarget: video }: SyntheticEvent<HTMLVideoElement>) => {
    setPlaying(!video.paused)
    setDuration(Number.isFinite(video.duration) ? video.duration : 0)
  }
  return {
    result,
    before,
    playing,
    duration,
    broken,
    /** For the element of the result. */
    listeners: {
      onPlay: onState,
      onPause: onState,
      onLoadedMetadata: onState,
      onDurationChange: onState,
      onError: () => setBroken(true),
    },
    toggle: () => {
      const video = result.current
      if (video?.paused) start(video)
      else video?.pause()
    },
    seek: (time: number) => {
      if (result.current) result.current.currentTime = time
    },
    /** Pauses and moves by some frames. */
    step: (frames: number) => {
      const video = result.current
      if (!video) return
      video.pause()
      video.currentTime = stepFrame(video.currentTime, video.duration || 0, frames)
    },
  }
}

/** The time of the clock in seconds, updated with every drawn frame, and a way to set it ahead of a seek. */
export const usePlayerTime = ({ result, playing }: Pick<Player, 'result' | 'playing'>) => {
  const [time, setTime] = useState(0)
  useEffect(() => {
    const video = result.current
    if (!video) return
    const read = () => setTime(video.currentTime)
    read()
    const stopListening = listen([
      [video, 'seeking', read],
      [video, 'timeupdate', read],
    ])
    let frame = 0
    const loop = () => {
      read()
      frame = requestAnimationFrame(loop)
    }
    if (playing) loop()
    return () => {
      cancelAnimationFrame(frame)
      stopListening()
    }
  }, [result, playing])
  return [time, setTime] as const
}
