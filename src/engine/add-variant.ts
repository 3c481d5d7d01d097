import { parseAst } from 'rolldown/parseAst'
import { StrobeError } from '../base/index.ts'
import type { Patch } from '../workflow/index.ts'

type Program = ReturnType<typeof parseAst>
type Statement = Program['body'][number]
type DefaultExport = Extract<Statement, { type: 'ExportDefaultDeclaration' }>['declaration']
type Call = Extract<DefaultExport, { type: 'CallExpression' }>
type Expression = Call['callee']

/** Longer declarations are broken, one line per address. */
const lineWidth = 120

/**
 * The source of a workflow with one more variant at the end of its chain, in the chain's own indentation and quotes;
 * everything else stays as it is, to the byte. Throws `engine.variant-exists` where the chain has a variant of that
 * name and `engine.variant-not-added`, with what to write by hand, where it does not find the chain: it understands a
 * default export of `workflow(…)…`, directly or by way of constants of the same file.
 */
export function addVariantToSource(source: string, fileName: string, variantName: string, patch: Patch): string {
  const refuse = (why: string, cause?: unknown) => {
    const text = printVariant(variantName, patch, "'", '\n', '')
    const message = `The variant '${variantName}' was not added to ${fileName}: ${why}. Add it by hand at the end of the chain: ${text}`
    return new StrobeError('engine.variant-not-added', message, {
      data: { file: fileName, variant: variantName, text },
      cause,
    })
  }
  const program = parse(source, fileName, refuse)
  const chain = exportedChain(program)
  if (!chain) throw refuse('its default export is no chain that begins with workflow(…) in the same file')
  if (variantNames(program, chain).includes(variantName)) {
    const message = `${fileName} has a variant '${variantName}' already. Choose another name, or change that one.`
    throw new StrobeError('engine.variant-exists', message, { data: { file: fileName, variant: variantName } })
  }
  const newline = source.includes('\r\n') ? '\r\n' : '\n'
  const indentation = indentationOf(source, chain)
  const addition = newline + indentation + printVariant(variantName, patch, quoteOf(source), newline, indentation)
  const changed = source.slice(0, chain.end) + addition + source.slice(chain.end)
  const after = exportedChain(parse(changed, fileName, refuse))
  if (!after || after.end !== chain.end + addition.length) throw refuse('the change would not have been valid')
  return changed
}

function parse(source: string, fileName: string, refuse: (why: string, cause?: unknown) => StrobeError): Program {
  const extension = /\.[mc]?([jt]sx?)$/.exec(fileName)?.[1] ?? 'ts'
  try {
    return parseAst(source, { lang: extension as 'ts' | 'tsx' | 'js' | 'jsx' }, fileName)
  } catch (cause) {
    throw refuse('it has a syntax error', cause)
  }
}

/** The call that ends the chain of the default export. */
function exportedChain(program: Program): Call | undefined {
  const exported = defaultExport(program)
  const last = exported && resolve(program, exported)
  return last?.type === 'CallExpression' && beginsWithWorkflow(program, last) ? last : undefined
}

function defaultExport(program: Program): Expression | undefined {
  for (const statement of program.body) {
    if (statement.type === 'ExportDefaultDeclaration') return statement.declaration as Expression
    if (statement.type !== 'ExportNamedDeclaration' || statement.source) continue
    const named = statement.specifiers.find(({ exported }) => 'name' in exported && exported.name === 'default')
    if (named) return named.local as Expression
  }
  return undefined
}

/** What an expression comes to: casts and brackets taken off, constants of the file followed. */
function resolve(program: Program, expression: Expression, depth = 0): Expression | undefined {
  switch (expression.type) {
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
      return resolve(program, expression.expression, depth)
    case 'Identifier': {
      const value = constantOf(program, expression.name)
      return value && depth < 20 ? resolve(program, value, depth + 1) : undefined
    }
    default:
      return expression
  }
}

