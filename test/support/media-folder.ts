import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import { createMediaTools } from '../../main/media/create-media-tools'
import { picturesHere } from '../../main/media/images/pictures'
import { inspectFile } from '../../main/media/inspect'
import type { MediaTools } from '../../main/media/media-tools'
import { checkFile, remediesOf } from '../../main/preflight'
import type {
  ClipFacts,
  Facts,
  ImageFacts,
  Level,
  Remedy,
  RuleId,
  Selection,
} from '../../preload/contract'
import { type ClipShape, makeClip } from './make-media'
import { testTools } from './test-tools'

/** The real ffprobe, ffmpeg and sharp. */
export const tools: MediaTools = {
  ...createMediaTools(testTools),
  // A busy machine needs longer than a person waits; the limit itself has tests of its own.
  inspect: (path, work) =>
    inspectFile(path, { ...testTools, pictures: picturesHere }, work, { limit: 150_000 }),
}

/** A folder for the tests of one test file, and ways to fill it. Removed after the last test. */
export const mediaFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'reshoot-media-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  let made = 0
  const fresh = (extension: string): string => join(folder, `${made++}${extension}`)
  return {
    folder,
    /** An unused path. */
    fresh,
    keep: async (bytes: Buffer, extension: string): Promise<string> => {
      const path = fresh(extension)
      await writeFile(path, bytes)
      return path
    },
    /** Applies every offered remedy to an image. The outcome must pass. Gives its path. */
    mend: async (path: string, facts: ImageFacts): Promise<string> => {
      const remedies = remediesOf(checkFile(facts, path))
      const output = fresh('.png')
      await tools.prepare({ path, facts, selection: null, remedies, background: '#ffffff' }, output)
      expect(checkFile(await stillFacts(output), output).verdict).toBe('pass')
      return output
    },
    /** Makes and prepares a clip. Gives the facts before and after. */
    prepare: async (shape: ClipShape, selection: Selection | null, remedies: Remedy[] = []) => {
      const path = await makeClip(shape)
      const source = clipOf(await tools.inspect(path))
      const output = fresh('.mp4')
      const preparation = { path, facts: source, selection, remedies, background: '#102030' }
      const { command } = await tools.prepare(preparation, output)
      const facts = clipOf(await tools.inspect(output))
      return { path, source, output, command, facts, report: checkFile(facts, output) }
    },
  }
}

export const clipOf = (facts: Facts): ClipFacts => {
  if (facts.kind !== 'video') throw new Error(`expected a clip, got ${JSON.stringify(facts)}`)
  return facts
}

/** The facts of a file that must be an image. */
export const stillFacts = async (path: string): Promise<ImageFacts> => {
  const facts = await tools.inspect(path)
  if (facts.kind !== 'image') throw new Error(`expected an image, got ${JSON.stringify(facts)}`)
  return facts
}

/** Levels of the rules that do not pass, except for `audio`. */
export const levelsOf = (facts: Facts, path: string): Partial<Record<RuleId, Level>> =>
  Object.fromEntries(
    checkFile(facts, path)
      .findings.filter(({ level, rule }) => level !== 'pass' && rule !== 'audio')
      .map(({ rule, level }) => [rule, level]),
  )

/** The rules that a file breaks. */
export const failing = (facts: Facts, name: string): RuleId[] =>
  checkFile(facts, name)
    .findings.filter(({ level }) => level === 'fail')
    .map(({ rule }) => rule)
