import { describe, expect, it } from 'vitest'
import { diskFailure, jobError, libraryFolder } from '../../main/jobs/failures'

const folderError = (error: unknown) => {
  try {
    libraryFolder({
      makeFolder: () => {
        throw error
      },
    })
  } catch (failure) {
    return failure
  }
  throw new Error('the folder can be used')
}

const withCode = (code: string) => Object.assign(new Error('no'), { code, path: '/results' })

describe('an error of the disk', () => {
  it.each(['ENOSPC', 'EDQUOT'])('%s asks for free space', (code) => {
    const cause = withCode(code)
    expect(diskFailure(cause, '/results', 2_000_001)).toMatchObject({
      name: 'PhaseFailedError',
      message: 'job.noSpace',
      failure: {
        kind: 'local',
        action: 'free-space',
        text: { key: 'job.noSpace', values: { folder: '/results', needed: 3, free: 0 } },
      },
      cause,
    })
  })

  it.each(['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EEXIST'])(
    '%s asks for another folder',
    (code) => {
      const cause = withCode(code)
      const expected = {
        failure: {
          action: 'choose-folder',
          text: { key: 'job.folder', values: { folder: '/results' } },
        },
        cause,
      }
      expect(diskFailure(cause, '/results', 0)).toMatchObject(expected)
      expect(folderError(cause)).toMatchObject(expected)
    },
  )

  it.each([withCode('EIO'), new Error('no code')])('%s is passed on', (error) => {
    expect(diskFailure(error, '/results', 0)).toBeNull()
    expect(folderError(error)).toBe(error)
  })

  it('is found by a folder that is gone', () => {
    const folder = () => '/nobody/results'
    expect(() => libraryFolder({ makeFolder: folder })).toThrow('job.folder')
  })
})

it('an error about a job shows its sentence, and by default no button', () => {
  expect(jobError('tooLate')).toMatchObject({
    name: 'JobError',
    message: 'job.tooLate',
    code: 'tooLate',
    action: 'none',
    text: { key: 'job.tooLate', values: {} },
  })
})
