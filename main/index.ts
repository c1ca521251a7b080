// Import first: sets the thread-pool size before any file I/O.
import './start/thread-pool'

import { accessSync, constants } from 'node:fs'
import { app, protocol } from 'electron'
import { makeHome, resolveHome } from './home'
import { createFileLog } from './log'
import { openApp } from './shell/app'
import { runCommandLine } from './shell/command-line'
import { failToStart } from './shell/faults'
import { readLaunch } from './shell/launch'
import { schemes } from './shell/schemes'
import { setupSandbox } from './shell/security'
import { keepCompiled } from './start/compile-cache'

// Electron's own reading of the archive uses what Node calls deprecated: nothing that a person could act on.
if (app.isPackaged) process.noDeprecation = true

const launch = readLaunch(process.argv, {
  appPath: app.getAppPath(),
  packaged: app.isPackaged,
  cwd: process.cwd(),
})
const home = resolveHome({ home: launch.home, env: process.env })
const fail = failToStart(home)

/** Opens the window, or passes the files on to the instance that already uses this home. */
const openWindow = async (): Promise<void> => {
  makeHome(home)
  // The lock is a file in the home: without write access every start would look like a second instance.
  accessSync(home.folder, constants.W_OK)
  if (app.requestSingleInstanceLock({ files: launch.files }))
    await openApp(launch, home, createFileLog(home.logs, 'main'))
  else app.exit(0)
}

keepCompiled(home)
setupSandbox()
protocol.registerSchemesAsPrivileged(schemes)
// Before the instance lock, which belongs to a home: another home is another instance.
app.setPath('userData', home.folder)
app.setPath('sessionData', home.session)

if (launch.command) runCommandLine(launch.command, home.logs).catch(fail)
else openWindow().catch(fail)
