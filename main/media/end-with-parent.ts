import { spawn } from 'node:child_process'

const script = 'read _; kill -9 "$0" 2>/dev/null'

/**
 * Ends a child process when this process dies, however it dies. Gives the way to call it off.
 *
 * ffmpeg ignores broken pipes, so that a killed parent would leave it running. A tiny shell waits on a pipe
 * that only this process holds: when the pipe closes, it kills the child. On Windows children share
 * a job object with their parent and need nothing.
 */
export const endWithParent = (child: number | undefined): (() => void) => {
  if (child === undefined || process.platform === 'win32') return () => {}
  const guard = spawn('/bin/sh', ['-c', script, String(child)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  // Without a shell the child merely outlives a crash by the rest of its time limit.
  guard.on('error', () => {})
  guard.stdin.on('error', () => {})
  guard.unref()
  return () => {
    guard.kill('SIGKILL')
    guard.stdin.destroy()
  }
}
