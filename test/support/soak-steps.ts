import type { ContractFault } from './providers-under-contract'

/** A step at which the process ends by itself: `kill-at.mjs`. */
interface InsideStep {
  where: 'inside'
  name: string
}

/** A step at which the process is killed, while a request of it waits for its answer. */
export interface RequestStep {
  where: 'request'
  name: string
  operation: 'upload' | 'create' | 'query' | 'download'
  fault: ContractFault
}

/** A step of a job's life at which a process is killed. */
export type SoakStep = InsideStep | RequestStep

const inside = (name: string): SoakStep => ({ where: 'inside', name })

const around = (what: string): SoakStep[] => [inside(`before ${what}`), inside(`after ${what}`)]

const recorded = (what: string): SoakStep[] => around(`${what} is recorded`)

const named = (file: string): SoakStep[] => around(`${file} has its name`)

const request = (
  name: string,
  operation: RequestStep['operation'],
  fault: ContractFault = { kind: 'stall' },
): RequestStep => ({ where: 'request', name, operation, fault })

/** The steps in the order of a job's life. */
export const soakSteps: readonly SoakStep[] = [
  ...recorded('preparing'),
  inside('while ffmpeg prepares'),
  ...named('the prepared clip'),
  ...named('its facts'),
  ...named('the sent clip'),
  ...named("the job's still"),
  ...recorded('uploading'),
  request('while an upload waits for its answer', 'upload'),
  ...recorded('an upload'),
  ...recorded('submitting'),
  request('before the create reaches the service', 'create'),
  request('after the create made its task', 'create', { kind: 'stall', effect: true }),
  ...recorded('pending'),
  request('while a query waits for its answer', 'query'),
  ...recorded('running'),
  ...recorded('downloading'),
  request('before the download begins', 'download'),
  request('amid the download', 'download', { kind: 'stall-body' }),
  inside('while the result is checked'),
  ...named('the sidecar'),
  ...named('the result'),
  ...named("the result's still"),
  ...recorded('the library'),
  ...recorded('saved'),
]
