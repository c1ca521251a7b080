import { readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import type { JobState } from '../../preload/contract'

/** A process that drives jobs. */
export interface Owner {
  id: string
  pid: number
  /** Where a pid means the same process: a computer, or a container on it. */
  machine: string
}

/** Who drives a job, and until when it may be believed without hearing from it (ms since the epoch). */
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
  /** Milliseconds that a create of a silent but living process is left alone. */
  submittingGrace: number
}

/**
 * Whether a job may be driven by `me`: it is free, mine, or its driver is gone.
 *
 * A process that lives but was not heard of (the computer slept) loses its lease. Only a create in
 * flight is left to it for longer, because its answer may still come.
 */
export const mayTake = (question: LeaseQuestion): boolean => {
  const { lease, state, me, now, isAlive, submittingGrace } = question
  if (!lease || lease.owner === ownerName(me)) return true
  if (isOnThisMachine(lease.owner, me) && !isAlive(lease.pid)) return true
  return now > lease.until + (state === 'submitting' ? submittingGrace : 0)
}

/** What is written into the row: the machine is part of it, because a pid means nothing elsewhere. */
export const ownerName = (owner: Owner): string => `${owner.machine}#${owner.id}`

const isOnThisMachine = (name: string, me: Owner): boolean => name.startsWith(`${me.machine}#`)

/** This process as an owner. */
export const thisProcess = (id: string): Owner => ({ id, pid: process.pid, machine: machineName() })

const machineName = (): string => {
  try {
    return `${hostname()}/${readlinkSync('/proc/self/ns/pid')}` // containers share a host name more often than a pid namespace
  } catch {
    return hostname() // not Linux
  }
}
