import { describe, expect, it } from 'vitest'
import {
  checkSubmission,
  noFix,
  type Submission,
  type SubmittedFile,
  toDraft,
  toJobSpec,
} from '../../main/edits/submission'
import { estimate } from '../../main/providers/prices'
import { createProviders } from '../../main/providers/registry'
import {
  editOptions,
  type Fix,
  type MediaItem,
  modeRow,
  type Selection,
} from '../../preload/contract'
import { clipFactsWith, imageFactsWith, itemWith } from '../support/facts'

const keys = { get: () => 'sk-1', source: () => 'stored' as const }
const dashscope = createProviders({ keys, env: {}, sandbox: () => Promise.reject(new Error()) })
  .describe()
  .find(({ id }) => id === 'dashscope')

interface Change {
  prompt?: string
  selection?: Selection
  options?: Submission['options']
  /** By id: 'clip', 'image'. */
  fixes?: Record<string, Fix>
}

interface Around {
  clip?: MediaItem | null
  images?: (MediaItem | null)[]
  hasKey?: boolean
  stores?: 'images' | 'nothing'
}

const options = editOptions.parse({})

const submission = (change: Change = {}, around: Around = {}): Submission => {
  if (!dashscope) throw new Error('There is no DashScope')
  const { clip = itemWith('clip', clipFactsWith()), images = [], hasKey = true, stores } = around
  const { prompt = 'warm', selection = null, fixes = {} } = change
  const file = (role: SubmittedFile['role'], id: string, item: MediaItem | null) => ({
    role,
    id,
    item,
    fix: fixes[id] ?? noFix,
    selection: role === 'clip' ? selection : null,
  })
  return {
    mode: 'edit',
    provider: { ...dashscope, key: hasKey ? 'stored' : 'none', ...(stores ? { stores } : null) },
    hasBucket: false,
    prompt,
    negativePrompt: 'rain',
    options: change.options ?? options,
    files: [
      file('clip', 'clip', clip),
      ...images.map((item, index) => file('reference-image', item?.id ?? `${index}`, item)),
    ],
  }
}

const check = (change: Change = {}, around: Around = {}) => {
  const value = submission(change, around)
  return checkSubmission(value, (seconds) =>
    estimate(modeRow(value.provider, 'edit'), { seconds, options: value.options }),
  )
}

const long = itemWith('clip', clipFactsWith({ duration: 14.2 }))
const checking = itemWith('clip', null, { state: 'checking' })

