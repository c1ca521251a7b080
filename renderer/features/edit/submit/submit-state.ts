import type { DraftCheck, RuleId } from '../../../../preload/contract'
import { isHopeless, type Line } from '../preflight/fold-findings'

/** What the Submit button shows and does. */
export type SubmitState =
  /** 'hopeless': nothing can fix the clip, for example when it is too short. */
  | { kind: 'ready' | 'checking' | 'no-clip' | 'hopeless' | 'prompt' | 'key' | 'bucket' }
  /** `count` findings have to be fixed on this screen. */
  | { kind: 'fix'; count: number }
  /** Another part of the clip than the current one has to be fixed. */
  | { kind: 'part'; index: number }

/** Rules that are fixed in Settings. */
const elsewhere: readonly RuleId[] = ['key', 'storage']

/** The first thing that prevents the submission of an edit. */
export const submitState = ({
  check,
  open,
  others = [],
}: {
  check: DraftCheck | undefined
  open: readonly Line[]
  /** The checks of the other parts, ordered by time; undefined while they are unknown. */
  others?: readonly DraftCheck[] | undefined
}): SubmitState => {
  if (!check) return { kind: 'checking' }
  const { blockers } = check
  if (blockers.includes('no-clip')) return { kind: 'no-clip' }
  const all = open.filter(({ finding }) => finding.level === 'fail')
  const failing = all.filter(({ finding }) => !elsewhere.includes(finding.rule))
  if (
    failing.length > 0 ||
    blockers.some((one) => one === 'clip' || one === 'image' || one === 'edit')
  ) {
    return failing.some(isHopeless)
      ? { kind: 'hopeless' }
      : { kind: 'fix', count: Math.max(1, all.length) }
  }
  if (blockers.includes('checking')) return { kind: 'checking' }
  const index = others.findIndex((one) => one.blockers.includes('clip'))
  if (index !== -1) return { kind: 'part', index }
  if (blockers.includes('empty')) return { kind: 'prompt' }
  if (blockers.includes('key')) return { kind: 'key' }
  if (blockers.includes('bucket')) return { kind: 'bucket' }
  return { kind: 'ready' }
}

/** Scrolls to a part of the screen (its `data-part`), focuses it and highlights it for a moment. */
export const pointOut = (name: 'preflight' | 'prompt'): void => {
  const part = document.querySelector<HTMLElement>(`[data-part="${name}"]`)
  if (!part) return
  part.scrollIntoView({ block: 'nearest', behavior: 'smooth' })
  const target = part.querySelector<HTMLElement>('[data-first]') ?? part
  target.focus({ preventScroll: true })
  part.classList.remove('animate-point-out')
  // Reading the layout restarts the animation.
  void part.offsetWidth
  part.classList.add('animate-point-out')
  part.addEventListener('animationend', () => part.classList.remove('animate-point-out'), {
    once: true,
  })
}

/** Longer than a double click, and than the first repeat of a held key. Milliseconds. */
const quiet = 1000

/**
 * Makes a filter that accepts the first press and rejects the second half of a double click and the repeats of a
 * held key, so no edit is submitted and paid twice.
 */
export const pressFilter = () => {
  let last = { what: '', at: Number.NEGATIVE_INFINITY }
  return (what: string, now = performance.now()): boolean => {
    const isNew = what !== last.what || now - last.at >= quiet
    last = { what, at: now }
    return isNew
  }
}
