/** What a file is for in a request to a provider. */
export const fileRoles = [
  'clip',
  'first-frame',
  'last-frame',
  'reference-image',
  'reference-video',
  'voice',
  'sound',
] as const
export type FileRole = (typeof fileRoles)[number]

/** The files of a role, in their order. */
export const filesOf = <F extends { role: FileRole }>(files: readonly F[], role: FileRole): F[] =>
  files.filter((file) => file.role === role)

/** The first file of a role; undefined where there is none. */
export const fileOf = <F extends { role: FileRole }>(
  files: readonly F[],
  role: FileRole,
): F | undefined => files.find((file) => file.role === role)

/** A way of making a video with the model, as data. */
export interface ModeData {
  /** How many files of each role a request holds; a role that is not listed is not allowed. */
  roles: Partial<Record<FileRole, { min: number; max: number }>>
  /** 'prompt-or-image': a prompt or at least one reference image. */
  needs: 'prompt-or-image'
}

/** Every mode, one row each. What a provider offers in a mode is in the provider's own row. */
export const modeTable = {
  edit: {
    roles: { clip: { min: 1, max: 1 }, 'reference-image': { min: 0, max: 4 } },
    needs: 'prompt-or-image',
  },
} as const satisfies Record<string, ModeData>

export type Mode = keyof typeof modeTable

/** The mode in which each kind of source (`draftSource`) is submitted. */
export const modeOfSource = { clip: 'edit' } as const satisfies Record<string, Mode>

/** Whether a request says nothing: services would accept it and bill it. */
export const isEmpty = (
  mode: Mode,
  prompt: string,
  files: readonly { role: FileRole }[],
): boolean =>
  modeTable[mode].needs === 'prompt-or-image' &&
  prompt.trim() === '' &&
  !files.some(({ role }) => role === 'reference-image')

/** What a provider offers in a mode. Throws for a mode that it does not offer. */
export const modeRow = <Row>(
  provider: { name: string; modes: Partial<Record<Mode, Row>> },
  mode: Mode,
): Row => {
  const row = provider.modes[mode]
  if (!row) throw new Error(`${provider.name} does not offer the mode ${mode}`)
  return row
}
