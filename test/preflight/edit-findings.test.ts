import { describe, test } from 'vitest'
import { checkEdit } from '../../main/preflight'
import { type EditOptions, editOptions, providerTable, type RuleId } from '../../preload/contract'
import { type Expected, expectFinding, findingOf } from './facts'

const pass = 'pass' as const
const fail = 'fail' as const
const warn = 'warn' as const

describe('of an edit', () => {
  const { limits } = providerTable.dashscope.modes.edit
  const check = (rule: RuleId, options: Partial<EditOptions>, changes = {}) => {
    const subject = { prompt: 'Rain', negativePrompt: '', imageCount: 0, clipSeconds: 5, limits }
    const chosen = { ...editOptions.parse({}), ...options }
    return findingOf(checkEdit({ ...subject, options: chosen, hasKey: true, ...changes }), rule)
  }
  const seeds = { min: 0, max: 2_147_483_647 }
  const cuts = { min: 2, max: 10 }
  const images = { min: 0, max: 4 }
  const narrow = { ...limits, images: { min: 1, max: 4, used: 1 } }
  const callbacks = { ...limits, options: { ...limits.options, callback: true } }
  const address = 'https://hooks.example.com/done'

  test.each<[RuleId, Partial<EditOptions>, object, Expected]>([
    [
      'prompt',
      {},
      {},
      { level: pass, measured: 4, limit: 5000, says: 'pass', values: { measured: 4, max: 5000 } },
    ],
    [
      'negative_prompt',
      {},
      { negativePrompt: 'x'.repeat(501) },
      {
        level: warn,
        measured: 501,
        limit: 500,
        says: 'long',
        values: { measured: 501, max: 500 },
      },
    ],
    [
      'images',
      {},
      { imageCount: 5 },
      {
        level: fail,
        measured: 5,
        limit: images,
        says: 'many',
        values: { measured: 5, ...images, used: 4 },
      },
    ],
    [
      'images',
      {},
      { limits: narrow },
      {
        level: fail,
        measured: 0,
        limit: { min: 1, max: 4 },
        says: 'few',
        values: { measured: 0, min: 1, max: 4, used: 1 },
      },
    ],
    [
      'images',
      {},
      { limits: narrow, imageCount: 2 },
      {
        level: warn,
        measured: 2,
        limit: { min: 1, max: 4 },
        says: 'unused',
        values: { measured: 2, min: 1, max: 4, used: 1 },
      },
    ],
    [
      'seed',
      {},
      {},
      {
        level: pass,
        measured: null,
        limit: seeds,
        says: 'unset',
        values: { measured: 0, ...seeds },
      },
    ],
    [
      'seed',
      { seed: 7 },
      {},
      { level: pass, measured: 7, limit: seeds, says: 'pass', values: { measured: 7, ...seeds } },
    ],
    [
      'seed',
      { seed: 1.5 },
      {},
      {
        level: fail,
        measured: 1.5,
        limit: seeds,
        says: 'broken',
        values: { measured: 1.5, ...seeds },
      },
    ],
    [
      'cut',
      { cut: 0 },
      {},
      {
        level: pass,
        measured: 0,
        limit: cuts,
        says: 'unset',
        values: { measured: 0, ...cuts, clip: '5' },
      },
    ],
    [
      'cut',
      { cut: 11 },
      {},
      {
        level: fail,
        measured: 11,
        limit: cuts,
        says: 'broken',
        values: { measured: 11, ...cuts, clip: '5' },
      },
    ],
    [
      'cut',
      { cut: 6 },
      {},
      {
        level: fail,
        measured: 6,
        limit: cuts,
        says: 'longer',
        values: { measured: 6, ...cuts, clip: '5' },
      },
    ],
    [
      'cut',
      { cut: 10 },
      { clipSeconds: 6.005999999999999 },
      {
        level: fail,
        measured: 10,
        limit: cuts,
        says: 'longer',
        values: { measured: 10, ...cuts, clip: '6.01' },
      },
    ],
    [
      'cut',
      { cut: 6 },
      { clipSeconds: 5.999 },
      {
        level: fail,
        measured: 6,
        limit: cuts,
        says: 'longer',
        values: { measured: 6, ...cuts, clip: '5.999' },
      },
    ],
    [
      'cut',
      { cut: 6 },
      { clipSeconds: null },
      {
        level: pass,
        measured: 6,
        limit: cuts,
        says: 'pass',
        values: { measured: 6, ...cuts, clip: '0' },
      },
    ],
    [
      'quality',
      { quality: '1080p' },
      {},
      {
        level: pass,
        measured: '1080p',
        limit: '720p, 1080p',
        says: 'pass',
        values: { measured: '1080p', limit: '720p, 1080p' },
      },
    ],
    [
      'quality',
      { quality: '1080p' },
      { limits: { ...limits, qualities: ['720p'] } },
      {
        level: fail,
        measured: '1080p',
        limit: '720p',
        says: 'broken',
        values: { measured: '1080p', limit: '720p' },
      },
    ],
    [
      'ratio',
      {},
      {},
      {
        level: pass,
        measured: null,
        limit: '16:9, 9:16, 1:1, 4:3, 3:4',
        says: 'unset',
        values: { measured: '', limit: '16:9, 9:16, 1:1, 4:3, 3:4' },
      },
    ],
    [
      'ratio',
      { ratio: '1:1' },
      { limits: { ...limits, ratios: ['16:9', '9:16'] } },
      {
        level: fail,
        measured: '1:1',
        limit: '16:9, 9:16',
        says: 'broken',
        values: { measured: '1:1', limit: '16:9, 9:16' },
      },
    ],
    [
      'ratio',
      {},
      { limits: { ...limits, keepsRatio: false } },
      {
        level: 'info',
        measured: null,
        limit: '16:9, 9:16, 1:1, 4:3, 3:4',
        says: 'nearest',
        values: { measured: '', limit: '16:9, 9:16, 1:1, 4:3, 3:4' },
      },
    ],
    [
      'ratio',
      {},
      { limits: { ...limits, keepsRatio: false }, clipSize: { width: 400, height: 300 } },
      {
        level: 'info',
        measured: null,
        limit: '16:9, 9:16, 1:1, 4:3, 3:4',
        says: 'implied',
        values: { ratio: '4:3' },
      },
    ],
    [
      'ratio',
      { ratio: '1:1' },
      { limits: { ...limits, keepsRatio: false }, clipSize: { width: 400, height: 300 } },
      {
        level: pass,
        measured: '1:1',
        limit: '16:9, 9:16, 1:1, 4:3, 3:4',
        says: 'pass',
        values: { measured: '1:1', limit: '16:9, 9:16, 1:1, 4:3, 3:4' },
      },
    ],
    [
      'callback',
      {},
      {},
      {
        level: pass,
        measured: null,
        limit: false,
        says: 'unset',
        values: { measured: '', max: 2048 },
      },
    ],
    [
      'callback',
      { callbackUrl: address },
      {},
      {
        level: fail,
        measured: address,
        limit: false,
        says: 'refused',
        values: { measured: address, max: 2048 },
      },
    ],
    [
      'callback',
      { callbackUrl: 'http://a.example' },
      { limits: callbacks },
      {
        level: fail,
        measured: 'http://a.example',
        limit: true,
        says: 'not-https',
        values: { measured: 'http://a.example', max: 2048 },
      },
    ],
    [
      'callback',
      { callbackUrl: 'http://a.example' },
      {},
      {
        level: fail,
        measured: 'http://a.example',
        limit: false,
        says: 'refused',
        values: { measured: 'http://a.example', max: 2048 },
      },
    ],
    [
      'callback',
      { callbackUrl: address },
      { limits: callbacks },
      {
        level: pass,
        measured: address,
        limit: true,
        says: 'pass',
        values: { measured: address, max: 2048 },
      },
    ],
    ['storage', {}, {}, { level: pass, measured: true, limit: true, says: 'pass' }],
    [
      'storage',
      {},
      { storage: 'unsure' },
      { level: 'info', measured: true, limit: true, says: 'unsure' },
    ],
    [
      'storage',
      {},
      { storage: 'missing' },
      { level: fail, measured: false, limit: true, says: 'missing' },
    ],
    ['key', {}, {}, { level: pass, measured: true, limit: true, says: 'pass' }],
    [
      'key',
      {},
      { needsKey: false },
      { level: pass, measured: true, limit: true, says: 'unneeded' },
    ],
    ['key', {}, { hasKey: false }, { level: fail, measured: false, limit: true, says: 'broken' }],
    [
      'options',
      { watermark: true },
      { limits: providerTable.evolink.modes.edit.limits },
      { level: warn, measured: 'watermark', limit: false, says: 'watermark' },
    ],
  ])('%s with %j and %j', (rule, options, changes, expected) => {
    expectFinding(check(rule, options, changes), expected)
  })
})
