import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { builtFolder } from '../../src/runtime/built-file.ts'

const path = (...parts: string[]) => join('/', ...parts)

describe('the folder of the build', () => {
  it.each([
    ['bundled', path('home', 'me', 'strobe', 'out', 'main'), path('home', 'me', 'strobe', 'out', 'main')],
    ['bundled, in a folder called src', path('src', 'strobe', 'out', 'main'), path('src', 'strobe', 'out', 'main')],
    ['from its sources', path('strobe', 'src', 'runtime'), path('strobe', 'out', 'main')],
    ['from sources in src/runtime', path('src', 'runtime', 'src', 'runtime'), path('src', 'runtime', 'out', 'main')],
  ])('%s', (_case, here, folder) => expect(builtFolder(here)).toBe(folder))
})
