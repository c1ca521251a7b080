import { type FileRole, type FileSet, type Mode, modeData, referenceRoles } from './mode-table'
import type { ProviderMode } from './provider-row'

/** A file of a request, as its set sees it. */
export interface SetFile {
  role: FileRole
  /** Of a voice: the number of the reference that speaks with it, from 1, images and videos counted together. */
  of?: number | undefined
}

/** Why a set of files is not allowed, as a variant of the finding `files` with the values of its sentence. */
export interface SetProblem {
  variant:
    | 'mode'
    | 'role'
    | 'many'
    | 'missing'
    | 'either'
    | 'together'
    | 'references-few'
    | 'references-many'
    | 'voice'
    | 'voice-twice'
    | 'voice-first'
  values: Record<string, string | number>
}

/** What a set of files is judged by: a provider's name and modes. */
export interface SetProvider {
  name: string
  modes: Partial<Record<Mode, Pick<ProviderMode, 'sets' | 'voices' | 'limits'>>>
}

/** The references of a request in their order: the numbers that `of` of a voice counts. */
export const referencesOf = <F extends { role: FileRole }>(files: readonly F[]): F[] =>
  files.filter(({ role }) => referenceRoles.some((one) => one === role))

/** The sets that a provider takes in a mode. The number of reference images has its home in its limits. */
const setsOf = (
  { sets = [], limits: { images } }: Pick<ProviderMode, 'sets' | 'limits'>,
  mode: Mode,
): FileSet[] =>
  (sets.length > 0 ? sets : modeData(mode).sets).map((set) =>
    set['reference-image']
      ? { ...set, 'reference-image': { min: images.min, max: images.max } }
      : set,
  )

type Fault = { kind: 'missing' | 'many' | 'extra'; role: FileRole }

/** How files differ from one set, the most useful to know first. */
const faultsOf = (set: FileSet, count: (role: FileRole) => number, given: readonly FileRole[]) => {
  const wanted = Object.keys(set) as FileRole[]
  const fault = (kind: Fault['kind'], roles: readonly FileRole[]): Fault[] =>
    roles.map((role) => ({ kind, role }))
  return [
    ...fault(
      'missing',
      wanted.filter((role) => count(role) < (set[role]?.min ?? 0)),
    ),
    ...fault(
      'many',
      wanted.filter((role) => count(role) > (set[role]?.max ?? 0)),
    ),
    ...fault(
      'extra',
      given.filter((role) => !set[role]),
    ),
  ]
}

/** The key of a role's or mode's name in sentences. */
const named = (table: 'role' | 'mode', id: string): string => `${table}.${id}`

/** Whether each voice belongs to one reference, and each reference has at most one voice. */
const voiceProblem = (
  files: readonly SetFile[],
  provider: string,
  voices: ProviderMode['voices'],
): SetProblem | null => {
  const max = referencesOf(files).length
  const taken = new Set<number>()
  for (const { role, of = 0 } of files) {
    if (role !== 'voice') continue
    if (!Number.isInteger(of) || of < 1 || of > max)
      return { variant: 'voice', values: { measured: of, max } }
    if (taken.has(of)) return { variant: 'voice-twice', values: { measured: of } }
    if (voices === 'first' && of > 1) return { variant: 'voice-first', values: { provider } }
    taken.add(of)
  }
  return null
}

/**
 * Why a provider does not take these files in a mode; null where it takes them. Pure: window and command line ask it
 * before anything is uploaded.
 */
export const fileSetProblem = (
  provider: SetProvider,
  mode: Mode,
  files: readonly SetFile[],
): SetProblem | null => {
  const values = { provider: provider.name, mode: named('mode', mode) }
  const offer = provider.modes[mode]
  if (!offer) return { variant: 'mode', values }
  const given = [...new Set(files.map(({ role }) => role))]
  const count = (role: FileRole) => files.filter((file) => file.role === role).length
  const sets = setsOf(offer, mode)
  const strange = given.find((role) => !sets.some((set) => (set[role]?.max ?? 0) > 0))
  if (strange) return { variant: 'role', values: { ...values, role: named('role', strange) } }
  const faults = sets.map((set) => faultsOf(set, count, given))
  const fewest = Math.min(...faults.map(({ length }) => length))
  const nearest = faults.filter(({ length }) => length === fewest)
  const [[fault] = []] = nearest
  if (fault) return faultProblem(fault, { nearest, sets, faults, count, given, values })
  const { references } = modeData(mode)
  const measured = referencesOf(files).length
  if (references && measured < references.min)
    return { variant: 'references-few', values: { ...values, measured, min: references.min } }
  if (references && measured > references.max)
    return { variant: 'references-many', values: { ...values, measured, max: references.max } }
  return voiceProblem(files, provider.name, offer.voices)
}

interface Seen {
  /** The faults of each set, and of those sets with the fewest. */
  faults: readonly Fault[][]
  nearest: readonly Fault[][]
  sets: readonly FileSet[]
  count: (role: FileRole) => number
  given: readonly FileRole[]
  values: Record<string, string>
}

const faultProblem = (fault: Fault, seen: Seen): SetProblem => {
  const { faults, nearest, sets, count, given, values } = seen
  const role = named('role', fault.role)
  const set = sets[faults.findIndex(([first]) => first === fault)] ?? {}
  switch (fault.kind) {
    case 'missing': {
      const other = nearest.find(([first]) => first?.kind === 'missing' && first !== fault)?.[0]
      return other
        ? { variant: 'either', values: { ...values, role, other: named('role', other.role) } }
        : { variant: 'missing', values: { ...values, role } }
    }
    case 'many': {
      const max = set[fault.role]?.max ?? 0
      return { variant: 'many', values: { role, measured: count(fault.role), max } }
    }
    case 'extra': {
      const other = given.find((one) => set[one])
      return other
        ? { variant: 'together', values: { role, other: named('role', other) } }
        : { variant: 'role', values: { ...values, role } }
    }
  }
}
