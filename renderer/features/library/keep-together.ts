import { beforeTime, correction } from './compare'

/**
 * Makes a second video follow the first one: the same play, pause, seek and loop, and no drift between.
 * A follower that is shorter holds its last frame. Gives the way to stop.
 */
export const keepTogether = (clock: HTMLVideoElement, follower: HTMLVideoElement): (() => void) => {
  let frame = 0

  const follow = () => {
    const target = beforeTime(clock.currentTime, follower.duration)
    const playing = !clock.paused && !clock.seeking
    const answer = correction(target, follower.currentTime, playing)
    follower.playbackRate = answer.do === 'rate' ? answer.rate : clock.playbackRate
    if (answer.do === 'seek' && !follower.seeking) follower.currentTime = answer.to
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

  const heard = [
    [clock, 'play', onPlay],
    [clock, 'playing', onPlay],
    [clock, 'pause', onRest],
    [clock, 'waiting', onRest],
    [clock, 'seeking', follow],
    [clock, 'seeked', follow],
    // A seek that was asked for while it was busy with another one.
    [follower, 'seeked', follow],
    [follower, 'loadedmetadata', follow],
  ] as const
  for (const [element, event, run] of heard) element.addEventListener(event, run)
  if (clock.paused) follow()
  else onPlay()
  return () => {
    cancelAnimationFrame(frame)
    for (const [element, event, run] of heard) element.removeEventListener(event, run)
    follower.pause()
  }
}

/** Plays; a browser that refuses (no source yet, or interrupted by a pause) leaves it at rest, which is shown. */
export const start = (video: HTMLVideoElement): void => {
  video.play().catch(() => undefined)
}
