import { describe, expect, it } from 'vitest'
import type { CommandDeclaration } from '../../src/cli/command.ts'
import { commands } from '../../src/cli/commands/index.ts'
import { exits } from '../../src/cli/exit-codes.ts'
import { buildProgram } from '../../src/cli/program.ts'

interface Dispatched {
  readonly name: string
  readonly values: Readonly<Record<string, unknown>>
  readonly global: Readonly<Record<string, unknown>>
}

async function parse(
  ...typed: string[]
): Promise<{ out: string; err: string; dispatched?: Dispatched; thrown?: unknown }> {
  let out = ''
  let err = ''
  let dispatched: Dispatched | undefined
  const output = {
    out: (text: string) => {
      out += text
    },
    err: (text: string) => {
      err += text
    },
  }
  const program = buildProgram(commands, '1.2.3', output, async ({ name }: CommandDeclaration, values, global) => {
    dispatched = { name, values, global }
  })
  const thrown = await program.parseAsync(typed, { from: 'user' }).then(
    () => undefined,
    (error: unknown) => error,
  )
  return { out, err, ...(dispatched ? { dispatched } : {}), ...(thrown === undefined ? {} : { thrown }) }
}

describe('help', () => {
  it('names all commands and all exit codes', async () => {
    const { out } = await parse('--help')
    for (const { name, summary } of commands) {
      expect(out).toContain(`  ${name} `)
      expect(summary.endsWith('.')).toBe(false)
    }
    for (const { code, meaning } of Object.values(exits))
      expect(out).toContain(`${String(code).padStart(5)}  ${meaning}`)
  })

  it.each(commands.map(({ name }) => name))(
    '%s has an example, its exit codes and the keys of its JSON',
    async (name) => {
      const declaration = commands.find((command) => command.name === name)!
      const { out } = await parse(name, '--help')
      for (const { line, does } of declaration.examples) {
        expect(line.startsWith(`strobe ${name}`)).toBe(true)
        expect(out).toContain(`  $ ${line}\n      ${does}\n`)
      }
      for (const exit of [...declaration.exits, 'usage', 'bug'] as const) expect(out).toContain(exits[exit].meaning)
      expect(declaration.exits).toContain('done')
      expect(Object.keys(declaration.json).length).toBeGreaterThan(0)
      for (const key of Object.keys(declaration.json)) expect(out).toContain(`  ${key} `)
      for (const flag of ['--workspace', '--json', '--quiet', '--wait', '--no-color', '--debug'])
        expect(out).toContain(flag)
    },
  )

  it.each(commands.flatMap(({ examples }) => examples.map(({ line }) => line)))(
    'can be typed as it says: %s',
    async (line) => {
      const { dispatched, thrown } = await parse(...line.split(' ').slice(1))
      expect(thrown).toBeUndefined()
      expect(dispatched?.name).toBe(line.split(' ')[1])
    },
  )

  it('looks like this', async () => {
    const pages = [await parse('--help'), ...(await Promise.all(commands.map(({ name }) => parse(name, '--help'))))]
    await expect(pages.map(({ out }) => out).join(`\n${'='.repeat(100)}\n\n`)).toMatchFileSnapshot('help.txt')
  })
})

describe('command lines', () => {
  it('gives arguments and options by their names, parsed', async () => {
    const { dispatched } = await parse(
      ...['run', 'orders', '--set', 'a.b=1', '--set', 'c/d.e=x', '--param', 'limit=5', '--samples', '--seed', '7'],
    )
    expect(dispatched?.values).toMatchObject({
      workflow: 'orders',
      set: [
        { address: 'a', knob: 'b', value: 1 },
        { address: 'c/d', knob: 'e', value: 'x' },
      ],
      param: [['limit', 5]],
      samples: 1000,
      seed: 7,
    })
    expect(dispatched?.values.timeout).toBeUndefined()
  })

  it('takes global options before and after the command', async () => {
    for (const typed of [
      ['--json', '--no-color', 'list'],
      ['list', '--json', '--no-color'],
      ['--no-color', 'list', '--json'],
    ]) {
      const { dispatched } = await parse(...typed)
      expect(dispatched?.global).toMatchObject({ json: true, color: false })
    }
  })

  it.each([
    [['frob']],
    [['run']],
    [['run', 'a', 'b']],
    [['run', 'a', '--nope']],
    [['run', 'a', '--set', 'nothing']],
    [['run', 'a', '--capture', 'everything']],
    [['list', 'cats']],
    [['compare', 'a', '--preset', 'slow']],
    [['compare', 'a', '--max-blocks', '0']],
    [['check']],
  ])('refuses %j and says why', async (typed) => {
    const { err, dispatched, thrown } = await parse(...typed)
    expect(thrown).toMatchObject({ exitCode: 1 })
    expect(err).toMatch(/^Error: /)
    expect(dispatched).toBeUndefined()
  })

  it('prints the version', async () => {
    expect(await parse('--version')).toMatchObject({ out: '1.2.3\n', thrown: { exitCode: 0 } })
  })
})
