import type { Channels, EventName } from './channels'

/**
 * The names of all channels. The preload uses this list to stay free of schemas: main parses the arguments.
 * A type test compares it with `channels` (test/preload/contract.test.ts).
 */
export const channelNames = {
  app: [
    'copy',
    'openLink',
    'openLogs',
    'report',
    'saveReport',
    'fault',
    'welcomed',
    'notices',
    'openEngineNotices',
  ],
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
    'reveal',
  ],
  operations: ['cancel'],
  drafts: ['list', 'ofClip', 'save', 'check', 'checkMany'],
  prompts: ['list', 'star'],
  providers: ['list', 'test', 'balance', 'tryRegion', 'setKey', 'clearKey'],
  bucket: ['get', 'set', 'clear', 'test'],
  jobs: ['list', 'submit', 'cancel', 'retry', 'resolve', 'seen', 'remove', 'isPaused', 'goOn'],
  library: [
    'list',
    'totals',
    'reveal',
    'saveAs',
    'saveFrame',
    'addAsClip',
    'drag',
    'trash',
    'editAgain',
  ],
  settings: ['get', 'tools', 'set', 'chooseLibraryFolder', 'chooseTool'],
  updates: ['state', 'look', 'download', 'install'],
} as const satisfies { [G in keyof Channels]: readonly (keyof Channels[G])[] }

export const eventNames = [
  'mediaChanged',
  'mediaRemoved',
  'operation',
  'jobChanged',
  'jobsRemoved',
  'libraryChanged',
  'settingsChanged',
  'updatesChanged',
  'show',
  'report',
  'notice',
] as const satisfies readonly EventName[]
