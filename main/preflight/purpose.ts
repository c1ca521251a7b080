import type { FileRole } from '../../preload/contract'
import type { Size } from './geometry'

/** What a file is for, which decides what is accepted of it. */
export interface Purpose {
  role: FileRole
  /** Displayed pixels of the first frame, which a last one should resemble; null while unknown. */
  firstFrame?: Size | null
}

export type SoundRole = 'sound' | 'voice'

export const isSoundRole = (role: FileRole): role is SoundRole =>
  role === 'sound' || role === 'voice'

export type ClipRole = 'clip' | 'reference-video'

export const isClipRole = (role: FileRole): role is ClipRole =>
  role === 'clip' || role === 'reference-video'

/** What a clip is measured by where nobody says what it is for. */
export const clipRoleOf = (purpose: Purpose | undefined): ClipRole =>
  purpose && isClipRole(purpose.role) ? purpose.role : 'clip'

/** What people use a file of this kind for most. */
export const usualPurpose = (kind: 'video' | 'image' | 'sound' | 'other'): Purpose | undefined =>
  kind === 'sound' ? { role: 'sound' } : undefined