function constantOf(program: Program, name: string): Expression | undefined {
  for (const statement of program.body) {
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declared?.type !== 'VariableDeclaration' || declared.kind !== 'const') continue
    const found = declared.declarations.find(({ id }) => id.type === 'Identifier' && id.name === name)
    if (found?.init) return found.init
  }
  return undefined
}

/** The calls of a chain, the last one first, the calls of constants that it begins with among them. */
function* callsOf(program: Program, last: Call): Generator<Call> {
  let call: Expression | undefined = last
  while (call?.type === 'CallExpression') {
    yield call
    call = call.callee.type === 'MemberExpression' ? resolve(program, call.callee.object) : undefined
  }
}

function beginsWithWorkflow(program: Program, last: Call): boolean {
  const first = [...callsOf(program, last)].at(-1)
  return first?.callee.type === 'Identifier' && workflowNames(program).includes(first.callee.name)
}

/** Under which names the file imports `workflow`. */
function workflowNames(program: Program): readonly string[] {
  return program.body.flatMap((statement) =>
    statement.type === 'ImportDeclaration' && statement.source.value === 'strobe'
      ? statement.specifiers.flatMap((specifier) =>
          specifier.type === 'ImportSpecifier' && 'name' in specifier.imported && specifier.imported.name === 'workflow'
            ? [specifier.local.name]
            : [],
        )
      : [],
  )
}

function variantNames(program: Program, last: Call): readonly unknown[] {
  return [...callsOf(program, last)].flatMap(({ callee, arguments: [name] }) =>
    callee.type === 'MemberExpression' && 'name' in callee.property && callee.property.name === 'variant'
      ? [name?.type === 'Literal' ? name.value : undefined]
      : [],
  )
}

/** The indentation of the chain's last link that begins a line; where none does, two spaces more than the chain's own line. */
function indentationOf(source: string, last: Call): string {
  let call: Expression = last
  while (call.type === 'CallExpression' && call.callee.type === 'MemberExpression') {
    const line = lineBefore(source, call.callee.property.start)
    const link = /^([ \t]*)\??\.$/.exec(line)
    if (link) return link[1] ?? ''
    call = call.callee.object
  }
  return `${/^[ \t]*/.exec(lineBefore(source, last.start))?.[0] ?? ''}  `
}

function lineBefore(source: string, position: number): string {
  return source.slice(source.lastIndexOf('\n', position - 1) + 1, position)
}

/** The quotes of the file's imports. */
function quoteOf(source: string): '"' | "'" {
  return /^\s*import\b[^'"]*"/m.test(source) && !/^\s*import\b[^'"]*'/m.test(source) ? '"' : "'"
}

function printVariant(name: string, patch: Patch, quote: '"' | "'", newline: string, indentation: string): string {
  const print = (value: unknown) => printValue(value, quote)
  const short = `.variant(${print(name)}, ${print(patch)})`
  if (indentation.length + short.length <= lineWidth || newline === '') return short
  const inner = `${newline}${indentation}  `
  const lines = Object.entries(patch).map(
    ([address, values]) => `${inner}${printKey(address, quote)}: ${print(values)},`,
  )
  return `.variant(${print(name)}, {${lines.join('')}${newline}${indentation}})`
}

function printValue(value: unknown, quote: '"' | "'"): string {
  if (typeof value === 'string') return printText(value, quote)
  if (Array.isArray(value)) return `[${value.map((item) => printValue(item, quote)).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const properties = Object.entries(value).filter(([, part]) => part !== undefined)
  if (properties.length === 0) return '{}'
  return `{ ${properties.map(([key, part]) => `${printKey(key, quote)}: ${printValue(part, quote)}`).join(', ')} }`
}

function printKey(key: string, quote: '"' | "'"): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? key : printText(key, quote)
}

function printText(text: string, quote: '"' | "'"): string {
  const doubled = JSON.stringify(text)
  return quote === '"' ? doubled : `'${doubled.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}
