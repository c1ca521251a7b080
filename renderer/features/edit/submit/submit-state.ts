import type { DraftCheck, RuleId } from '../../../../preload/contract'
import { isHopeless, type Line } from '../preflight/fold-findings'

/** The part of the screen that a press leads to. */
type Place = 'preflight' | 'prompt' | 'images' | 'key'

/** What the Submit button says and does. */
export type SubmitState =
  | { kind: 'ready' }
  | { kind: 'checking' }
  | { kind: 'no-clip' }
  /** `count` things are named above, of which some can be mended on this screen. */
  | { kind: 'fix'; count: number; place: Place }
  /** Something that no change here mends, for example a clip of 1.2 s. */
  | { kind: 'hopeless'; place: Place }
  /** Another part of the clip than the one at hand cannot be sent. */
  | { kind: 'part'; index: number }
  | { kind: 'prompt' }
  | { kind: 'key' }
  | { kind: 'bucket' }

/** Rules that are mended in Settings. */
const elsewhere: readonly RuleId[] = ['key', 'storage']

interface Composed {
  check: DraftCheck | undefined
  prompt: string
  images: number
  open: readonly Line[]
  /** The checks of the other parts, in the order of their time; undefined while they are not known. */
  others?: readonly DraftCheck[] | undefined
}

/** Decides what stands first between an edit and its submission. */
export const submitState = ({
  check,
  prompt,
  images,
  open,
  others = [],
}: Composed): SubmitState => {
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
      ? { kind: 'hopeless', place: 'preflight' }
      : { kind: 'fix', count: Math.max(1, all.length), place: 'preflight' }
  }
  if (blockers.includes('checking')) return { kind: 'checking' }
  const index = others.findIndex((one) => one.blockers.includes('clip'))
  if (index !== -1) return { kind: 'part', index }
  // Every service takes an empty prompt, and would bill for an edit that nobody described.
  if (prompt.trim() === '' && images === 0) return { kind: 'prompt' }
  if (blockers.includes('key')) return { kind: 'key' }
  if (blockers.includes('bucket')) return { kind: 'bucket' }
  return { kind: 'ready' }
}

/** Brings a part of the screen into sight, gives it the focus and marks it for a moment. */
export const pointOut = (name: string): void => {
  const part = document.querySelector<HTMLElement>(`[data-part="${name}"]`)
  if (!part) return
  part.scrollIntoView({ block: 'nearest', behavior: 'smooth' })
  const target = part.querySelector<HTMLElement>('[data-first]') ?? part
  target.focus({ preventScroll: true })
  part.classList.remove('animate-point-out')
  // Reading the layout lets the animation start again.
  void part.offsetWidth
  part.classList.add('animate-point-out')
  part.addEventListener('animationend', () => part.classList.remove('animate-point-out'), {
    once: true,
  })
}

/** A double click is over by then, and a held key has repeated. */
const quiet = 1000

/**
 * Tells a press that is meant from the second half of a double click and the repeats of a held key: none of
 * these may submit, and pay for, the same edit once more.
 */
export const pressFilter = () => {
  let last = { what: '', at: Number.NEGATIVE_INFINITY }
  return (what: string, now = performance.now()): boolean => {
    const meant = what !== last.what || now - last.at >= quiet
    last = { what, at: now }
    return meant
  }
}
