import { readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { type BlobAnswer, type BlobConditions, type BlobRequest, pageHeaders } from '../protocol/index.ts'
import { appPlaceOf, isInside } from './app-protocol.ts'

/** Where answers under `app://` come from. */
export interface AppSource {
  /** The folder of the built page. */
  readonly folder: string
  /** Asks the engine; `undefined` where there is no such blob. Rejects where the engine cannot be asked. */
  readonly blob: (request: BlobRequest, conditions: BlobConditions) => Promise<BlobAnswer | undefined>
}

/** Answers a request for one of the window's own files or for a blob of the engine's, or with 404; follows no link out of the folder. */
export async function answerAppRequest(request: Request, source: AppSource): Promise<Response> {
  const place = request.method === 'GET' ? appPlaceOf(request.url) : undefined
  if (place === undefined) return refuse(404, 'Not found')
  if (place.kind === 'blob') return answerWithBlob(place.request, request.headers, source)
  const { path, contentType, cacheControl } = place.file
  const body = await readInside(join(source.folder, path), source.folder)
  if (body === undefined) return refuse(404, 'Not found')
  return new Response(body, {
    headers: { ...pageHeaders(), 'content-type': contentType, 'cache-control': cacheControl },
  })
}

async function answerWithBlob(request: BlobRequest, headers: Headers, { blob }: AppSource): Promise<Response> {
  const header = (name: string) => headers.get(name) ?? undefined
  const conditions = { range: header('range'), ifRange: header('if-range'), ifNoneMatch: header('if-none-match') }
  try {
    const answer = await blob(request, conditions)
    if (answer === undefined) return refuse(404, 'Not found')
    return new Response(answer.body ?? null, { status: answer.status, headers: answer.headers })
  } catch (thrown) {
    return refuse(503, thrown instanceof Error ? thrown.message : String(thrown))
  }
}

function refuse(status: number, text: string): Response {
  const headers = { ...pageHeaders(), 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
  return new Response(text, { status, headers })
}

async function readInside(file: string, folder: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const [target, root] = await Promise.all([realpath(file), realpath(folder)])
    return isInside(target, root) ? await readFile(target) : undefined
  } catch {
    return undefined
  }
}
