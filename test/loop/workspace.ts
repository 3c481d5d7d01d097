import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { RunRecord, Trace } from '../../src/trace/index.ts'
import { type SpanKind, spanKinds, spanStatuses } from '../../src/trace/index.ts'

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'workspaces')

/** A workspace of its own for a test: a copy of a folder of `test/fixtures/workspaces`, or an empty one. */
export function newWorkspace(fixture?: string): string {
  const workspace = mkdtempSync(join(tmpdir(), 'strobe-loop-'))
  if (fixture) cpSync(join(fixtures, fixture), workspace, { recursive: true })
  return workspace
}

/** Writes files into a workspace, by their paths in it. */
export function writeFiles(workspace: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true })
    writeFileSync(join(workspace, path), text)
  }
}

/** One span as a test wants to read it. */
export interface ReadSpan {
  readonly id: number
  readonly kind: SpanKind
  readonly status: string
  readonly name: string
  readonly detail: string
  readonly parent: number
  readonly index: number
  readonly start: number
  readonly duration: number
  readonly wait: number
  readonly quantity: number
}

/** All spans of a trace, row by row. */
export function spansOf({ spans, strings }: Trace): ReadSpan[] {
  return Array.from(spans.start, (start, id) => ({
    ...{ id, start, kind: spanKinds[spans.kind[id]!]!, status: spanStatuses[spans.status[id]!]! },
    ...{ name: strings[spans.name[id]!]!, detail: strings[spans.detail[id]!]! },
    ...{ parent: spans.parent[id]!, index: spans.index[id]!, duration: spans.duration[id]! },
    ...{ wait: spans.wait[id]!, quantity: spans.quantity[id]! },
  }))
}

/** What a run ended with, for the message of a failed expectation. */
export function endOf({ reason, error }: RunRecord): string {
  return error ? `${reason}: ${error.message}\n${error.cause?.stack ?? error.stack}` : reason
}
