import { existsSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import { fileSpecOf, noFix } from '../../main/edits/submission'
import type { Services } from '../../main/services/services'
import { editOptions, type Selection } from '../../preload/contract'
import { type App, appFolder, launchApp } from './app'
import { accepted, addAndCheck, draftOf, submit } from './app-verbs'
import { type CliProcess, killAtStep, startCli } from './cli-process'
import type { Random } from './random'
import { editScreen } from './screens'
import { type SoakProvider, type SoakServices, soakProviders } from './soak-services'
import type { RequestStep, SoakStep } from './soak-steps'

const script = path.join(appFolder(), 'out/main/cli.js')

/** Milliseconds for a job to reach a step: most services are asked ten seconds after the create. */
const patience = 30_000

interface SoakHome {
  /** The home's folder. */
  home: string
  clips: readonly string[]
  still: string
  services: SoakServices
  random: Random
  /** Opens the home in this process. */
  open: () => Promise<Services>
}

/** Where a process is killed: at a step, or at a random moment. */
export type When = SoakStep | 'any moment'

/** Ways to kill the window and the command line while they drive jobs. All give whether the kill happened. */
export const createSoakKills = ({ home, clips, still, services, random, open }: SoakHome) => {
  const env = { ...services.env, RESHOOT_HOME: home }
  const submitted: { provider: SoakProvider; prompt: string }[] = []
  /** The prompt that was typed last for each clip, by the clip's id. */
  const typed = new Map<string, string>()
  const draftsLost: string[] = []

  const nextRequest = () => {
    const number = submitted.length
    const provider = random.pick(soakProviders)
    // No two selections are alike, because a prepared clip is used again.
    const selection: Selection | null =
      number % 8 === 7 ? null : { start: 0.2 + number / 1000, end: 3.5 }
    const request = { provider, prompt: `take ${number} at ${provider}`, selection }
    submitted.push(request)
    return request
  }

  /** Ages the tasks by a minute, so that the next process asks about them at once. */
  const hurry = (): void => {
    const file = path.join(home, 'reshoot.db')
    if (!existsSync(file)) return
    using database = new DatabaseSync(file, { timeout: 10_000 })
    database.exec(
      `UPDATE jobs SET json = json_set(json, '$.submittedAt', json_extract(json, '$.submittedAt') - 60000)
       WHERE state = 'pending'`,
    )
  }

  const submitHere = async (): Promise<SoakProvider> => {
    const { provider, prompt, selection } = nextRequest()
    const opened = await open()
    const file = { mediaId: null, fix: noFix }
    const clip = { ...file, role: 'clip', path: clips[0] ?? '', name: 'beach.mp4' } as const
    const image = { ...file, role: 'reference-image', path: still, name: 'still.png' } as const
    opened.jobs.submit({
      mode: 'edit',
      provider,
      prompt,
      negativePrompt: '',
      files: [fileSpecOf({ ...clip, selection }), fileSpecOf({ ...image, selection: null })],
      options: editOptions.parse({ seed: submitted.length }),
      estimate: null,
    })
    await opened.close()
    return provider
  }

  /** Kills a process once a request has met the step's fault. */
  const killAtRequest = async (
    step: RequestStep,
    provider: SoakProvider,
    kill: () => unknown,
    over: Promise<unknown>,
  ): Promise<boolean> => {
    const struck = services.hold(provider, step).then(() => true)
    const isStruck = await Promise.race([struck, over.then(() => false), wait(patience, false)])
    kill()
    await over
    return isStruck
  }

  const resume = (given: Record<string, string>): Promise<CliProcess> =>
    startCli(['resume'], { env: { ...env, ...given }, script, before: killAtStep })

  const killCommandAt = async (step: SoakStep): Promise<boolean> => {
    const provider = await submitHere()
    const given = { ...services.mishap(0.2), KILL_AT: step.name }
    const { child, ended } = await resume(given)
    const kill = () => child.kill('SIGKILL')
    if (step.where === 'request') return await killAtRequest(step, provider, kill, ended)
    const itself = ended.then(() => child.signalCode === 'SIGKILL')
    const isKilled = await Promise.race([itself, wait(patience, false)])
    kill()
    await ended
    return isKilled
  }

  const killCommandSomewhere = async (): Promise<boolean> => {
    if (random.chance(0.3)) await submitHere()
    const given = services.mishap(0.6)
    const commands = [await resume(given)]
    if (random.chance(0.15)) commands.push(await resume(given))
    const killed = await Promise.all(
      commands.map(async ({ child, ended }) => {
        await Promise.race([ended, wait(random.whole(300, 2_800))])
        return child.kill('SIGKILL')
      }),
    )
    await Promise.all(commands.map(({ ended }) => ended))
    return killed.includes(true)
  }

  const killWindowAt = async (step: SoakStep, app: App, clipId: string): Promise<boolean> => {
    const { electron } = app
    await electron.evaluate((_, name) => Object.assign(globalThis, { killAt: name }), step.name)
    const provider = await submitThere(app, clipId)
    if (step.where === 'request')
      return await killAtRequest(step, provider, () => void app.kill(), app.exit)
    return await Promise.race([app.exit.then(() => true), wait(patience, false)])
  }

  const submitThere = async (app: App, clipId: string): Promise<SoakProvider> => {
    const request = nextRequest()
    await submit(app, clipId, request).catch(() => {}) // it may be killed before it answers
    return request.provider
  }

  /** The kills are a crash loop: a person presses the button that goes on. */
  const goOn = async ({ page }: App): Promise<void> => {
    if (accepted(await page.evaluate(() => window.reshoot.jobs.isPaused())))
      await page.getByTestId('paused').getByRole('button', { name: 'Resume jobs' }).click()
  }

  /** Looks for the drafts of earlier windows, and types into one of them until it is kept. Gives the clip's id. */
  const typeDraft = async (app: App): Promise<string> => {
    const items = await addAndCheck(app, [...clips])
    for (const [id, text] of typed)
      if ((await draftOf(app, id)).prompt !== text) draftsLost.push(text)
    const item = items[random.whole(0, items.length - 1)]
    if (!item) throw new Error('The window has no clip')
    const text = `让天空下雪, draft ${random.whole(0, 1e9)}`
    const edit = editScreen(app)
    await edit.row(item.name).click()
    await edit.prompt.fill(text)
    await expect.poll(async () => (await draftOf(app, item.id)).prompt).toBe(text)
    typed.set(item.id, text)
    return item.id
  }

  return {
    /** Everything that was submitted, by the window or here. */
    submitted: (): readonly { provider: SoakProvider; prompt: string }[] => submitted,
    /** Drafts that were missing or older when a window opened, or are so in these services. */
    draftsLost: ({ drafts }: Services): string[] => [
      ...draftsLost,
      ...[...typed].flatMap(([id, text]) => (drafts.ofClip(id).prompt === text ? [] : text)),
    ],
    command: async (when: When): Promise<boolean> => {
      hurry()
      return when === 'any moment' ? await killCommandSomewhere() : await killCommandAt(when)
    },
    /** A draft is typed first. */
    window: async (when: When): Promise<boolean> => {
      hurry()
      const given = { ...services.env, ...services.mishap(when === 'any moment' ? 0.6 : 0.2) }
      await using app = await launchApp({ home, env: given, before: killAtStep })
      await goOn(app)
      const clipId = await typeDraft(app)
      if (when !== 'any moment') return await killWindowAt(when, app, clipId)
      if (random.chance(0.5)) await submitThere(app, clipId)
      await wait(random.whole(0, 2_500))
      return true
    },
  }
}
