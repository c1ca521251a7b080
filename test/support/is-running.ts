import { readFileSync } from 'node:fs'

/** Whether a process runs. A zombie, which still waits for its parent, does not. */
export const isRunning = (pid: number | undefined): boolean => {
  try {
    if (pid === undefined) return false
    process.kill(pid, 0)
    return (
      process.platform !== 'linux' || !/\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    )
  } catch {
    return false
  }
}
