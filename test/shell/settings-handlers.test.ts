import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { resolveHome } from '../../main/home'
import { openServices } from '../../main/services/services'
import { plainSecretBox } from '../../main/settings/plain-secret-box'
import type { HandlerContext } from '../../main/shell/handlers/context'
import { settingsHandlers } from '../../main/shell/handlers/settings'
import type { Call } from '../../main/shell/ipc'
import { temporaryFolder } from '../support/temporary-folder'

test('a library folder that cannot be made does not keep Settings from choosing another', async () => {
  const home = resolveHome({ env: {}, home: temporaryFolder() })
  const services = await openServices({ home, env: {}, secretBox: plainSecretBox })
  onTestFinished(() => services.close())
  // A file is in the way, as on a disk that is not mounted.
  const lost = path.join(import.meta.filename, 'Reshoot')
  services.settings.set({ libraryFolder: lost })
  const other = temporaryFolder()
  const shown: string[] = []
  const context = {
    services,
    home,
    app: { getVersion: () => '1.0.0' },
    dialogs: {
      chooseFolder: async (current: string) => {
        shown.push(current)
        return other
      },
    },
  } as unknown as HandlerContext
  const settings = settingsHandlers(context)
  const call = { sender: null } as unknown as Call
  expect(await settings.get(undefined, call)).toMatchObject({ libraryFolder: lost })
  const view = await settings.set({ theme: 'dark' }, call)
  expect(view).toMatchObject({ libraryFolder: lost, settings: { theme: 'dark' } })
  expect(await settings.chooseLibraryFolder(undefined, call)).toMatchObject({
    libraryFolder: other,
  })
  expect(shown).toEqual([lost])
})
