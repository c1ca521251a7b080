import { defineConfig } from 'vitest/config'

/** Folders with a project of their own; every other test mirrors the sources and is a unit test. */
const elsewhere = ['test/integration/**', 'test/e2e/**', 'test/bench/**']

export default defineConfig({
  test: {
    // A small build machine has two cores.
    maxWorkers: 2,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    // All limits here are for hangs, not for slow machines. The default of a poll is one second.
    expect: { poll: { timeout: 100_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: elsewhere,
          testTimeout: 200_000,
          hookTimeout: 200_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          setupFiles: ['test/support/end-to-end-environment.ts'],
          // Windows share one display and one focus.
          fileParallelism: false,
          expect: { poll: { timeout: 250_000 } },
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
})
