import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

/**
 * One file per process or thread, because each is started by its path, and one per module that user code imports:
 * `strobe` and `strobe/toolkit` resolve to `strobe.js` and `toolkit.js` of the running copy.
 */
const nodeEntries = {
  index: 'src/main/index.ts',
  'engine-host': 'src/main/engine-host.ts',
  'runner-host': 'src/main/runner-host.ts',
  cli: 'src/cli/index.ts',
  web: 'src/web/index.ts',
  runner: 'src/runtime/runner-entry.ts',
  trial: 'src/runtime/trial-entry.ts',
  strobe: 'src/workflow/index.ts',
  toolkit: 'src/toolkit/index.ts',
  'sqlite-thread': 'src/toolkit/sqlite-thread.ts',
}

/**
 * Gives the main process copies of its own of everything that it imports, so that `index.js` shares no chunk with the other
 * entries. The packaged app reads it from the archive, whose content is verified, and all else from the folder beside it.
 */
function standAlone(entry: string): Plugin {
  const mark = '?main'
  return {
    name: 'stand-alone',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (importer === undefined || !(importer.endsWith(mark) || importer.endsWith(entry))) return null
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true })
      if (resolved === null || resolved.external || resolved.id.startsWith('node:')) return resolved
      // The pure rooms do nothing when they are loaded: what is not used of them is left out, and with it their packages.
      return { ...resolved, id: resolved.id + mark, moduleSideEffects: resolved.id.includes('/src/main/') }
    },
  }
}

const pureRooms = /[\\/]src[\\/](?:base|workflow|trace|formats|statistics|analysis|advice|report|protocol)[\\/].*\.ts$/

/**
 * Importing a pure room does nothing by itself: what the page does not use of it stays out, such as the schemas of the
 * contract and zod with them, which only the engine's side checks with.
 */
const leaveOutUnused = { moduleSideEffects: [{ test: pureRooms, sideEffects: false }] }

export default defineConfig({
  main: {
    plugins: [standAlone('/src/main/index.ts')],
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
    build: {
      minify: true,
      rolldownOptions: {
        input: 'src/renderer/index.html',
        treeshake: leaveOutUnused,
      },
    },
    worker: { rolldownOptions: { treeshake: leaveOutUnused } },
  },
})
