/** Names that no node or resource may have: callbacks get something else under them, or patches address it. */
export const reservedNames = [
  'params',
  'knobs',
  'signal',
  'random',
  'now',
  'log',
  'state',
  'metric',
  'iteration',
  'run',
] as const
export type ReservedName = (typeof reservedNames)[number]

/** Names that no variant may have: the workflow as written, and a patch that nobody named. */
export const reservedVariants = ['baseline', 'patched'] as const

/** No names at all. */
export type Nothing = Record<never, never>

/** The keys of `T` that can be written as names. */
export type NameIn<T> = keyof T & string

/** `Name` where it is new; otherwise a type that says what is wrong with it, so that the editor shows that. */
export type NewName<Name extends string, Taken extends string> = string extends Name
  ? Name
  : Name extends ReservedName
    ? `"${Name}" is reserved, choose another name`
    : Name extends Taken
      ? `"${Name}" is declared already, names of nodes and resources are unique`
      : Name extends `${string}/${string}`
        ? `"${Name}" contains a slash, which joins the names of nested nodes`
        : Name

/** `Name` where no variant bears it yet; otherwise a type that says so. */
export type NewVariant<Name extends string, Taken extends string> = string extends Name
  ? Name
  : Name extends (typeof reservedVariants)[number]
    ? `"${Name}" is reserved, choose another name`
    : Name extends Taken
      ? `the variant "${Name}" is declared already`
      : Name
