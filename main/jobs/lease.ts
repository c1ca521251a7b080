import { readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import type { JobState } from '../../preload/contract'

/** A process that drives jobs. */
export interface Owner {
  id: string
  pid: number
  /** A computer, or a container on it: pids are unique within it. */
  machine: string
}

/** The process that drives a job. Expires unless renewed (`until` in ms since the epoch). */
export interface Lease {
  owner: string
  pid: number
  until: number
}

export interface LeaseQuestion {
  lease: Lease | null
  state: JobState
  me: Owner
  now: number
  isAlive: (pid: number) => boolean
  /** Milliseconds that a lease lasts longer while a create is in flight. */
  submittingGrace: number
}

/**
 * Whether `me` may claim a job: it has no lease, the lease is its own, has expired, or belongs to a process that no
 * longer runs. A create in flight extends the lease, because its answer may still come.
 */
export const mayClaim = (question: LeaseQuestion): boolean => {
  const { lease, state, me, now, isAlive, submittingGrace } = question
  if (!lease || lease.owner === ownerName(me)) return true
  if (isOnThisMachine(lease.owner, me) && !isAlive(lease.pid)) return true
  return now > lease.until + (state === 'submitting' ? submittingGrace : 0)
}

/** The owner as stored in the row, with its machine, because a pid means nothing on another one. */
export const ownerName = (owner: Owner): string => `${owner.machine}#${owner.id}`

const isOnThisMachine = (name: string, me: Owner): boolean => name.startsWith(`${me.machine}#`)

export const thisProcess = (id: string): Owner => ({ id, pid: process.pid, machine: machineName() })

const machineName = (): string => {
  try {
    return `${hostname()}/${readlinkSync('/proc/self/ns/pid')}` // containers may share a host name, rarely a pid namespace
  } catch {
    return hostname() // not Linux
  }
}
