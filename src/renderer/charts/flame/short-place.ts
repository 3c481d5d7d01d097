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

/** `src/a.ts:12`; empty where nothing is known. */
export function placeText(of: { readonly detail: string; readonly line: number }, root: string): string {
  const file = shortFile(of.detail, root)
  return of.line > 0 && file !== '' ? `${file}:${of.line}` : file
}
