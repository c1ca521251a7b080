import { codeOf } from '../files/errno'
import { type Home, makeHome, resolveHome } from '../home'
import { createFileLog } from '../log'
import type { Services } from '../services/services'
import { plainSecretBox } from '../settings/plain-secret-box'
import type { CliContext } from './context'
import type { Output } from './output'
import { commandName } from './words/command-name'
import { CliRefusal, type Speak, speaker } from './words/words'

export interface CliServices {
  services: Services
  speak: Speak
}

/** Runs a command with the same services that the window has, and closes them whatever happens. */
export const withServices = async (
  home: string | undefined,
  context: CliContext,
  output: Output,
  command: (opened: CliServices) => Promise<number>,
): Promise<number> => {
  const { openServices } = await import('../services/services')
  const place = resolveHome({ home, env: context.env })
  makeHomeOrRefuse(place)
  const services = await openServices({
    home: place,
    env: context.env,
    secretBox: context.secretBox ?? plainSecretBox,
    log: createFileLog(place.logs, 'cli'),
  })
  const speak = speaker(services.settings.language(), commandName(context.env, context.cwd))
  const forget = services.onNotice(({ text }) => output.notice(speak(text.key, text.values)))
  try {
    return await command({ services, speak })
  } finally {
    forget()
    await services.close()
  }
}

const makeHomeOrRefuse = (home: Home): void => {
  try {
    makeHome(home)
  } catch (error) {
    const reason = codeOf(error) ?? String(error)
    throw new CliRefusal({ key: 'cli.bad_home', values: { folder: home.folder, reason } })
  }
}
