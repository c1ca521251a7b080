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

/** How many, both ends included. */
export interface Count {
  min: number
  max: number
}

/** Files that a request holds together, by role; a role that is not listed is not allowed with them. */
export type FileSet = Readonly<Partial<Record<FileRole, Readonly<Count>>>>

/** The roles of references, which a prompt names "Image 1" and "Video 1". */
export const referenceRoles = [
  'reference-image',
  'reference-video',
] as const satisfies readonly FileRole[]

const one = { min: 1, max: 1 }
const upToOne = { min: 0, max: 1 }
const upTo = (max: number) => ({ min: 0, max })

/** A way of making a video with the model, as data. */
export interface ModeData {
  /** Exactly these sets of files are allowed; a provider may take fewer (`sets` in its row). */
  sets: readonly FileSet[]
  /** How many references there are, images and videos together; left out where each role has its own number. */
  references?: Count
  /** What a request must say. 'prompt-or-image': a prompt or at least one reference image. */
  needs: 'prompt' | 'prompt-or-image' | 'nothing'
  /** How long the result is: as long as the clip, or as long as a person chooses (`duration` of the options). */
  length: 'clip' | 'chosen'
  /**
   * Where the ratio of the result comes from. 'clip': the clip's, unless another one is chosen. 'image': always that of
   * the first frame or of the clip. 'chosen': one of the provider's; that of the first frame, where there is one.
   */
  ratio: 'clip' | 'image' | 'chosen'
}

/** Every mode, one row each. What a provider offers in a mode is in the provider's own row. */
export const modeTable = {
  edit: {
    sets: [{ clip: one, 'reference-image': upTo(4) }],
    needs: 'prompt-or-image',
    length: 'clip',
    ratio: 'clip',
  },
  text: { sets: [{ sound: upToOne }], needs: 'prompt', length: 'chosen', ratio: 'chosen' },
  image: {
    sets: [
      { 'first-frame': one, 'last-frame': upToOne, sound: upToOne },
      // The clip is continued.
      { clip: one, 'last-frame': upToOne },
    ],
    needs: 'nothing',
    length: 'chosen',
    ratio: 'image',
  },
  references: {
    sets: [
      {
        'first-frame': upToOne,
        'reference-image': upTo(5),
        'reference-video': upTo(5),
        voice: upTo(5),
      },
    ],
    references: { min: 1, max: 5 },
    needs: 'prompt',
    length: 'chosen',
    ratio: 'chosen',
  },
} as const satisfies Record<string, ModeData>

export type Mode = keyof typeof modeTable

/** The mode in which each kind of source (`draftSource`) is submitted. */
export const modeOfSource = { clip: 'edit' } as const satisfies Record<string, Mode>

/** A mode's row, as the type that all rows share. */
export const modeData = (mode: Mode): ModeData => modeTable[mode]

/**
 * Whether a request says too little: services would refuse it, or accept it and bill it.
 * @param needs what the provider's row asks for beyond the mode's own
 */
export const isEmpty = (
  mode: Mode,
  prompt: string,
  files: readonly { role: FileRole }[],
  needs: ModeData['needs'] = modeData(mode).needs,
): boolean =>
  prompt.trim() === '' &&
  needs !== 'nothing' &&
  !(needs === 'prompt-or-image' && files.some(({ role }) => role === 'reference-image'))

/** The ratio that a service uses for a new video where none is chosen. */
export const usualRatio = '16:9'

/**
 * The ratio that a request names: the chosen one or, where the mode wants one, the usual one; null where the result
 * follows a file. At a service that always wants a ratio for an edit, the adapter chooses.
 */
export const ratioFor = <Ratio extends string>(
  mode: Mode,
  files: readonly { role: FileRole }[],
  chosen: Ratio | null,
): Ratio | typeof usualRatio | null => {
  const { ratio } = modeData(mode)
  if (ratio === 'clip') return chosen
  return ratio === 'image' || fileOf(files, 'first-frame') ? null : (chosen ?? usualRatio)
}

/** Seconds of the result that a request names; undefined in a mode whose result is as long as its clip. */
export const durationFor = (
  { duration }: { duration?: { usual: number } | undefined },
  chosen: number | undefined,
): number | undefined => duration && (chosen ?? duration.usual)

/** What a provider offers in a mode. Throws for a mode that it does not offer. */
export const modeRow = <Row>(
  provider: { name: string; modes: Partial<Record<Mode, Row>> },
  mode: Mode,
): Row => {
  const row = provider.modes[mode]
  if (!row) throw new Error(`${provider.name} does not offer the mode ${mode}`)
  return row
}
