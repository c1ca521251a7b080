import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import path from 'node:path'
import type { ConsoleMessage } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type App, appFolder, launchApp } from '../support/app'

let app: App
beforeAll(async () => {
  app = await launchApp()
})
afterAll(() => app[Symbol.asyncDispose]())

describe('the window', () => {
  test('has no globals of Node or Electron', async () => {
    const known = await app.page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'].filter(
        (name) => name in window,
      ),
    )
    expect(known).toEqual([])
  })

  test('is isolated and sandboxed', async () => {
    const preferences = await app.electron.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      // Missing in the types, but the only way to read a window's actual preferences.
      const contents = window?.webContents as unknown as {
        getLastWebPreferences: () => Record<string, unknown>
      }
      return contents.getLastWebPreferences()
    })
    expect(preferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
    })
    expect(preferences?.['experimentalFeatures'] ?? false).toBe(false)
    expect(preferences?.['enableBlinkFeatures'] ?? '').toBe('')
  })

  test('attaches no webview', async () => {
    const attached = await app.page.evaluate(async () => {
      const view = document.createElement('webview')
      view.setAttribute('src', 'reshoot://app/index.html')
      document.body.append(view)
      const made = 'getWebContentsId' in view
      view.remove()
      return made
    })
    expect(attached).toBe(false)
  })

  test('has no developer tools', async () => {
    const open = await app.electron.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      contents?.openDevTools()
      return contents?.isDevToolsOpened()
    })
    expect(open).toBe(false)
  })

  test('comes from its own origin, with a policy that denies by default', async () => {
    expect(app.page.url()).toMatch(/^reshoot:\/\/app\//)
    const header = await app.electron.evaluate(async ({ net }) => {
      const response = await net.fetch('reshoot://app/index.html')
      return response.headers.get('content-security-policy')
    })
    expect(header).toMatch(/^default-src 'none'; script-src 'self';/)
    expect(header).not.toMatch(/unsafe|https?:/)
  })

  test('cannot run code from strings or inline', async () => {
    const outcome = await app.page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.inlineRan = true'
      document.body.append(script)
      script.remove()
      return 'inlineRan' in window
    })
    expect(outcome).toBe(false)
  })

  test.each([
    'https://example.com/',
    'http://127.0.0.1:9/',
    'file:///etc/hostname',
    'data:text/plain,x',
    'reshoot://app/index.html',
  ])('cannot fetch %s', async (url) => {
    const outcome = await app.page.evaluate(
      (address) =>
        fetch(address).then(
          () => 'fetched',
          () => 'stopped',
        ),
      url,
    )
    expect(outcome).toBe('stopped')
  })

  test.each([
    'https://example.com/',
    'about:blank',
    'reshoot://app/index.html',
    'file:///etc/hostname',
  ])('opens no window for %s', async (url) => {
    expect(await app.page.evaluate((address) => window.open(address) === null, url)).toBe(true)
    const count = await app.electron.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows().length,
    )
    expect(count).toBe(1)
  })

  test.each(['https://example.com/', 'file:///etc/hostname', 'data:text/html,x'])(
    'does not go to %s',
    async (url) => {
      // Chromium refuses some addresses itself, with a console message. The app's guard refuses the others.
      const refused: string[] = []
      const onMessage = (message: ConsoleMessage) => refused.push(message.text())
      app.page.on('console', onMessage)
      onTestFinished(() => void app.page.off('console', onMessage))
      const guarded = () =>
        app.electron.evaluate(() => (globalThis as { guarded?: string }).guarded ?? '')
      await app.electron.evaluate(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        contents?.once('will-frame-navigate', (event) => {
          const { defaultPrevented, url } = event
          Object.assign(globalThis, { guarded: `${url} ${defaultPrevented}` })
        })
      })
      await app.page.evaluate((address) => {
        location.href = address
      }, url)
      await expect
        .poll(async () => [...refused, await guarded()].join())
        .toMatch(/Not allowed to|https:\/\/example\.com\/ true/)
      expect(app.page.url()).toMatch(/^reshoot:\/\/app\//)
      expect(await app.page.evaluate(() => 'reshoot' in window)).toBe(true)
    },
  )

  test.each(['about:blank', 'about:srcdoc'])(
    'comes back from %s, which cannot be refused',
    async (place) => {
      await app.page.evaluate((address) => {
        Object.assign(window, { isBefore: true })
        location.href = address
      }, place)
      await app.page.waitForFunction(
        () => 'reshoot' in window && document.body.innerText !== '' && !('isBefore' in window),
      )
      expect(app.page.url()).toMatch(/^reshoot:\/\/app\//)
    },
  )

  test('sends nothing by WebRTC, neither by UDP nor by TCP', async () => {
    const heard: string[] = []
    const udp = createSocket('udp4', () => heard.push('UDP'))
    await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve))
    const tcp = createServer(() => heard.push('TCP')).listen(udp.address().port, '127.0.0.1')
    onTestFinished(() => {
      udp.close()
      tcp.close()
    })
    const gathered = await app.page.evaluate(async (port) => {
      const connection = new RTCPeerConnection({
        iceServers: [
          { urls: `stun:127.0.0.1:${port}` },
          { urls: `turn:127.0.0.1:${port}?transport=udp`, username: 'a', credential: 'b' },
          { urls: `turn:127.0.0.1:${port}?transport=tcp`, username: 'a', credential: 'b' },
        ],
      })
      connection.createDataChannel('x')
      await connection.setLocalDescription(await connection.createOffer())
      await new Promise<void>((resolve) => {
        const look = () => {
          if (connection.iceGatheringState === 'complete') resolve()
        }
        connection.addEventListener('icegatheringstatechange', look)
        look()
      })
      return connection.localDescription?.sdp ?? ''
    }, udp.address().port)
    expect(gathered).not.toMatch(/typ (srflx|relay)/)
    expect(heard).toEqual([])
  })

  test('gets no permission', async () => {
    const answers = await app.page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone'] as PermissionName[]
      const states = await Promise.all(names.map((name) => navigator.permissions.query({ name })))
      const camera = await navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'granted',
        () => 'denied',
      )
      return [...states.map(({ state }) => state), camera]
    })
    expect(new Set(answers)).toEqual(new Set(['denied']))
  })

  test('reads nothing outside its folder', async () => {
    const statuses = await app.electron.evaluate(async ({ net }) => {
      const addresses = [
        'reshoot://app/%2e%2e/main/index.js',
        'reshoot://app/..%2fmain/index.js',
        'reshoot://app/..%2f..%2fpackage.json',
        'reshoot://other/index.html',
        'reshoot-media://clip/..%2F..%2Fetc%2Fpasswd',
        'reshoot-media://clip/nothing',
        'reshoot-media://nothing/x',
      ]
      const asked = addresses.map(async (address) => {
        const response = await net.fetch(address)
        return response.status
      })
      return Promise.all(asked)
    })
    expect(new Set(statuses)).toEqual(new Set([404]))
  })
})

