import type { Language, Settings, ToolState, ToolStates } from '../../preload/contract'

/** A part of a report. */
export interface Section {
  title: string
  lines: readonly string[]
}

const origins = { chosen: 'own', found: 'newest capable one of this computer', bundled: 'bundled' }

const toolLines = (name: string, state: ToolState): string[] => {
  const problem = state.problem === null ? '' : `; problem: ${state.problem}`
  return [
    `${name}: ${state.version ?? 'unknown version'} (${origins[state.origin]})${problem}`,
    ...state.passedOver.map((other) => {
      const reason = {
        old: 'too old',
        lacks: `lacks ${other.detail}`,
        failed: `failed: ${other.detail}`,
      }
      return `${name} not used: ${other.version ?? 'unknown version'} (${reason[other.why]})`
    }),
  ]
}

/** Which tools are in use, and why. */
export const toolSection = ({ ffmpeg, ffprobe }: ToolStates): readonly string[] => [
  ...toolLines('ffmpeg', ffmpeg),
  ...toolLines('ffprobe', ffprobe),
]

/** The settings that decide how the app behaves; folders and names stay out. */
export const settingLines = (settings: Settings, language: Language): readonly string[] => [
  `language: ${language} (${settings.language})`,
  `theme: ${settings.theme}`,
  `provider for new edits: ${settings.provider}`,
  `library folder: ${settings.libraryFolder === null ? 'the usual one' : 'chosen'}`,
  `bucket in Settings: ${settings.bucket === null ? 'none' : 'yes'}`,
]

/** What a part says; where it cannot be told, why: a report is made when something is broken. */
export const section = async (
  title: string,
  gather: () => readonly string[] | Promise<readonly string[]>,
): Promise<Section> => {
  try {
    const lines = await gather()
    return { title, lines: lines.length > 0 ? lines : ['none'] }
  } catch (error) {
    return {
      title,
      lines: [`cannot be told: ${error instanceof Error ? error.message : String(error)}`],
    }
  }
}

/** A report as text, in English, for the people who look for the fault. */
export const reportText = (sections: readonly Section[]): string =>
  sections
    .map(({ title, lines }) => [title, ...lines.map((line) => `  ${line}`)].join('\n'))
    .join('\n\n')
