import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { notices, shippedFolders } from './scripts/build/notices.mjs'

const root = import.meta.dirname

/** The oldest runtime we run on (Electron 42), so that nothing newer is emitted. */
const oldest = { node: 'node24.15', chrome: 'chrome148' }

/** What the first line of either entry needs; a window that opens waits for nothing else. */
const neededFirst = {
  name: 'first',
  test: /main\/((home|log|clock|abort|listeners)\.ts$|start\/|files\/|settings\/(plain-secret-box|language)\.ts$|database\/database-words\.ts$)|contract\/(provider-table|wan27|language\/languages)\.ts$/,
  priority: 3,
}

/** What window and command line need to tell what a file is, with everything that it imports. */
const usedByAll = {
  name: 'files',
  test: /main\/(media\/create-media-tools|media\/known-facts|tools\/tool-paths|preflight\/index|settings\/settings-store)\.ts$|preload\/contract\/language\/index\.ts$/,
  priority: 2,
}

/** The rest of what `check` needs. */
const usedByCheck = {
  name: 'check',
  test: /main\/cli\/(run-cli|commands\/check)\.ts$/,
  priority: 1,
}

export default defineConfig({
  main: {
    plugins: [notices(root, () => shippedFolders(root))],
    build: {
      target: oldest.node,
      sourcemap: false,
      // `dependencies` stay outside the bundle: they find their own executables beside their own
      // files, and a bundled copy would look for them in out/. Everything else is bundled.
      externalizeDeps: true,
      rolldownOptions: {
        input: {
          index: 'main/index.ts',
          cli: 'main/cli.ts',
          pictures: 'main/media/images/picture-process.ts',
        },
        // Chunks lie beside the entries, so that `import.meta.dirname` is out/main in all of them.
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js',
          // A window that opens waits until this is read. Names stay, for the log.
          minify: { mangle: false, compress: true, codegen: true },
          // Each file costs a start about a millisecond, whatever its size: `check` needs three instead of forty.
          codeSplitting: { groups: [neededFirst, usedByAll, usedByCheck] },
        },
      },
    },
  },
  preload: {
    plugins: [notices(root)],
    build: {
      target: oldest.node,
      sourcemap: false,
      // A sandboxed preload can require neither packages nor ES modules.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    // The bundler does not see that the styles come from Tailwind.
    plugins: [
      react(),
      tailwindcss(),
      notices(root, () => [resolve(root, 'node_modules/tailwindcss')]),
    ],
    build: {
      target: oldest.chrome,
      sourcemap: false,
      // electron-vite leaves it off: the page is half the size to read and parse with it.
      minify: true,
      // No data: addresses in place of small files, so that the page's policy need not allow them.
      assetsInlineLimit: 0,
      // One Chromium, which knows modulepreload: the polyfill would only fetch what `connect-src` forbids.
      modulePreload: { polyfill: false },
      rolldownOptions: { input: resolve(root, 'renderer/index.html') },
    },
  },
})
