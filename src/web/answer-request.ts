import type { IncomingMessage, ServerResponse } from 'node:http'
import { StrobeError } from '../base/index.ts'
import { answerBlob, type BlobRequest, type PageFile, pageHeaders, type StudioService } from '../protocol/index.ts'
import type { Access } from './access.ts'
import { readPageFile } from './page-files.ts'
import { decideRequest, type RequestFacts } from './request-policy.ts'

/** What requests are answered from. */
export interface Answers {
  readonly access: Access
  readonly hosts: ReadonlySet<string>
  /** Folder of the built page. */
  readonly rendererFolder: string
  readonly blob: StudioService['blob']
  /** Told what went wrong inside, and must not. Who asked gets a sentence without it. */
  readonly onBug: (thrown: unknown) => void
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** What everybody gets who may not come in, whatever the reason is: nothing in it tells one reason from another. */
export const refusal = textAnswer(
  403,
  'Strobe answers only the browser that was opened with its own address. Open the address that it printed in the terminal.',
)

/** What a request says of itself. */
export function factsOf(request: IncomingMessage, access: Access): RequestFacts {
  const { method = '', url = '', headers, headersDistinct } = request
  const text = (name: string) => headersDistinct[name]?.[0]
  return {
    ...{ method, target: url, hosts: headersDistinct.host ?? [], origin: headers.origin },
    hasSession: access.knows(headers.cookie),
    ...{ site: text('sec-fetch-site'), mode: text('sec-fetch-mode'), destination: text('sec-fetch-dest') },
  }
}

/** Answers a request. Never rejects: what cannot be answered is said in a sentence, to those who may come in. */
export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  answers: Answers,
): Promise<void> {
  const { status, headers, body } = await answerTo(request, answers).catch((thrown) => failure(thrown, answers.onBug))
  if (response.destroyed) return
  response.writeHead(status, headers)
  response.end(request.method === 'HEAD' ? undefined : body)
}

async function answerTo(request: IncomingMessage, answers: Answers): Promise<Answer> {
  const { access, hosts, rendererFolder, blob } = answers
  const facts = factsOf(request, access)
  const decision = decideRequest(facts, hosts)
  switch (decision.kind) {
    case 'refuse':
      return refusal
    case 'exchange':
      if (access.admits(decision.token)) return welcome(facts, access.setCookie)
      return decision.hasSession ? welcome(facts) : refusal
    case 'wrong-method': {
      const answer = textAnswer(405, 'Only GET and HEAD are answered here.')
      return { ...answer, headers: { ...answer.headers, allow: 'GET, HEAD' } }
    }
    case 'page':
      return answerPage(rendererFolder, decision.file, facts.hosts[0] ?? '')
    case 'blob':
      return answerWithBlob(decision.request, request, blob)
    case 'missing':
      return notFound
  }
}

/**
 * Leads to the page under an address without the token. Browsers keep a strict cookie back on a redirect that another site
 * began (a terminal in a browser, a chat); from a document of our own they send it.
 */
function welcome({ site }: RequestFacts, setCookie?: string): Answer {
  const cookie = setCookie === undefined ? {} : { 'set-cookie': setCookie }
  const headers = { ...pageHeaders(), ...cookie, 'cache-control': 'no-store' }
  if (site === undefined || site === 'none' || site === 'same-origin') {
    return { status: 303, headers: { ...headers, location: '/', 'content-length': '0' } }
  }
  const body = '<!doctype html><meta http-equiv="refresh" content="0; url=/"><title>Strobe</title>'
  return { status: 200, headers: { ...headers, 'content-type': 'text/html; charset=utf-8' }, body }
}

async function answerPage(folder: string, file: PageFile, host: string): Promise<Answer> {
  const body = await readPageFile(folder, file.path)
  if (body === undefined) return notFound
  const headers = {
    ...pageHeaders(`ws://${host}`),
    'content-type': file.contentType,
    'content-length': String(body.length),
    'cache-control': file.cacheControl,
  }
  return { status: 200, headers, body }
}

async function answerWithBlob(
  wanted: BlobRequest,
  { headers }: IncomingMessage,
  blob: StudioService['blob'],
): Promise<Answer> {
  const content = await blob(wanted.id)
  if (content === undefined) return notFound
  const { range, 'if-none-match': ifNoneMatch } = headers
  const ifRange = typeof headers['if-range'] === 'string' ? headers['if-range'] : undefined
  return answerBlob(content, wanted, { range, ifRange, ifNoneMatch })
}

const notFound = textAnswer(404, 'There is nothing of this name here.')

function failure(thrown: unknown, onBug: Answers['onBug']): Answer {
  if (thrown instanceof StrobeError) return textAnswer(500, thrown.message)
  onBug(thrown)
  return textAnswer(500, 'Strobe could not make this. Its terminal says why.')
}

function textAnswer(status: number, sentence: string) {
  const body = `${sentence}\n`
  const headers = {
    ...pageHeaders(),
    'content-type': 'text/plain; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
  }
  return { status, headers, body } satisfies Answer
}