describe('the blockers of a submission', () => {
  it.each<[string, Change, Around, string[]]>([
    ['nothing', {}, {}, []],
    ['no clip', {}, { clip: null }, ['no-clip']],
    [
      'a clip that is gone',
      {},
      { clip: itemWith('clip', null, { state: 'missing' }) },
      ['no-clip'],
    ],
    ['a clip still being checked', {}, { clip: checking }, ['checking']],
    ['a clip that is too long', {}, { clip: long }, ['clip']],
    ['… until it is trimmed', { selection: { start: 1, end: 6 } }, { clip: long }, []],
    [
      '… or trimming is the fix',
      { fixes: { clip: { remedies: ['trim'], background: '#000000' } } },
      { clip: long },
      [],
    ],
    ['a selection that is too short', { selection: { start: 0, end: 1 } }, {}, ['clip']],
    ['an image in place of the clip', {}, { clip: itemWith('clip', imageFactsWith()) }, ['clip']],
    [
      'an image that is too small',
      {},
      { images: [itemWith('image', imageFactsWith({ width: 100 }))] },
      ['image'],
    ],
    [
      '… until it is scaled',
      { fixes: { image: { remedies: ['scale'], background: '#000000' } } },
      { images: [itemWith('image', imageFactsWith({ width: 200, height: 300 }))] },
      [],
    ],
    ['a missing image', {}, { images: [null] }, ['image']],
    [
      'a clip in place of an image',
      {},
      { images: [itemWith('image', clipFactsWith())] },
      ['image'],
    ],
    [
      'too many images',
      {},
      { images: ['1', '2', '3', '4', '5'].map((id) => itemWith(id, imageFactsWith())) },
      ['edit'],
    ],
    ['no key', {}, { hasKey: false }, ['key']],
    ['no storage for the files', {}, { stores: 'nothing' }, ['bucket']],
    ['a storage that may refuse the files', {}, { stores: 'images' }, []],
    ['neither a prompt nor an image', { prompt: ' \n' }, {}, ['empty']],
    [
      'an image without words',
      { prompt: '' },
      { images: [itemWith('image', imageFactsWith())] },
      [],
    ],
    [
      'everything, most urgent first',
      { options: { ...options, seed: -1 } },
      { clip: long, images: [itemWith('image', null, { state: 'checking' })], hasKey: false },
      ['checking', 'clip', 'edit', 'key'],
    ],
  ])('%s', (_name, change, around, blockers) => {
    expect(check(change, around).blockers).toEqual(blockers)
  })

  it('reports the files as they will be sent', () => {
    const found = check({ selection: { start: 2, end: 7 } }, { clip: long })
    expect(found.seconds).toBe(5)
    expect(found.files).toMatchObject([{ id: 'clip', report: { verdict: 'pass' } }])
  })

  it('estimates the price of what will be sent', () => {
    const found = check({ selection: { start: 2, end: 7 } }, { clip: long })
    expect(found.estimate).toMatchObject({
      seconds: { input: 5, output: 5, billed: 10 },
      amount: 1,
      currency: 'USD',
    })
    expect(check({}, { clip: checking }).estimate).toBeNull()
  })
})

describe('a job from a submission', () => {
  const file = import.meta.filename

  it('fails with the first blocker and its action', () => {
    const blocked = check({}, { hasKey: false })
    expect(() => toJobSpec(submission(), blocked, () => null)).toThrow(
      expect.objectContaining({
        text: { key: 'edits.blocked_key', values: {} },
        action: 'enter-key',
      }),
    )
  })

  it('refuses a file that is missing in the catalog or on the disk', () => {
    const key = (text: string) =>
      expect.objectContaining({ text: expect.objectContaining({ key: text }) })
    expect(() => toJobSpec(submission(), check(), () => null)).toThrow(key('edits.unknown_file'))
    expect(() =>
      toJobSpec(submission(), check(), (id) => ({ path: `${file}.gone`, mediaId: id })),
    ).toThrow(key('edits.file_gone'))
  })

  it('has all settings of the draft, and gives the draft back', () => {
    const fix: Fix = { remedies: ['scale'], background: '#ffffff' }
    const selection = { start: 1, end: 4 }
    const images = [itemWith('image', imageFactsWith())]
    const value = submission({ selection, fixes: { clip: fix } }, { images })
    const spec = toJobSpec(value, check({ selection }, { images }), (id) => ({
      path: id === 'clip' ? file : import.meta.dirname,
      mediaId: id,
    }))
    expect(spec.files).toMatchObject([
      { role: 'clip', mediaId: 'clip', path: file, selection, fix },
      { role: 'reference-image', mediaId: 'image', selection: null, fix: noFix },
    ])
    expect(spec).toMatchObject({ mode: 'edit', provider: 'dashscope', prompt: 'warm' })
    const back = toDraft(spec, 'draft', (path) => (path === file ? 'new clip' : 'new image'), 5)
    expect(back).toMatchObject({
      id: 'draft',
      source: {
        kind: 'clip',
        clipId: 'new clip',
        selection,
        moreSelections: [],
        imageIds: ['new image'],
      },
      prompt: 'warm',
      negativePrompt: 'rain',
      fixes: { 'new clip': fix, 'new image': noFix },
      options,
      updatedAt: 5,
    })
    expect(toDraft(spec, 'draft', () => null, 5)).toBeNull()
  })
})
