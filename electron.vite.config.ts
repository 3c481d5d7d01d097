import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

/**
 * One file per process or thread, because each is started by its path, and one per module that user code imports:
 * `strobe` and `strobe/toolkit` resolve to `strobe.js` and `toolkit.js` of the running copy.
 */
const nodeEntries = {
  index: 'src/main/index.ts',
  cli: 'src/cli/index.ts',
  runner: 'src/runtime/runner-entry.ts',
  trial: 'src/runtime/trial-entry.ts',
  strobe: 'src/workflow/index.ts',
  toolkit: 'src/toolkit/index.ts',
  'sqlite-thread': 'src/toolkit/sqlite-thread.ts',
}

export default defineConfig({
  main: {
    build: {
      rolldownOptions: {
        input: nodeEntries,
        // An entry exports what its source exports, no less (user code imports it) and no more (a chunk that imported
        // from an entry would run it).
        preserveEntrySignatures: 'strict',
        // Chunks lie beside the entries, so that `new URL('./trial.js', import.meta.url)` is right in both.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        // A sandboxed window loads one CommonJS file; in a package of type "module" it must be called .cjs.
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: { minify: true, rolldownOptions: { input: 'src/renderer/index.html' } },
  },
})
