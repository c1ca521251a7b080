// First: it must come before anything asks a disk.
import './start/thread-pool'

import { accessSync, constants } from 'node:fs'
import { app } from 'electron'
import { makeHome, resolveHome } from './home'
import { createFileLog } from './log'
import { openApp } from './shell/app'
import { runCommandLine } from './shell/command-line'
import { fail } from './shell/fail'
import { readLaunch } from './shell/launch'
import { setupSchemes } from './shell/schemes'
import { setupSandbox } from './shell/security'
import { keepCompiled } from './start/compile-cache'

const launch = readLaunch(process.argv, {
  appPath: app.getAppPath(),
  packaged: app.isPackaged,
  cwd: process.cwd(),
})
const home = resolveHome({ home: launch.home, env: process.env })

keepCompiled(home)
setupSandbox()
setupSchemes()
// Before the lock: a lock belongs to a home, so another home is another instance.
app.setPath('userData', home.folder)
app.setPath('sessionData', home.session)

if (launch.command) runCommandLine(launch.command, home.logs).catch(fail(home))
else start()

function start(): void {
  try {
    makeHome(home)
    // The lock is a file of the home: one that cannot be written to would be taken for one in use.
    accessSync(home.folder, constants.W_OK)
    if (!app.requestSingleInstanceLock({ files: launch.files })) app.exit(0)
    else openApp(launch, home, createFileLog(home.logs, 'main')).catch(fail(home))
  } catch (error) {
    void fail(home)(error)
  }
}
