import { existsSync } from 'node:fs'
import type { Facts, MediaItem, Report } from '../../preload/contract'
import type { Stamp } from '../files/disk'
import { type Home, mediaPoster } from '../home'
import type { Log } from '../log'
import type { MediaTools } from '../media/media-tools'
import { checkFile } from '../preflight'
import { type MediaChecks, tooLate } from './checks'
import { folderForPeople } from './file-names'
import { mediaUrl } from './media-url'
import { isCurrent, type MediaRow, type MediaShelf } from './shelf'

/** Checks the files of the catalog and gives their current state. */
export interface MediaInspection {
  itemOf: (row: MediaRow) => MediaItem
  /** Inspects a file unless its facts are current; with `again` in any case. Never rejects. */
  check: (id: string, again: boolean) => Promise<void>
  isGone: (id: string) => boolean
  posterOf: (id: string) => string | null
  close: () => void
}

export interface MediaInspectionOptions {
  shelf: MediaShelf
  checks: MediaChecks
  media: Pick<MediaTools, 'playable' | 'stamp'>
  home: Pick<Home, 'posters'>
  onChange: (id: string) => void
  log: Log
}

const missing: Facts = { kind: 'other', format: null, bytes: null, unreadable: 'missing' }

export const createMediaInspection = (options: MediaInspectionOptions): MediaInspection => {
  const { shelf, checks, media, onChange, log } = options
  const running = new Map<string, Promise<void>>()
  /** Checks whether a file has changed, by id. */
  const comparing = new Map<string, Promise<void>>()
  const gone = new Set<string>()
  const posters = new Map<string, { file: string; modifiedAt: number | null }>()
  /** By row: every change makes a new object. */
  const reports = new WeakMap<MediaRow, Report>()
  let closed = false

  const reportOf = (row: MediaRow, facts: Facts): Report => {
    // The row of a missing file keeps its old facts.
    if (facts !== row.facts) return checkFile(facts, row.name)
    const known = reports.get(row) ?? checkFile(facts, row.name)
    reports.set(row, known)
    return known
  }

  const itemOf = (row: MediaRow): MediaItem => {
    const facts = gone.has(row.id) ? missing : running.has(row.id) ? null : row.facts
    return {
      id: row.id,
      name: row.name,
      folder: folderForPeople(row.path),
      bytes: row.bytes,
      addedAt: row.addedAt,
      state: gone.has(row.id) ? 'missing' : facts ? 'checked' : 'checking',
      report: facts && reportOf(row, facts),
      facts,
      posterUrl: posters.has(row.id) ? mediaUrl('poster', row.id, row.modifiedAt ?? 0) : null,
      playable: facts && media.playable(facts),
    }
  }

  const measure = async (
    row: MediaRow,
    seen: Stamp | null | 'late',
    again: boolean,
  ): Promise<void> => {
    if (seen === null) {
      gone.add(row.id)
      return
    }
    gone.delete(row.id)
    const measuredWith = media.stamp()
    const facts = seen === 'late' ? tooLate : await checks.inspect(row.path, { again })
    if (closed) return
    if (facts.kind === 'other' && facts.unreadable === 'missing') gone.add(row.id)
    const { bytes, modifiedAt } = seen === 'late' ? { bytes: null, modifiedAt: null } : seen
    shelf.update(row.id, { bytes, modifiedAt, facts, measuredWith })
  }

  const posterOf = ({ id, modifiedAt }: MediaRow): string =>
    mediaPoster(options.home, id, modifiedAt ?? 0)

  /** A clip without a still may have frames that cannot be decoded, which a usual check does not try. */
  const tellWhy = async ({ id, path, facts, modifiedAt }: MediaRow): Promise<void> => {
    if (facts?.kind !== 'video' || facts.framesDecode !== undefined) return
    const found = await checks.inspect(path, { decode: true })
    const isSame = shelf.get(id)?.modifiedAt === modifiedAt
    if (found.kind === 'video' && isSame && !closed) shelf.update(id, { facts: found })
  }

  const makePoster = async (id: string): Promise<void> => {
    const row = shelf.get(id)
    if (!row?.facts || gone.has(id) || posters.get(id)?.modifiedAt === row.modifiedAt) return
    const file = posterOf(row)
    const made = existsSync(file) || (await checks.poster(row.path, row.facts, file))
    if (closed) return
    if (!made) await tellWhy(row)
    if (closed) return
    if (made) posters.set(id, { file, modifiedAt: row.modifiedAt })
    else posters.delete(id)
    onChange(id)
  }

  const startPoster = (id: string): void => {
    makePoster(id).catch((error: unknown) => log.warn('A still could not be stored', { error }))
  }

  const start = (row: MediaRow, again: boolean, seen = checks.stamp(row.path)): Promise<void> => {
    const work = seen
      .then(async (stamp) => await measure(row, stamp, again))
      .catch((error: unknown) => log.error('A check failed unexpectedly', { error }))
      .finally(() => {
        running.delete(row.id)
        if (closed) return
        onChange(row.id)
        startPoster(row.id)
      })
    running.set(row.id, work)
    onChange(row.id)
    return work
  }

  /** Inspects a file again if it has changed. Its old facts are shown meanwhile. */
  const inspectIfChanged = async (row: MediaRow): Promise<void> => {
    const { id } = row
    const file = posterOf(row)
    if (existsSync(file)) posters.set(id, { file, modifiedAt: row.modifiedAt })
    const seen = await checks.stamp(row.path)
    if (closed) return
    if (seen === null || seen === 'late' || !isCurrent(row, seen, media.stamp())) {
      await start(row, false, Promise.resolve(seen))
      return
    }
    if (gone.delete(id)) onChange(id)
    startPoster(id)
  }

  return {
    itemOf,
    check: (id, again) => {
      const row = shelf.get(id)
      const already = running.get(id) ?? comparing.get(id)
      if (!row || already) return already ?? Promise.resolve()
      if (again || row.facts === null) return start(row, again)
      const work = inspectIfChanged(row).finally(() => comparing.delete(id))
      comparing.set(id, work)
      return work
    },
    isGone: (id) => gone.has(id),
    posterOf: (id) => posters.get(id)?.file ?? null,
    close: () => {
      closed = true
    },
  }
}
