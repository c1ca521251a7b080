import { readFileSync } from 'node:fs'

/** Whether a process runs. One that has ended may stay listed (as a zombie) until somebody asks for its exit code. */
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
