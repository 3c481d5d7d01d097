import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import { findCycles } from './cycles.ts'
import { readImports } from './imports.ts'
import { forbiddenNames, mostLines, packageHomes, type Room, rooms } from './room-list.ts'

/** A file to look at: its path within the project, with slashes, and its text. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** The law that was broken. */
export type Rule =
  | 'syntax'
  | 'room'
  | 'readme'
  | 'may-import'
  | 'entered-by-index'
  | 'missing-file'
  | 'package'
  | 'node'
  | 'computed-import'
  | 'cycle'
  | 'length'
  | 'name'

export interface Violation {
  readonly rule: Rule
  readonly file: string
  readonly message: string
}

/** What was found, and how much was looked at: an inspection that saw nothing proves nothing. */
export interface Inspection {
  readonly violations: readonly Violation[]
  /** Code files under `src/` whose imports were read, by room. */
  readonly filesByRoom: ReadonlyMap<string, number>
  /** Imports from one file under `src/` to another. */
  readonly internalImports: number
  /** Imports from one room to another. */
  readonly roomImports: number
  /** Imports of packages and of Node's modules. */
  readonly packageImports: number
}

const codeFile = /\.(?:ts|tsx|mts|mjs|js)$/
const nodeModules = new Set(builtinModules)

/** Holds a set of files against the laws of the rooms (`src/`), and against those of names and length (all of it). */
export function inspectProject(files: readonly SourceFile[]): Inspection {
  const violations: Violation[] = []
  const report = (rule: Rule, file: string, message: string) => void violations.push({ rule, file, message })
  for (const file of files) inspectNameAndLength(file, report)

  const mayImport = readDeclarations(files, report)
  const source = files.filter((file) => file.path.startsWith('src/') && codeFile.test(file.path))
  const known = new Set(files.map((file) => file.path))
  const filesByRoom = new Map<string, number>()
  const graph = new Map<string, string[]>()
  let internalImports = 0
  let roomImports = 0
  let packageImports = 0

  for (const { path, text } of source) {
    const room = roomOf(path)
    if (room === undefined) {
      report('room', path, 'lies in no room of the design: move it into one, or add the room to the list')
      continue
    }
    filesByRoom.set(room.name, (filesByRoom.get(room.name) ?? 0) + 1)
    const { specifiers, computed, errors } = readImports(path, text)
    for (const error of errors) report('syntax', path, error)
    if (computed > 0 && room.kind === 'pure')
      report('computed-import', path, 'a pure room imports by literal names only')
    const targets: string[] = []
    for (const specifier of specifiers) {
      if (!specifier.startsWith('.')) {
        packageImports++
        inspectPackage(path, room, specifier, report)
        continue
      }
      internalImports++
      const target = posix.join(posix.dirname(path), specifier)
      targets.push(target)
      if (!known.has(target)) report('missing-file', path, `imports '${specifier}', which is not there`)
      if (roomOf(target)?.name !== room.name) {
        roomImports++
        inspectRoomImport(path, room, target, mayImport, report)
      }
    }
    graph.set(path, targets)
  }
  for (const cycle of findCycles(graph)) report('cycle', cycle[0] ?? '', [...cycle, cycle[0]].join(' → '))
  return { violations, filesByRoom, internalImports, roomImports, packageImports }
}

type Report = (rule: Rule, file: string, message: string) => void

function roomOf(path: string): Room | undefined {
  const [top, name, inside] = path.split('/')
  return top === 'src' && inside !== undefined ? rooms.find((room) => room.name === name) : undefined
}

/** The `May import:` lines of the rooms' READMEs, held against the order of the rooms. */
function readDeclarations(files: readonly SourceFile[], report: Report): Map<string, ReadonlySet<string>> {
  const declarations = new Map<string, ReadonlySet<string>>()
  for (const [position, room] of rooms.entries()) {
    const path = `src/${room.name}/README.md`
    const text = files.find((file) => file.path === path)?.text
    const lines = [...(text ?? '').matchAll(/^May import:(.*)$/gm)]
    if (lines.length !== 1)
      report('readme', path, `must be there and hold one line "May import: …" (found ${lines.length})`)
    const list = lines[0]?.[1]?.replace(/\.\s*$/, '').split(',') ?? []
    const names = list.map((name) => name.replaceAll('`', '').trim()).filter((name) => name !== 'nothing')
    const above = rooms.slice(0, position).map((other) => other.name)
    const allowed = new Set(room.ceiling ?? above)
    for (const name of names) {
      if (!above.includes(name)) report('readme', path, `names '${name}', which is no room above ${room.name}`)
      else if (!allowed.has(name))
        report('readme', path, `names '${name}', which ${room.name} may not import by design`)
    }
    declarations.set(room.name, new Set(names.filter((name) => allowed.has(name) && above.includes(name))))
  }
  return declarations
}

function inspectRoomImport(
  path: string,
  room: Room,
  target: string,
  mayImport: ReadonlyMap<string, ReadonlySet<string>>,
  report: Report,
): void {
  const other = roomOf(target)
  if (other === undefined) {
    report('may-import', path, `imports '${target}', which is outside of the rooms`)
    return
  }
  if (!mayImport.get(room.name)?.has(other.name)) {
    report('may-import', path, `imports from ${other.name}, which src/${room.name}/README.md does not name`)
  }
  if (target !== `src/${other.name}/index.ts`) {
    report('entered-by-index', path, `imports '${target}': enter the room through src/${other.name}/index.ts`)
  }
}

function inspectPackage(path: string, room: Room, specifier: string, report: Report): void {
  if (specifier.startsWith('node:') || nodeModules.has(specifier)) {
    const mayUseNode = room.kind === 'node' || room.kind === 'electron'
    if (!mayUseNode) report('node', path, `imports '${specifier}', but ${room.name} does not run in Node alone`)
    return
  }
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
  const homes = packageHomes[name]
  const isHome = homes?.some((home) => path.startsWith(`src/${home}`)) ?? room.kind !== 'pure'
  if (!isHome) {
    const where =
      homes === undefined ? 'no pure room imports packages' : `it belongs to ${homes.join(', ') || 'user code'}`
    report('package', path, `imports '${specifier}': ${where}`)
  }
}

function inspectNameAndLength({ path, text }: SourceFile, report: Report): void {
  for (const segment of path.split('/')) {
    const stem = segment.split('.')[0] ?? ''
    // The last word says what a thing is: `run-manager` is a manager, `shared-buffer` is a buffer.
    const word = stem.split('-').at(-1) ?? ''
    if (forbiddenNames.includes(word))
      report('name', path, `'${segment}' is named '${word}', which says nothing: name what it holds`)
  }
  if (!codeFile.test(path)) return
  const base = posix.basename(path)
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]+)+$/.test(base)) report('name', path, `'${base}' is not in kebab-case`)
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
  if (lines > mostLines)
    report('length', path, `has ${lines} lines, ${mostLines} is the end: split it by what it holds`)
}
