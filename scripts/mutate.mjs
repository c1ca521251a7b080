import { existsSync } from 'node:fs'
import { scoreOf } from './mutation/score.mjs'
import { ensureStryker, mutate } from './mutation/stryker.mjs'
import { at } from './setup/project.mjs'
import { prepare } from './setup/ready.mjs'
import { command, SetupError, say } from './setup/say.mjs'

/** Rooms whose decisions are pure or have their effects as parameters. */
const pureRooms = ['main/preflight', 'main/jobs', 'main/providers', 'main/library']
/** The lowest score that passes. Percent. */
const lowest = 85
const SECONDS_PER_ROOM = 2 * 3600

/**
 * `npm run mutate [-- room or file...]`: changes the sources one small piece at a time and reports how
 * many changes the unit tests of the room detect. Lists the rest, and fails below 85 %.
 */
const main = async () => {
  const given = process.argv.slice(2)
  const rooms = given.length > 0 ? given : pureRooms
  const missing = rooms.find((room) => !existsSync(at(room)))
  if (missing) throw new SetupError(`There is no ${missing}.`)
  const executable = await prepare({ virtualDisplay: false })
  await ensureStryker()
  let failed = false
  for (const room of rooms) {
    say(`Mutating ${room}… (minutes to an hour)`)
    const { detected, total, percent, undetected } = scoreOf(
      await mutate(executable, room, SECONDS_PER_ROOM),
    )
    for (const line of undetected) console.log(line)
    console.log(`${room}: ${percent.toFixed(1)} %, ${detected} of ${total} mutants detected`)
    failed ||= percent < lowest
  }
  return failed ? 1 : 0
}

await command(main)
