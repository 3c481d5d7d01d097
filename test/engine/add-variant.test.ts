import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { StrobeError } from '../../src/base/index.ts'
import { addVariantToSource } from '../../src/engine/add-variant.ts'

const patch = { quotes: { concurrency: 16 } }
const add = (source: string, name = 'wide', change: Parameters<typeof addVariantToSource>[3] = patch) =>
  addVariantToSource(source, 'a.workflow.ts', name, change)
const line = "  .variant('wide', { quotes: { concurrency: 16 } })"

describe('addVariantToSource', () => {
  it.each([
    [
      'a default export',
      "import { workflow } from 'strobe'\nexport default workflow('w')\n  .task('a', () => 1)\n",
      `import { workflow } from 'strobe'\nexport default workflow('w')\n  .task('a', () => 1)\n${line}\n`,
    ],
    [
      'semicolons and comments behind the chain',
      "import { workflow } from 'strobe'\nexport default workflow('w')\n  .task('a', () => 1); // the end\n// and more\n",
      `import { workflow } from 'strobe'\nexport default workflow('w')\n  .task('a', () => 1)\n${line}; // the end\n// and more\n`,
    ],
    [
      'a constant that is exported later',
      "import { workflow } from 'strobe'\nconst shop = workflow('w')\n    .task('a', () => 1)\nexport default shop\n",
      `import { workflow } from 'strobe'\nconst shop = workflow('w')\n    .task('a', () => 1)\n  ${line}\nexport default shop\n`,
    ],
    [
      'a constant that is exported twice',
      "import { workflow } from 'strobe'\nexport const shop = workflow('w').task('a', () => 1)\nexport { shop as default }\n",
      `import { workflow } from 'strobe'\nexport const shop = workflow('w').task('a', () => 1)\n${line}\nexport { shop as default }\n`,
    ],
    [
      'a chain that goes on from a constant',
      "import { workflow } from 'strobe'\nconst base = workflow('w').task('a', () => 1)\nexport default base.variant('x', {})\n",
      `import { workflow } from 'strobe'\nconst base = workflow('w').task('a', () => 1)\nexport default base.variant('x', {})\n${line}\n`,
    ],
    [
      'another name of workflow, casts and brackets',
      "import { knob, workflow as flow } from 'strobe'\nexport default (flow('w').task('a', () => 1)) satisfies object\n",
      `import { knob, workflow as flow } from 'strobe'\nexport default (flow('w').task('a', () => 1)\n${line}) satisfies object\n`,
    ],
    [
      'a chain with functions over several lines',
      "import { workflow } from 'strobe'\nexport default workflow('w')\n\t.map('a', { over: 'b' }, async (x) => {\n\t\treturn x\n\t\t\t.then()\n\t})\n",
      "import { workflow } from 'strobe'\nexport default workflow('w')\n\t.map('a', { over: 'b' }, async (x) => {\n\t\treturn x\n\t\t\t.then()\n\t})\n\t.variant('wide', { quotes: { concurrency: 16 } })\n",
    ],
    [
      'letters beyond ASCII and double quotes',
      'import { workflow } from "strobe"\n// ÄÖ 😀\nexport default workflow("é😀")\n  .task("a", () => 1)\n',
      'import { workflow } from "strobe"\n// ÄÖ 😀\nexport default workflow("é😀")\n  .task("a", () => 1)\n  .variant("wide", { quotes: { concurrency: 16 } })\n',
    ],
    [
      'lines that end as on Windows',
      "import { workflow } from 'strobe'\r\nexport default workflow('w')\r\n  .task('a', () => 1)\r\n",
      `import { workflow } from 'strobe'\r\nexport default workflow('w')\r\n  .task('a', () => 1)\r\n${line}\r\n`,
    ],
  ])('adds to %s', (_what, before, after) => {
    expect(add(before)).toBe(after)
  })

  it('adds to the example of the design, and changes nothing else', () => {
    const source = readFileSync(join(import.meta.dirname, '../workflow/order-pricing.workflow.ts'), 'utf8')
    const changed = add(source, 'chunked', { 'fit/step': { chunk: 2 }, run: { maxConcurrency: 4 } })
    const addition = "  .variant('chunked', { 'fit/step': { chunk: 2 }, run: { maxConcurrency: 4 } })\n"
    expect(changed).toBe(source + addition)
  })

  it('writes values as they are typed, and quotes keys only where it must', () => {
    const source = "import { workflow } from 'strobe'\nexport default workflow('w')\n"
    const changed = add(source, "it's", {
      a: { mode: "don't", on: true, 'b-c': 1.5 },
      params: { list: [1, 'x'], nothing: null, inner: { k: 'a\nb"c' } },
    })
    expect(changed).toBe(
      String.raw`import { workflow } from 'strobe'
export default workflow('w')
  .variant('it\'s', {
    a: { mode: 'don\'t', on: true, 'b-c': 1.5 },
    params: { list: [1, 'x'], nothing: null, inner: { k: 'a\nb"c' } },
  })
`,
    )
  })

  it('refuses a name that is there already, so that twice is not once more', () => {
    const source = "import { workflow } from 'strobe'\nexport default workflow('w').task('a', () => 1)\n"
    const once = add(source)
    expect(() => add(once)).toThrow(expect.objectContaining({ code: 'engine.variant-exists' }))
    expect(() => add(once.replace(/export default (.*)$/s, 'const w = $1\nexport default w.result(() => 1)'))).toThrow(
      expect.objectContaining({ code: 'engine.variant-exists' }),
    )
    expect(add(once, 'other')).toContain(".variant('wide', { quotes: { concurrency: 16 } })\n  .variant('other'")
  })

  it.each([
    ['a syntax error', "import { workflow } from 'strobe'\nexport default workflow('w'\n"],
    ['no default export', "import { workflow } from 'strobe'\nexport const w = workflow('w')\n"],
    [
      'a function of the same name from elsewhere',
      "import { workflow } from './other'\nexport default workflow('w')\n",
    ],
    ['a chain made by a function', "import { make } from './make'\nexport default make()\n"],
    ['a constant from another file', "import { w } from './w'\nexport default w\n"],
    [
      'a name that is reassigned',
      "import { workflow } from 'strobe'\nlet w = workflow('w')\nw = w\nexport default w\n",
    ],
    ['a constant that is itself', 'const a = b, b = a\nexport default a\n'],
    ['an empty file', ''],
  ])('refuses %s, and says what to write by hand', (_what, source) => {
    let thrown: unknown
    try {
      add(source)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(StrobeError)
    expect(thrown).toMatchObject({ code: 'engine.variant-not-added' })
    expect((thrown as StrobeError).message).toContain(
      "Add it by hand at the end of the chain: .variant('wide', { quotes: { concurrency: 16 } })",
    )
  })
})
