import { z } from 'zod'
import {
  editOptions,
  estimate,
  type FileRole,
  fileOf,
  fileRole,
  fix,
  mode,
  providerId,
  referencesOf,
  selection,
} from '../../preload/contract'

/** A file of a job as it was when the job was submitted. Bytes, ms since the epoch. */
export const fileSpec = z.object({
  role: fileRole,
  mediaId: z.string().nullable(),
  path: z.string(),
  name: z.string(),
  bytes: z.number(),
  modifiedAt: z.number(),
  fix,
  /** The part of a clip that is sent; null for all of it. */
  selection: selection.nullable(),
  /** Of a voice: the number of the reference that speaks with it, from 1, images and videos counted together. */
  of: z.number().int().min(1).optional(),
})
export type FileSpec = z.infer<typeof fileSpec>

/** A complete request, which a job needs without the window. */
export const jobSpec = z.object({
  mode,
  provider: providerId,
  prompt: z.string(),
  negativePrompt: z.string(),
  /** In the order of the request. */
  files: z.array(fileSpec).max(32),
  options: editOptions,
  estimate: estimate.nullable(),
})
export type JobSpec = z.infer<typeof jobSpec>

/** The name of a job or result: that of the file that shows what it is about; '' without files. */
export const nameOf = ({ files }: Pick<JobSpec, 'files'>): string =>
  (shownFile(files) ?? files[0])?.name ?? ''

/** The longest title from a prompt, in characters. */
const longestTitle = 60

/** What lists call a job or result: its name, or the beginning of the prompt where it has no file. */
export const titleOf = (spec: Pick<JobSpec, 'files' | 'prompt'>): string => {
  const words = [...spec.prompt.trim().replace(/\s+/g, ' ')]
  const title = words.slice(0, longestTitle).join('')
  return nameOf(spec) || (words.length > longestTitle ? `${title}…` : title)
}

/** The file that shows what a job is about: the clip, else the first frame, else the first reference. */
export const shownFile = <F extends { role: FileRole }>(files: readonly F[]): F | undefined =>
  fileOf(files, 'clip') ?? fileOf(files, 'first-frame') ?? referencesOf(files)[0]

const oldFileSpec = fileSpec.omit({ role: true, selection: true })

/** The shape of version 0.1: one clip and its images. */
export const oldJobSpec = jobSpec
  .omit({ mode: true, files: true })
  .extend({
    clip: oldFileSpec.extend({ selection: selection.nullable() }),
    images: z.array(oldFileSpec).max(16),
  })
  .transform(
    ({ clip, images, ...rest }): JobSpec => ({
      ...rest,
      mode: 'edit',
      files: [
        { ...clip, role: 'clip' },
        ...images.map((image) => ({
          ...image,
          role: 'reference-image' as const,
          selection: null,
        })),
      ],
    }),
  )
