import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { stepFrame } from './compare'
import { keepTogether, start } from './keep-together'

/** Two videos on one clock, and the verbs of a player. Seconds. */
export interface Player {
  result: RefObject<HTMLVideoElement | null>
  before: RefObject<HTMLVideoElement | null>
  playing: boolean
  duration: number
  broken: boolean
  toggle: () => void
  seek: (time: number) => void
  step: (frames: number) => void
}

/** Drives the two videos of a comparison; the result is the clock. */
export const usePlayer = (hasBefore: boolean): Player => {
  const result = useRef<HTMLVideoElement>(null)
  const before = useRef<HTMLVideoElement>(null)
  const [playing, setPlaying] = useState(false)
  const [duration, setDuration] = useState(0)
  const [broken, setBroken] = useState(false)

  useEffect(() => {
    const video = result.current
    if (!video) return
    const onState = () => setPlaying(!video.paused)
    const onLength = () => setDuration(Number.isFinite(video.duration) ? video.duration : 0)
    const onError = () => setBroken(true)
    const heard = [
      ['play', onState],
      ['pause', onState],
      ['loadedmetadata', onLength],
      ['durationchange', onLength],
      ['error', onError],
    ] as const
    for (const [event, run] of heard) video.addEventListener(event, run)
    onState()
    onLength()
    return () => {
      for (const [event, run] of heard) video.removeEventListener(event, run)
    }
  }, [])
  useEffect(() => {
    const [clock, follower] = [result.current, before.current]
    if (hasBefore && clock && follower) return keepTogether(clock, follower)
    return undefined
  }, [hasBefore])

  const verbs = useMemo(() => {
    const seek = (time: number) => {
      if (result.current) result.current.currentTime = time
    }
    return {
      seek,
      toggle: () => {
        const video = result.current
        if (!video) return
        if (video.paused) start(video)
        else video.pause()
      },
      step: (frames: number) => {
        const video = result.current
        if (!video) return
        video.pause()
        seek(stepFrame(video.currentTime, video.duration || 0, frames))
      },
    }
  }, [])
  return { result, before, playing, duration, broken, ...verbs }
}
