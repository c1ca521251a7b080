import type { Channels, EventName } from './channels'

/**
 * The channels by name alone, so that the preload carries no schema: main is where arguments are parsed.
 * A type test holds this list to `channels` (test/preload/contract).
 */
export const channelNames = {
  app: ['copy', 'openLink', 'openLogs', 'quit'],
  media: [
    'list',
    'add',
    'addBytes',
    'open',
    'addSample',
    'remove',
    'check',
    'filmstrip',
    'waveform',
    'scenes',
    'playUrl',
    'scrubUrl',
    'prepare',
    'forecast',
    'reveal',
  ],
  operations: ['cancel'],
  drafts: ['list', 'get', 'save', 'check', 'checkMany'],
  providers: ['list', 'test', 'balance', 'tryRegion', 'setKey', 'clearKey'],
  bucket: ['get', 'set', 'clear', 'test'],
  jobs: ['list', 'submit', 'cancel', 'retry', 'resolve', 'seen', 'remove'],
  library: ['list', 'totals', 'get', 'reveal', 'saveAs', 'drag', 'trash', 'editAgain'],
  settings: ['get', 'tools', 'set', 'chooseLibraryFolder', 'chooseTool'],
} as const satisfies { [G in keyof Channels]: readonly (keyof Channels[G])[] }

export const eventNames = [
  'mediaChanged',
  'mediaRemoved',
  'operation',
  'jobChanged',
  'jobsRemoved',
  'libraryChanged',
  'settingsChanged',
  'show',
  'notice',
] as const satisfies readonly EventName[]
