import { QueryClient } from '@tanstack/react-query'
import { describe, expect, it } from 'vitest'
import { failureAction, type Job, jobState } from '../../../preload/contract'
import { keys } from '../../../renderer/data/client'
import { JobRow } from '../../../renderer/features/queue/job-row'
import type { QueueActions } from '../../../renderer/features/queue/queue-actions'
import { aFailure, aJob } from '../a-job'
import { markupOf, rawKeys, wordsOf } from '../render'

const nothing = () => undefined
const actions: QueueActions = {
  cancel: nothing,
  retry: nothing,
  resolve: nothing,
  remove: nothing,
  show: nothing,
  edit: nothing,
  settings: nothing,
  open: nothing,
  tryRegion: nothing,
  copy: nothing,
}
const row = (job: Partial<Job>) => <JobRow actions={actions} job={aJob(job)} leaving={false} />

describe('a row of the queue', () => {
  it.each(jobState.options)('says what a job that is %s means, in both languages', (state) => {
    for (const language of ['en', 'zh'] as const) {
      const markup = markupOf(row({ state, libraryId: 'entry', canCancel: true }), language)
      expect(markup).toContain('Make it snow')
      expect(markup).toContain('clip.mp4')
      expect(rawKeys(markup)).toEqual([])
    }
  })

  it('shows why a job has to wait', () => {
    const trouble = { key: 'failure.network_offline', values: { host: 'example.com' } }
    expect(wordsOf(row({ trouble }), 'en')).toContain('Could not reach example.com.')
  })

  it.each(['failed', 'running'] as const)('offers a report about a bug (%s)', (state) => {
    const text = { key: 'job.unexpectedError', values: { id: 'bcdfgh' } }
    const failure = { kind: 'local', text, action: 'try-again', provider: null } as const
    expect(wordsOf(row({ state, failure }), 'en')).toMatch(/error bcdfgh.*Report…/)
    expect(wordsOf(row({ state, failure: aFailure('try-again') }), 'en')).not.toContain('Report…')
  })

  it('offers the page for topping up, and trying again', () => {
    const failure = {
      kind: 'billing',
      text: { key: 'failure.billing_credits', values: {} },
      action: 'top-up',
      provider: null,
    } as const
    const client = new QueryClient()
    const pages = { keys: 'https://example.com/keys', billing: 'https://example.com/billing' }
    client.setQueryData(keys.providers, [{ id: 'evolink', pages }, { id: 'sandbox' }])
    const unpaid = (provider: Job['provider']) =>
      row({ state: 'failed', failure, canRetry: true, provider })
    const markup = markupOf(unpaid('evolink'), 'en', client)
    expect(markup).toContain('Top up')
    expect(markup).toContain('Try again')
    expect(markup).toContain('lucide-external-link')
    expect(wordsOf(unpaid('evolink'), 'zh', client)).toContain('充值')
    // The Sandbox has no account, so there is no external link.
    expect(markupOf(unpaid('sandbox'), 'en', client)).not.toContain('lucide-external-link')
  })

  it('shows until when to wait', () => {
    const until = new Date(2099, 0, 1, 14, 20).getTime()
    const failure = {
      kind: 'rate-limit',
      text: { key: 'failure.rate_limited', values: {} },
      action: 'wait',
      until,
      provider: null,
    } as const
    expect(wordsOf(row({ state: 'failed', failure }), 'en')).toContain('Wait until 14:20')
  })

  it('keeps what the tool wrote in a fold, with its lines', () => {
    const failure = aFailure('fix-file', 'job.prepareFailed')
    const text = {
      ...failure.text,
      values: { name: 'a.mp4', causeKey: 'media.failed', tool: 'moov\natom' },
    }
    const failed = row({ state: 'failed', failure: { ...failure, text } })
    expect(wordsOf(failed, 'en')).toContain('Details')
    expect(wordsOf(failed, 'en')).not.toContain('moov')
    expect(
      wordsOf(
        row({
          state: 'failed',
          failure: {
            ...failure,
            text: { ...text, values: { name: 'a.mp4', causeKey: 'media.failed' } },
          },
        }),
        'en',
      ),
    ).not.toContain('Details')
  })

  it('shows in both languages that the Sandbox is no AI', () => {
    expect(wordsOf(row({}), 'en')).toContain('Sandbox: local effects, no AI')
    expect(wordsOf(row({}), 'zh')).toContain('非 AI')
  })

  it('says of a held job why, what helps, when it is tried, and how long the result is kept', () => {
    const day = 24 * 3_600_000
    const held = row({
      state: 'running',
      failure: aFailure('enter-key', 'failure.auth_key-refused'),
      resumes: true,
      nextPollAt: Date.now() + day,
      expiresAt: Date.now() + 2 * day,
    })
    const words = wordsOf(held, 'en')
    for (const said of [
      'The provider rejected the API key',
      'As soon as a working key is saved, the job goes on.',
      'Tries again by itself at ',
      'Provider keeps it until ',
      'Forget…',
      'Try again now',
      'Enter key',
    ])
      expect(words).toContain(said)
    for (const not of ['Dismiss', 'Next check', 'Cancel']) expect(words).not.toContain(not)
    const markup = markupOf(held, 'en')
    expect(markup).toContain('aria-label="Run: needs attention, ')
    expect(markup.match(/bg-accent-soft/g)).toHaveLength(1)
    expect(wordsOf(held, 'zh')).toContain('保存可用的密钥后，任务会自动继续')
  })

  it('tells a held job whose key is of another region that its task stays where it is', () => {
    const failure = aFailure('try-region', 'failure.auth_region')
    const held = row({ state: 'running', failure, resumes: true })
    expect(wordsOf(held, 'en')).toContain('as soon as a key of that region is saved')
    expect(wordsOf(held, 'en')).not.toContain('Try other region')
    expect(wordsOf(held, 'zh')).toContain('保存该地域的密钥后')
  })

  it.each(failureAction.options)('offers a held job one main button: %s', (action) => {
    const held = row({ state: 'downloading', failure: aFailure(action), resumes: true })
    for (const language of ['en', 'zh'] as const) {
      const markup = markupOf(held, language)
      expect(markup.match(/bg-accent-soft/g)).toHaveLength(1)
      expect(rawKeys(markup)).toEqual([])
      expect(wordsOf(held, language)).toContain(language === 'en' ? 'Try again now' : '立即重试')
    }
  })

  it('explains a lost answer, and offers to check, to name the task, and more', () => {
    const words = wordsOf(row({ state: 'uncertain' }), 'en')
    expect(words).toContain('The connection was lost while submitting.')
    expect(words).toContain('Nothing else is sent until you decide.')
    for (const choice of ['Check again', 'It arrived…']) expect(words).toContain(choice)
    const markup = markupOf(row({ state: 'uncertain' }), 'en')
    expect(markup).toContain('aria-label="More decisions"')
    expect(markup.match(/bg-accent-soft/g)).toHaveLength(1)
    const looking = wordsOf(row({ state: 'uncertain', looking: true }), 'en')
    expect(looking).toContain('Reshoot is looking for it')
  })

  it('shows a failure as one sentence and one action, with the provider’s details closed', () => {
    const markup = markupOf(
      row({
        state: 'failed',
        failure: {
          kind: 'moderation',
          text: { key: 'failure.moderation_content', values: {} },
          action: 'change-prompt',
          provider: {
            code: 'DataInspectionFailed',
            message: 'No.',
            requestId: 'r-1',
            httpStatus: 400,
          },
        },
      }),
      'en',
    )
    expect(markup).toContain('The content check rejected')
    expect(markup).toContain('Change prompt')
    expect(markup).toContain('aria-expanded="false"')
    expect(markup).not.toContain('Try again')
  })

  it('offers to cancel only while a job can be cancelled', () => {
    expect(wordsOf(row({ state: 'pending', canCancel: true }), 'en')).toContain('Cancel')
    expect(wordsOf(row({ state: 'running', canCancel: false }), 'en')).toContain(
      'cannot be cancelled',
    )
  })

  it('offers the result of a finished edit', () => {
    expect(wordsOf(row({ state: 'saved', libraryId: 'entry' }), 'en')).toContain('Show in Library')
    expect(wordsOf(row({ state: 'saved', libraryId: null }), 'en')).not.toContain('Show in Library')
  })
})
