import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { showProgress, showSeveral } from '../../../main/cli/commands/follow'
import { createOutput } from '../../../main/cli/output'
import { speaker } from '../../../main/cli/words/words'
import { aJob } from '../../renderer/a-job'

it('prints why a job waits and how to leave once for each reason', () => {
  const stderr = new PassThrough()
  const show = showProgress(createOutput(new PassThrough(), stderr), speaker('en'))
  const offline = { key: 'failure.network_offline', values: { host: 'example.com' } }
  const silent = { key: 'failure.network_timeout', values: { host: 'example.com' } }
  for (const trouble of [null, offline, offline, silent, null]) show(aJob({ trouble }))
  const said = String(stderr.read())
  expect(said.match(/Could not reach example\.com/g)).toHaveLength(1)
  expect(said.match(/example\.com is not responding/g)).toHaveLength(1)
  expect(said).toContain('Press Ctrl-C to stop; run `reshoot resume`')
})

it('prints a reason that comes and goes again only at rising intervals', () => {
  const stderr = new PassThrough()
  const show = showProgress(createOutput(new PassThrough(), stderr), speaker('en'))
  const offline = { key: 'failure.network_offline', values: { host: 'example.com' } }
  const minutes = (from: number, to: number) => {
    for (let minute = from; minute < to; minute++)
      show(aJob({ trouble: minute % 2 ? null : offline, updatedAt: minute * 60_000 }))
    return String(stderr.read() ?? '').match(/Could not reach example\.com/g)?.length ?? 0
  }
  expect([minutes(0, 10), minutes(10, 30), minutes(30, 60)]).toEqual([1, 1, 1])
})

it('leaves a held job to the outcome', () => {
  const stderr = new PassThrough()
  const show = showProgress(createOutput(new PassThrough(), stderr), speaker('en'))
  const text = { key: 'failure.auth_key-refused', values: {} }
  show(aJob({ failure: { kind: 'auth', text, action: 'enter-key', provider: null } }))
  expect(stderr.read()).toBeNull()
})

it('prints each step of several jobs once', () => {
  const stderr = new PassThrough()
  const show = showSeveral(createOutput(new PassThrough(), stderr), speaker('en'))
  for (const progress of [0.1, 0.2, 0.3])
    for (const id of ['one', 'two'])
      show(aJob({ id, state: id === 'one' ? 'uploading' : 'running', progress }))
  expect(String(stderr.read())).toBe('one  Uploading\ntwo  Running\n')
})

describe('several jobs in a terminal', () => {
  const begin = () => {
    const stderr = Object.assign(new PassThrough(), { isTTY: true })
    const output = createOutput(new PassThrough(), stderr)
    const clear = '\r\u001b[2K'
    /** The lines that replaced each other, newest last. */
    const lines = () => String(stderr.read() ?? '').split(clear)
    return { show: showSeveral(output, speaker('en')), output, lines }
  }

  it('share one line with their number and steps', () => {
    const { show, lines } = begin()
    show(aJob({ id: 'one', state: 'uploading', progress: 0.4 }))
    show(aJob({ id: 'two', state: 'pending' }))
    show(aJob({ id: 'three', state: 'pending' }))
    expect(lines()).toEqual([
      '',
      'one  Uploading 40 %',
      '2 jobs in progress: Uploading 40 %, Waiting',
      '3 jobs in progress: Uploading 40 %, 2 × Waiting',
    ])
  })

  it('keep the line for the others after one has ended', () => {
    const { show, output, lines } = begin()
    for (const id of ['one', 'two']) show(aJob({ id, state: 'running' }))
    lines()
    output.line('Saved: one.mp4')
    show(aJob({ id: 'one', state: 'saved' }))
    expect(lines()).toEqual(['', '', 'two  Running'])
    show(aJob({ id: 'two', state: 'failed' }))
    expect(lines()).toEqual([''])
  })

  it('count as unfinished while their task is looked for, which is printed once', () => {
    const { show, lines } = begin()
    const lost = { id: 'lost', state: 'uncertain' } as const
    show(aJob({ ...lost, looking: true }))
    show(aJob({ ...lost, looking: true }))
    const said = lines().join('')
    expect(said.match(/Job lost: checking with the provider.*few minutes/g)).toHaveLength(1)
    expect(said).toContain('lost  Checking')
    show(aJob(lost))
    expect(lines()).toEqual([''])
  })
})
