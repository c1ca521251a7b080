import { describe, expect, it } from 'vitest'
import { agrees, npmReason } from '../../../scripts/setup/dependencies.mjs'

describe('what npm installed agrees with the lockfile', () => {
  const a = { version: '1.0.0', integrity: 'sha512-a' }
  const b = { version: '2.0.0', integrity: 'sha512-b' }
  const locked = {
    packages: { '': {}, 'node_modules/a': a, 'node_modules/b': { ...b, optional: true } },
  }

  it.each([
    ['all of it', { 'node_modules/a': a, 'node_modules/b': b }, true],
    ['without what is for other platforms', { 'node_modules/a': a }, true],
    ['nothing', {}, false],
    ['a needed package missing', { 'node_modules/b': b }, false],
    ['another version', { 'node_modules/a': { ...a, version: '1.0.1' } }, false],
    ['another content', { 'node_modules/a': { ...a, integrity: 'sha512-x' } }, false],
    ['one too many', { 'node_modules/a': a, 'node_modules/c': a }, false],
  ])('%s: %s', (_name, packages, expected) => {
    expect(agrees(locked, { packages })).toBe(expected)
  })

  it('is false without any record', () => {
    expect(agrees(locked, {})).toBe(false)
  })
})

describe('why npm failed', () => {
  it('is said without its warnings and its manual', () => {
    const output = [
      'npm warn EBADENGINE Unsupported engine {',
      'npm error code EUSAGE',
      'npm error',
      'npm error Missing: a@1 from lock file',
      'npm error Clean install a project',
      'npm error Usage:',
    ].join('\n')
    expect(npmReason(output)).toBe('code EUSAGE\nMissing: a@1 from lock file')
  })

  it('is whatever came last when npm gave no reason', () => {
    expect(npmReason('spawn npm ENOENT\n')).toBe('spawn npm ENOENT')
  })
})
