import { defineConfig } from 'vite'

export default defineConfig({
  logLevel: 'warn',
  publicDir: false,
  build: {
    ssr: 'test/bench/run.ts',
    outDir: 'out/bench',
    target: 'node24.15',
    rolldownOptions: { output: { entryFileNames: 'run.js', chunkFileNames: '[name]-[hash].js' } },
  },
})
