/**
 * Folder of the workspace that a run was made in, as its samples name files: what stands before the workflow's own path. Empty where
 * no file is the workflow's.
 */
export function workspaceRoot(workflowFile: string, files: Iterable<string>): string {
  const end = `/${workflowFile.replaceAll('\\', '/')}`
  for (const file of files) {
    const plain = file.replaceAll('\\', '/')
    if (plain.endsWith(end)) return file.slice(0, plain.length - end.length + 1)
  }
  return ''
}

/** A file as short as it is still clear: relative to the workspace, or from its package on. */
export function shortFile(file: string, root: string): string {
  if (root !== '' && file.startsWith(root)) return file.slice(root.length)
  const parts = file.split(/[\\/]node_modules[\\/]/)
  return parts.length > 1 ? parts.at(-1)! : file
}

/** `src/a.ts:12`; empty where nothing is known. Where Strobe itself lies is nobody's concern. */
export function placeText({ detail, line, category }: PlacedFrame, root: string): string {
  const short = shortFile(detail, root)
  const file =
    category === 'strobe' ? short.slice(Math.max(short.lastIndexOf('/'), short.lastIndexOf('\\')) + 1) : short
  return line > 0 && file !== '' ? `${file}:${line}` : file
}

/** A function or span as far as its place goes. */
interface PlacedFrame {
  readonly detail: string
  readonly line: number
  readonly category?: string
}
