import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { notices, shippedFolders } from './scripts/build/notices.mjs'

const root = import.meta.dirname

/** The oldest runtime we run on (Electron 42), so that nothing newer is emitted. */
const oldest = { node: 'node24.15', chrome: 'chrome148' }

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
        input: { index: 'main/index.ts', cli: 'main/cli.ts' },
        // Chunks lie beside the entries, so that `import.meta.dirname` is out/main in all of them.
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js',
          // A window that opens waits until this is read. Names stay, for the log.
          minify: { mangle: false, compress: true, codegen: true },
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
