import type { Mode } from '../../../preload/contract/mode-table'

/** The modes of `reshoot create`. */
export type CreateMode = Exclude<Mode, 'edit'>

/** The files of `reshoot create`, as given. */
export interface CreateFiles {
  firstFrame: string | undefined
  lastFrame: string | undefined
  /** To continue. */
  clip: string | undefined
  sound: string | undefined
  references: readonly string[]
  voices: readonly { of: number; path: string }[]
}

/** The mode that files ask for: references, else a frame or a clip to begin with, else words alone. */
export const modeOf = ({
  references,
  firstFrame,
  lastFrame,
  clip,
}: Omit<CreateFiles, 'sound' | 'voices'>): CreateMode => {
  if (references.length > 0) return 'references'
  return (firstFrame ?? lastFrame ?? clip) ? 'image' : 'text'
}
