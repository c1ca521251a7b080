import { availableParallelism } from 'node:os'

/**
 * Import first: sets the size of libuv's thread pool before any file I/O creates it.
 *
 * libuv's default is four threads for all disk operations. An operation on a disk that does not answer blocks its
 * thread, so there are more: twice the cores, because waiting for a disk needs no core.
 */
process.env['UV_THREADPOOL_SIZE'] ??= String(Math.max(8, 2 * availableParallelism()))
