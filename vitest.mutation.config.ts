import { defineConfig } from 'vitest/config'

/** The unit tests of one room, for scripts/mutate.mjs: without second tries, because a killed mutant fails once. */
export default defineConfig({
  test: {
    include: [`${process.env['MUTATE_TESTS'] ?? 'test'}/**/*.test.ts`],
    exclude: ['test/integration/**', 'test/e2e/**', 'test/bench/**'],
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
