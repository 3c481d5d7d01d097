import { type FlameTree, FlameTreeBuilder } from './flame-tree.ts'

/** Everything around one function, over all the stacks that it is in. Both trees sum to its inclusive time. */
export interface Sandwich {
  /** Row 1 is the function itself, and what stands on a row is who called it: upside down. */
  readonly callers: FlameTree
  /** Row 1 is the function itself, then what it called. A recursive call is a callee of the outermost one. */
  readonly callees: FlameTree
}

/** A function next to another one: how much of the other's time came or went through it. */
export interface Neighbour {
  /** Index into the tree's `frames`; −1: the function itself, or that nobody called it. */
  readonly frame: number
  /** Nanoseconds. */
  readonly time: number
  readonly samples: number
}

/** Merges the stacks on both sides of one function. Only its outermost appearance in a stack counts, so that recursion counts once. */
export function sandwichOf(tree: FlameTree, frame: number): Sandwich {
  const callers = new FlameTreeBuilder(tree)
  const callees = new FlameTreeBuilder(tree)
  /** Row in `callees` of each row that is on an outermost one, 0 where it is on none. */
  const placeOf = new Uint32Array(tree.parent.length)
  // Callers come before what they call, so one pass finds everything that stands on them.
  for (let row = 1; row < tree.parent.length; row++) {
    const base = placeOf[tree.parent[row]!]!
    const called = tree.frame[row]!
    if (base === 0 && called !== frame) continue
    const place = callees.rowFor(base, called)
    placeOf[row] = place
    callees.add(place, tree.self[row]!, tree.ownCount[row]!, tree.nodeOf[row]!)
    if (base > 0) continue
    let above = 0
    for (let current = row; current > 0; current = tree.parent[current]!) {
      above = callers.rowFor(above, tree.frame[current]!)
    }
    callers.add(above, tree.inclusive[row]!, tree.count[row]!, tree.nodeOf[row]!)
  }
  return { callers: callers.finish(), callees: callees.finish() }
}

/** The functions right next to the one that a side of its sandwich is of, by time. Their times add up to its inclusive time. */
export function neighboursOf(side: FlameTree): Neighbour[] {
  const neighbours: Neighbour[] = []
  for (let row = 2; row < side.parent.length; row++) {
    if (side.parent[row] !== 1) continue
    neighbours.push({ frame: side.frame[row]!, time: side.inclusive[row]!, samples: side.count[row]! })
  }
  const own = { frame: -1, time: side.self[1] ?? 0, samples: side.ownCount[1] ?? 0 }
  return [...neighbours, ...(own.time > 0 ? [own] : [])].sort((a, b) => b.time - a.time)
}
