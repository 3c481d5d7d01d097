import { readFileSync, realpathSync, statSync } from 'node:fs'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StrobeError } from '../../base/index.ts'
import type { InputOf, SourceExcerpt } from '../../protocol/index.ts'

const largestFile = 8 * 2 ** 20

/**
 * Lines of a file inside a workspace. Links count as what they lead to, so that none leads out of it. Throws
 * `studio.no-source` where there is no such file, `studio.outside-workspace`, `studio.source-too-large`.
 */
export function readSource(workspace: string, { file, line, around, since }: InputOf<'source.read'>): SourceExcerpt {
  const path = realPathOf(workspace, file)
  const shown = relative(workspace, path)
  if (shown === '' || shown === '..' || shown.startsWith(`..${sep}`) || isAbsolute(shown)) {
    throw new StrobeError('studio.outside-workspace', `${file} is not inside the workspace, so that it is not shown.`, {
      data: { file },
    })
  }
  const { size, mtimeMs } = statSync(path)
  if (size > largestFile) {
    throw new StrobeError('studio.source-too-large', `${shown} is larger than 8 MiB. Open it in an editor.`, {
      data: { file: shown, size },
    })
  }
  const lines = readFileSync(path, 'utf8').split(/\r?\n/)
  const first = Math.max(1, Math.min(line - around, lines.length))
  return {
    ...{ file: shown.split(sep).join('/'), first, lines: lines.slice(first - 1, line + around) },
    changed: since !== undefined && mtimeMs > since,
  }
}

function realPathOf(workspace: string, file: string): string {
  try {
    const asked = file.startsWith('file:') ? fileURLToPath(file) : file
    const path = realpathSync(resolve(workspace, asked))
    // A pipe or a device would keep whoever reads it waiting.
    if (statSync(path).isFile()) return path
  } catch (cause) {
    throw noSource(file, cause)
  }
  throw noSource(file)
}

function noSource(file: string, cause?: unknown): StrobeError {
  const options = { data: { file }, ...(cause === undefined ? {} : { cause }) }
  return new StrobeError('studio.no-source', `There is no file ${file} in this workspace (any more).`, options)
}
