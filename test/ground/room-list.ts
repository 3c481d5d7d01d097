/** Where a room runs, which decides what it may touch besides other rooms. */
export type RoomKind = 'pure' | 'node' | 'electron' | 'preload' | 'dom'

/** A room as the design has it. Its README may allow less than this, never more. */
export interface Room {
  readonly name: string
  readonly kind: RoomKind
  /** Rooms that its README may name; absent: all above it. */
  readonly ceiling?: readonly string[]
}

const pureNames = ['base', 'workflow', 'trace', 'formats', 'statistics', 'analysis', 'advice', 'report', 'protocol']
const shellCeiling = ['base', 'protocol', 'engine']

/** All rooms, in the order of the design: a room imports from rooms above it only. */
export const rooms: readonly Room[] = [
  ...pureNames.map((name): Room => ({ name, kind: 'pure', ...(name === 'statistics' ? { ceiling: ['base'] } : {}) })),
  { name: 'toolkit', kind: 'node' },
  { name: 'runtime', kind: 'node' },
  { name: 'store', kind: 'node' },
  { name: 'engine', kind: 'node' },
  { name: 'cli', kind: 'node', ceiling: shellCeiling },
  { name: 'web', kind: 'node', ceiling: shellCeiling },
  { name: 'main', kind: 'electron', ceiling: shellCeiling },
  { name: 'preload', kind: 'preload', ceiling: ['base', 'protocol'] },
  { name: 'renderer', kind: 'dom', ceiling: pureNames },
]

/** Packages that belong to some place only: the beginnings of paths under `src/` that may import them. */
export const packageHomes: Readonly<Record<string, readonly string[]>> = {
  electron: ['main/', 'preload/'],
  'better-sqlite3': ['store/', 'toolkit/sqlite'],
  zod: ['protocol/', 'engine/'],
  comlink: ['renderer/workers/'],
  react: ['renderer/'],
  'react-dom': ['renderer/'],
  // What user code imports; the product itself imports its rooms.
  strobe: [],
}

/** Names that say nothing about what they hold. */
export const forbiddenNames: readonly string[] = [
  'common',
  'shared',
  'util',
  'utils',
  'helper',
  'helpers',
  'misc',
  'manager',
]

/** The hard end of a file, in lines. */
export const mostLines = 400
