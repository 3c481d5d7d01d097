import { type ESTree, parseSync, Visitor } from 'rolldown/utils'

/** What one file asks for from others, by whatever syntax: static, dynamic, re-export, type, `require`. */
export interface FileImports {
  /** Module specifiers as written, in the order of the file, repeated where they are. */
  readonly specifiers: readonly string[]
  /** Dynamic imports whose target is computed, which nobody can check. */
  readonly computed: number
  /** Messages of the parser; a file with any was not understood. */
  readonly errors: readonly string[]
}

/** Reads the imports of a TypeScript or JavaScript file with a real parser; nothing in comments or strings is one. */
export function readImports(path: string, text: string): FileImports {
  const { program, errors } = parseSync(path, text)
  const specifiers: string[] = []
  let computed = 0
  const take = (source: ESTree.Node | null | undefined) => {
    const specifier = source ? literalText(source) : undefined
    if (specifier !== undefined) specifiers.push(specifier)
    else if (source) computed++
  }
  new Visitor({
    ImportDeclaration: (node) => take(node.source),
    ExportNamedDeclaration: (node) => take(node.source),
    ExportAllDeclaration: (node) => take(node.source),
    ImportExpression: (node) => take(node.source),
    TSImportType: (node) => take(node.source),
    TSExternalModuleReference: (node) => take(node.expression),
    CallExpression: (node) => {
      if (isRequire(node.callee)) take(node.arguments[0])
    },
  }).visit(program)
  return { specifiers, computed, errors: errors.map((error) => error.message) }
}

/** `require(…)` and `require.resolve(…)`; `createRequire` gives a function that may be called anything, but is `require`. */
function isRequire(callee: ESTree.Node): boolean {
  if (callee.type === 'Identifier') return callee.name === 'require'
  return callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'require'
}

function literalText(node: ESTree.Node): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined
  if (node.type !== 'TemplateLiteral' || node.expressions.length > 0) return undefined
  return node.quasis[0]?.value.cooked ?? undefined
}
