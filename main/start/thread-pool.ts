import { availableParallelism } from 'node:os'

/**
 * libuv asks disks by way of four threads, whatever the computer. Who waits for a disk that does not answer keeps one
 * of them, so there are more; twice the cores, because asking takes no core.
 *
 * Only what is imported before anything has asked a disk may say so: the pool is made then, and stays.
 */
process.env['UV_THREADPOOL_SIZE'] ??= String(Math.max(8, 2 * availableParallelism()))
