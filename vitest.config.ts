import { defineConfig } from 'vitest/config'

/** Files with a place of their own; all other tests mirror the sources and are unit tests. */
const elsewhere = ['test/integration/**', 'test/e2e/**', 'test/bench/**']

export default defineConfig({
  test: {
    // Two cores are what a small build machine has.
    maxWorkers: 2,
    // Real windows, processes and disks may be unlucky once on a busy machine; `npm test` names who needed it.
    retry: 1,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    // For a hang, not for a slow machine: without it a poll gives up after one second.
    expect: { poll: { timeout: 60_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: elsewhere,
          // For a hang, not for a slow machine: some of them encode clips.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          setupFiles: ['test/support/end-to-end-environment.ts'],
          // Windows compete for one display and one focus.
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
