import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { type Notice, notice } from '../../preload/contract'

const bundles = ['main', 'preload', 'renderer']

/**
 * The licences of everything that is shipped, by name. The build writes them beside each bundle
 * (scripts/build/notices.mjs). Rejects when a file is missing.
 *
 * @param out The folder of the bundles.
 */
export const readNotices = async (out: string): Promise<Notice[]> => {
  const lists = await Promise.all(
    bundles.map(async (bundle) => {
      const text = await readFile(path.join(out, bundle, 'notices.json'), 'utf8')
      return z.array(notice).max(2_000).parse(JSON.parse(text))
    }),
  )
  const all = new Map(lists.flat().map((one) => [`${one.name}@${one.version}`, one]))
  return [...all.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'))
}
