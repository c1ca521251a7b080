import { defineConfig } from 'vitest/config'

/** The unit tests of one room, for scripts/mutate.mjs; no second tries, because a mutant fails every time. */
export default defineConfig({
  test: {
    include: [`${process.env['MUTATION_TESTS'] ?? 'test'}/**/*.test.ts`],
    exclude: ['test/integration/**', 'test/e2e/**', 'test/bench/**'],
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    testTimeout: 60_000,
    // Hooks only start and stop servers and jobs. A job that a mutant makes endless never stops.
    hookTimeout: 10_000,
  },
})
