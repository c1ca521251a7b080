import { type ChildProcess, spawn } from 'node:child_process'

/**
 * For children that Ctrl-C in a terminal must not reach: it is sent to the whole group, and a file whose
 * ffprobe was interrupted would look damaged. They end by their signal, their time limit or their parent's end.
 */
export const outOfReach = { detached: process.platform !== 'win32' }

/** Keeps a list of children ("+ 12" begins, "- 12" ends; -12 is a group) and kills what is left when the pipe closes. */
const script = `
pids=' '
while read -r what pid; do
  case $what in
    +) pids="$pids$pid " ;;
    -) case $pids in *" $pid "*) pids="\${pids%% $pid *} \${pids#* $pid }" ;; esac ;;
  esac
done
for pid in $pids; do kill -9 "$pid"; done 2>/dev/null`

/** Milliseconds that the guard waits for another child before it leaves. */
const idle = 2000

let guard: ChildProcess | null = null
let leaving: NodeJS.Timeout | undefined
const guarded = new Set<number>()

const dismiss = () => {
  guard?.stdin?.end()
  guard = null
}

const summon = (): ChildProcess => {
  const started = spawn('/bin/sh', ['-c', script], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  const gone = () => {
    if (guard === started) guard = null
  }
  // Without a shell a child merely outlives a crash by the rest of its time limit.
  started.on('error', gone)
  started.on('exit', gone)
  if (started.pid === undefined) return started
  started.stdin.on('error', gone)
  started.unref()
  // The pipe alone must not keep this process going.
  if ('unref' in started.stdin && typeof started.stdin.unref === 'function') started.stdin.unref()
  for (const pid of guarded) started.stdin.write(`+ ${pid}\n`)
  return started
}

/**
 * Ends a child process, or the whole group that it leads, when this process dies, however it dies. Gives the way
 * to call it off.
 *
 * ffmpeg ignores broken pipes, so that a killed parent would leave it running. One tiny shell for all children
 * waits on a pipe that only this process holds: when the pipe closes, it kills those that are left. On Windows
 * children share a job object with their parent and need nothing.
 */
export const endWithParent = (
  pid: number | undefined,
  whole: 'process' | 'group' = 'process',
): (() => void) => {
  if (pid === undefined || process.platform === 'win32') return () => {}
  const child = whole === 'group' ? -pid : pid
  clearTimeout(leaving)
  guard ??= summon()
  guarded.add(child)
  guard.stdin?.write(`+ ${child}\n`)
  return () => {
    if (!guarded.delete(child)) return
    guard?.stdin?.write(`- ${child}\n`)
    if (guarded.size === 0) leaving = setTimeout(dismiss, idle).unref()
  }
}
