import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

/** One file per process or thread: each is started by path, so each is an entry of its own. */
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
    build: { rollupOptions: { input: nodeEntries, output: { format: 'es', entryFileNames: '[name].js' } } },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rollupOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: { minify: true, rollupOptions: { input: 'src/renderer/index.html' } },
  },
})
