import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { openStore, type Store } from '../../src/store/index.ts'
import type { StoreOptions } from '../../src/store/open-store.ts'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const clean of cleanups.splice(0).reverse()) clean()
})

/** An empty folder that is gone after the test. */
export function temporaryWorkspace(): string {
  const directory = mkdtempSync(join(tmpdir(), 'strobe-store-'))
  cleanups.push(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

/** A store that is closed after the test. */
export function temporaryStore(directory = temporaryWorkspace(), options: StoreOptions = {}): Store {
  const store = openStore(directory, options)
  cleanups.push(() => store.close())
  return store
}

/** The code of what `body` throws. */
export function codeThrownBy(body: () => unknown): unknown {
  try {
    body()
  } catch (error) {
    return (error as { code?: unknown }).code
  }
  return 'nothing was thrown'
}
