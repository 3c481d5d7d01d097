import { readFile, realpath } from 'node:fs/promises'
import { pageHeaders } from '../protocol/index.ts'
import { isInside, resolveAppUrl } from './app-protocol.ts'

/** Answers a request for one of the window's own files, or with 404; follows no link out of `folder`. */
export async function answerAppRequest(request: Request, folder: string): Promise<Response> {
  const served = request.method === 'GET' ? resolveAppUrl(request.url, folder) : undefined
  const body = served === undefined ? undefined : await readInside(served.file, folder)
  if (served === undefined || body === undefined) {
    return new Response('Not found', { status: 404, headers: { ...pageHeaders(), 'cache-control': 'no-store' } })
  }
  const { contentType, cacheControl } = served
  return new Response(body, {
    headers: { ...pageHeaders(), 'content-type': contentType, 'cache-control': cacheControl },
  })
}

async function readInside(file: string, folder: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const [target, root] = await Promise.all([realpath(file), realpath(folder)])
    return isInside(target, root) ? await readFile(target) : undefined
  } catch {
    return undefined
  }
}
