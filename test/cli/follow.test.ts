import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { showProgress } from '../../main/cli/follow'
import { createOutput } from '../../main/cli/output'
import { speaker } from '../../main/cli/words'
import { aJob } from '../renderer/a-job'

it('says once why a job has to wait and how to leave, and again when the reason is another', () => {
  const stderr = new PassThrough()
  const show = showProgress(createOutput(new PassThrough(), stderr), speaker('en'))
  const offline = { key: 'failure.network_offline', values: { host: 'example.com' } }
  const silent = { key: 'failure.network_timeout', values: { host: 'example.com' } }
  for (const trouble of [null, offline, offline, silent, null]) show(aJob({ trouble }))
  const said = String(stderr.read())
  expect(said.match(/There is no way to example\.com/g)).toHaveLength(1)
  expect(said.match(/example\.com does not answer/g)).toHaveLength(1)
  expect(said).toContain('Ctrl-C leaves; the job is kept and `reshoot resume`')
})

it('says of several jobs where each is, and says no step twice', () => {
  const stderr = new PassThrough()
  const show = showProgress(createOutput(new PassThrough(), stderr), speaker('en'), true)
  for (const progress of [0.1, 0.2, 0.3])
    for (const id of ['one', 'two'])
      show(aJob({ id, state: id === 'one' ? 'uploading' : 'running', progress }))
  expect(String(stderr.read())).toBe('one  Uploading\ntwo  Running\n')
})
