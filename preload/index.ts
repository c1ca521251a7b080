import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { ReshootApi, Verbs } from './contract/api'
import { channelNames, eventNames } from './contract/channel-names'
import type { EventName } from './contract/channels'

const verbs = Object.fromEntries(
  Object.entries(channelNames).map(([group, names]) => [
    group,
    Object.fromEntries(
      names.map((name) => [
        name,
        (input?: unknown) => ipcRenderer.invoke(`${group}.${name}`, input),
      ]),
    ),
  ]),
) as unknown as Verbs

/** Pasted images have no path: they go by their bytes. */
const addPathless = (files: readonly File[]) =>
  Promise.all(
    files.map(async (file) =>
      verbs.media.addBytes({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }),
    ),
  )

const addFiles: ReshootApi['addFiles'] = async (files) => {
  const withPaths = files.map((file) => ({ file, path: webUtils.getPathForFile(file) }))
  const paths = withPaths.filter(({ path }) => path !== '').map(({ path }) => path)
  const pathless = withPaths.filter(({ path }) => path === '').map(({ file }) => file)
  const answers = [
    ...(paths.length > 0 ? [await verbs.media.add({ paths })] : []),
    ...(await addPathless(pathless)),
  ]
  const refused = answers.find((answer) => !answer.ok)
  if (refused) return refused
  return { ok: true, value: answers.flatMap((answer) => (answer.ok ? answer.value : [])) }
}

const on: ReshootApi['on'] = (event, listener) => {
  if (!eventNames.includes(event as EventName)) throw new Error(`Unknown event ${event}`)
  const forward = (_: unknown, value: Parameters<typeof listener>[0]) => listener(value)
  ipcRenderer.on(event, forward)
  return () => ipcRenderer.off(event, forward)
}

const api: ReshootApi = { ...verbs, on, addFiles, platform: process.platform }

contextBridge.exposeInMainWorld('reshoot', api)
