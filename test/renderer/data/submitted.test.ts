import { describe, expect, test } from 'vitest'
import {
  countJobs,
  newResults,
  submittedBefore,
  submittedByClip,
} from '../../../renderer/data/submitted'
import { aDraft } from '../a-draft'
import { aFailure, aJob, clipFile, imageFile } from '../a-job'

const held = aJob({ state: 'pending', failure: aFailure('enter-key') })

describe('the numbers of jobs', () => {
  test.each([
    [{ state: 'queued' }, 'running'],
    [{ state: 'pending' }, 'running'],
    [{ state: 'saved' }, 'results'],
    [{ state: 'saved', seen: true }, null],
    [held, 'attention'],
    [{ state: 'uncertain' }, 'attention'],
    [{ state: 'failed' }, 'attention'],
    [{ state: 'expired' }, 'attention'],
    [{ state: 'failed', seen: true }, null],
    [{ state: 'cancelled' }, null],
  ] as const)('%j counts as %s', (job, kind) => {
    const none = { running: 0, attention: 0, results: 0 }
    expect(countJobs([aJob(job)])).toEqual(kind === null ? none : { ...none, [kind]: 1 })
  })

  test('belong to the clip, also of results that were seen; a job of a file from elsewhere to none', () => {
    const at = (mediaId: string | null) => [clipFile({ mediaId }), imageFile('pier.jpg')]
    expect(
      submittedByClip([
        aJob({ files: at('boat') }),
        aJob({ files: at('boat'), state: 'saved', seen: true }),
        aJob({ files: at('boat'), state: 'failed' }),
        aJob({ files: at('pier') }),
        aJob({ files: at(null) }),
      ]),
    ).toEqual({
      boat: { running: 1, attention: 1, results: 1 },
      pier: { running: 1, attention: 0, results: 0 },
    })
  })

  test('new results are those that were not looked at', () => {
    const jobs = [
      aJob({ id: 'new', state: 'saved' }),
      aJob({ id: 'old', state: 'saved', seen: true }),
      aJob({ id: 'lost', state: 'failed' }),
    ]
    expect(newResults(jobs)).toEqual(['new'])
  })
})

describe('an edit was submitted before', () => {
  const fix = {
    remedies: ['crop' as const],
    background: '#000000',
    crop: { x: 0, y: 0, width: 9, height: 16 },
  }
  const selection = { start: 1, end: 4 }
  const job = aJob({
    files: [clipFile({ mediaId: 'boat', selection, fix }), imageFile('pier.jpg')],
    prompt: 'snow',
  })
  const edit = aDraft({
    prompt: 'snow',
    fixes: { boat: fix },
    clipId: 'boat',
    selection,
    imageIds: ['pier.jpg'],
  })

  test('when a job has the same of everything', () => {
    expect(submittedBefore([])(edit)).toBe(false)
    expect(submittedBefore([aJob(), job])(edit)).toBe(true)
    expect(submittedBefore([job])({ ...edit, id: 'other', updatedAt: 7 })).toBe(true)
  })

  test.each([
    ['prompt', { prompt: 'rain' }],
    ['negative prompt', { negativePrompt: 'people' }],
    ['provider', { provider: 'evolink' as const }],
    ['options', { options: { ...edit.options, seed: 7 } }],
    ['fixes', { fixes: {} }],
    ['selection', { source: { ...edit.source, selection: null } }],
    ['images', { source: { ...edit.source, imageIds: [] } }],
    ['clip', { source: { ...edit.source, clipId: 'other' } }],
  ])('but not with another %s', (_what, change) => {
    expect(submittedBefore([job])({ ...edit, ...change })).toBe(false)
  })
})