describe('the channels', () => {
  test('answer wrong arguments with an error without internals', async () => {
    const answers = await app.page.evaluate(async () => {
      const {
        media,
        drafts,
        operations,
        app: shell,
      } = window.reshoot as unknown as Record<
        string,
        Record<string, (input?: unknown) => Promise<unknown>>
      >
      return Promise.all([
        media?.['add']?.({ paths: [] }),
        media?.['add']?.({ paths: [7] }),
        media?.['filmstrip']?.(),
        drafts?.['save']?.('nonsense'),
        operations?.['cancel']?.({ operationId: 'x'.repeat(100) }),
        shell?.['openLink']?.({ url: 'not a link' }),
      ])
    })
    for (const answer of answers)
      expect(answer).toMatchObject({ ok: false, error: { code: 'invalid-argument' } })
    expect(JSON.stringify(answers)).not.toMatch(/\bat .*\.js|node_modules/)
  })

  test('open only allowed pages', async () => {
    const answer = await app.page.evaluate(() =>
      window.reshoot.app.openLink({ url: 'https://example.com/' }),
    )
    expect(answer).toMatchObject({
      ok: false,
      error: { text: { key: 'shell.error.linkRefused' } },
    })
  })

  test('refuse other windows and log the refusal', async () => {
    const preload = path.join(appFolder(), 'out/preload/index.cjs')
    const answer = await app.electron.evaluate(async ({ BrowserWindow }, script) => {
      const stranger = new BrowserWindow({
        show: false,
        webPreferences: { preload: script, sandbox: true },
      })
      await stranger.loadURL('reshoot://app/index.html')
      const heard: unknown = await stranger.webContents.executeJavaScript(
        'window.reshoot.settings.get()',
      )
      stranger.destroy()
      return heard
    }, preload)
    expect(answer).toMatchObject({ ok: false, error: { code: 'refused' } })
    await expect.poll(app.log).toContain('A call was refused')
  })

  test('expose functions only, no raw IPC', async () => {
    const shape = await app.page.evaluate(() => Object.keys(window.reshoot).sort())
    expect(shape).toEqual([
      'addFiles',
      'app',
      'bucket',
      'drafts',
      'jobs',
      'library',
      'media',
      'on',
      'operations',
      'platform',
      'prompts',
      'providers',
      'settings',
      'updates',
    ])
    const refused = await app.page.evaluate(() => {
      try {
        window.reshoot.on('ELECTRON_EVENT' as 'notice', () => {})
        return false
      } catch {
        return true
      }
    })
    expect(refused).toBe(true)
  })
})
