import { describe, expect, it } from 'vitest'
import { createQueues, inTurn } from '../../main/jobs/queues'

describe('the reason why jobs wait', () => {
  const full = { key: 'job.noPlace', values: {} }
  const other = { key: 'job.offline', values: {} }

  it('is told once to those who wait, and at once to those who come later', () => {
    const line = createQueues().waiting('dashscope')
    const heard: string[] = []
    const leave = line.join(({ key }) => heard.push(`one ${key}`))
    expect(heard).toEqual([])
    line.tell(full)
    line.tell(full)
    line.join(({ key }) => heard.push(`two ${key}`))
    leave()
    line.tell(other)
    line.tell(null)
    line.join(({ key }) => heard.push(`three ${key}`))
    line.tell(full)
    expect(heard).toEqual([
      'one job.noPlace',
      'two job.noPlace',
      'two job.offline',
      'two job.noPlace',
      'three job.noPlace',
    ])
  })

  it('is another one for each provider', () => {
    const queues = createQueues()
    const heard: string[] = []
    queues.waiting('evolink').join(({ key }) => heard.push(key))
    queues.waiting('dashscope').tell(full)
    expect(heard).toEqual([])
    queues.waiting('evolink').tell(full)
    expect(heard).toEqual(['job.noPlace'])
  })
})

describe('how much work runs at once', () => {
  it.each([
    ['one preparation', 1, ({ prepare }: ReturnType<typeof createQueues>) => prepare],
    ['two uploads', 2, ({ upload }: ReturnType<typeof createQueues>) => upload('dashscope')],
    ['one create', 1, ({ create }: ReturnType<typeof createQueues>) => create('dashscope')],
    ['three downloads', 3, ({ download }: ReturnType<typeof createQueues>) => download],
  ])('%s', async (_what, most, queueOf) => {
    const queues = createQueues()
    const { signal } = new AbortController()
    const end = Promise.withResolvers<void>()
    let running = 0
    const works = Array.from({ length: 5 }, () =>
      inTurn(queueOf(queues), signal, async () => {
        running++
        await end.promise
      }),
    )
    await Promise.resolve()
    await new Promise(setImmediate)
    expect(running).toBe(most)
    end.resolve()
    await Promise.all(works)
    expect(running).toBe(5)
  })

  it('a wait ends with its signal; work that has begun goes on', async () => {
    const { prepare } = createQueues()
    const stop = new AbortController()
    const end = Promise.withResolvers<string>()
    const begun = inTurn(prepare, stop.signal, () => end.promise)
    let started = false
    const waiting = inTurn(prepare, stop.signal, async () => {
      started = true
    })
    await new Promise(setImmediate)
    stop.abort(new Error('stopped'))
    await expect(waiting).rejects.toThrow('stopped')
    await expect(inTurn(prepare, stop.signal, async () => {})).rejects.toThrow('stopped')
    end.resolve('done')
    expect(await begun).toBe('done')
    expect(started).toBe(false)
  })
})
