import { type FileRole, fileRole, type SetFile } from '../../preload/contract'

export type Counts = Readonly<Record<FileRole, number>>

export interface OneSet {
  counts: Counts
  files: SetFile[]
}

/** Every set of 0 to 2 files of each role, of references 0 to 6, of voices 0 to 3: those of the first references. */
export const everySet = (): OneSet[] => {
  const most = (role: FileRole) => (role.startsWith('reference') ? 6 : role === 'voice' ? 3 : 2)
  const all = fileRole.options.reduce<Partial<Counts>[]>(
    (sets, role) =>
      sets.flatMap((set) =>
        Array.from({ length: most(role) + 1 }, (_, count) => ({ ...set, [role]: count })),
      ),
    [{}],
  )
  return (all as Counts[]).map((counts) => ({
    counts,
    files: fileRole.options.flatMap((role) =>
      Array.from({ length: counts[role] }, (_, at) =>
        role === 'voice' ? { role, of: at + 1 } : { role },
      ),
    ),
  }))
}
