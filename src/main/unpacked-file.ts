/**
 * Where a file of the packaged app really lies: what is started as a process or thread, and what user code imports, is not
 * read from the archive but from the folder beside it. From sources, and for a file that is there already, the path itself.
 */
export function unpackedFile(path: string): string {
  return path.replace(/([\\/])app\.asar([\\/])/, '$1app.asar.unpacked$2')
}
