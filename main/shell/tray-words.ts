import type { Text } from '../../preload/contract'

/** What the tray says of `active` unfinished jobs, of which `held` need attention: those are not in progress. */
export const trayWords = (
  active: number,
  held: number,
  say: (key: string, values?: Text['values']) => string,
): { toolTip: string; lines: string[] } => {
  const attention = held > 0 ? [say('shell.tray.held', { count: held })] : []
  const count = active - held
  const progress = count > 0 || held === 0 ? [say('shell.tray.jobs', { count })] : []
  const lines = [...progress, ...attention]
  const what = lines.join(' · ')
  return { lines, toolTip: active > 0 ? say('shell.tray.busy', { what }) : say('shell.tray.idle') }
}
