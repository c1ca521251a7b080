import { type ChildProcess, spawn } from 'node:child_process'
import { hasCode } from '../files/errno'
import { bareEnvironment } from './environment'

/** Whether a process of this computer runs. One that may not be signalled does. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return hasCode(error, 'EPERM')
  }
}

/**
 * Spawn options that keep Ctrl-C away from a child: a terminal sends it to the whole process group, and a file whose
 * ffprobe was interrupted would look damaged.
 */
export const ownGroup = { detached: process.platform !== 'win32' }

/** Keeps a list of children ("+ 12" adds, "- 12" removes; -12 is a group) and kills them when the pipe closes. */
const script = `
pids=' '
while read -r what pid; do
  case $what in
    +) pids="$pids$pid " ;;
    -) case $pids in *" $pid "*) pids="\${pids%% $pid *} \${pids#* $pid }" ;; esac ;;
  esac
done
for pid in $pids; do kill -9 "$pid"; done 2>/dev/null`

/** Milliseconds that the guard waits for another child before it exits. */
const idle = 2000

let guard: ChildProcess | null = null
let leaving: NodeJS.Timeout | undefined
const guarded = new Set<number>()

const dismiss = () => {
  guard?.stdin?.end()
  guard = null
}

const startGuard = (): ChildProcess => {
  const started = spawn('/bin/sh', ['-c', script], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: bareEnvironment(process.env),
    detached: true,
  })
  const gone = () => {
    if (guard === started) guard = null
  }
  // Without a shell, a child outlives a crash of this process until its time limit.
  started.on('error', gone)
  started.on('exit', gone)
  if (started.pid === undefined) return started
  started.stdin.on('error', gone)
  started.unref()
  // The open pipe must not keep this process running.
  if ('unref' in started.stdin && typeof started.stdin.unref === 'function') started.stdin.unref()
  for (const pid of guarded) started.stdin.write(`+ ${pid}\n`)
  return started
}

/**
 * Kills a child process, or the group that it leads, when this process dies for any reason. Returns a function that
 * cancels this.
 *
 * Needed because ffmpeg ignores broken pipes and would go on. One small shell guards all children: it waits on a
 * pipe that only this process holds, and kills the remaining children when the pipe closes. On Windows children share
 * a job object with their parent, so nothing is done.
 */
export const endWithParent = (
  pid: number | undefined,
  whole: 'process' | 'group' = 'process',
): (() => void) => {
  if (pid === undefined || process.platform === 'win32') return () => {}
  const child = whole === 'group' ? -pid : pid
  clearTimeout(leaving)
  guard ??= startGuard()
  guarded.add(child)
  guard.stdin?.write(`+ ${child}\n`)
  return () => {
    if (!guarded.delete(child)) return
    guard?.stdin?.write(`- ${child}\n`)
    if (guarded.size === 0) leaving = setTimeout(dismiss, idle).unref()
  }
}
