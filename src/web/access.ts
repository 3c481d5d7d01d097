import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** How long a ticket may be used after it was made: milliseconds. */
const ticketLife = 60_000

/** A random value of 256 bits, as text that a URL and a cookie can hold. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** An address with a ticket in place of the token that is in it. */
export function ticketAddress(address: string, now: number): string {
  const url = new URL(address)
  url.searchParams.set('token', makeTicket(url.searchParams.get('token') ?? '', now))
  return url.href
}

/**
 * A token that lets in once, and for a minute only. Made for the command that opens a browser: what is among the arguments
 * of a process can be read by everybody on the machine. Whoever has the token can make one, and nobody else.
 */
export function makeTicket(token: string, now: number): string {
  const name = `${now.toString(36)}.${randomBytes(12).toString('base64url')}`
  return `${name}.${signatureOf(token, name)}`
}

/**
 * Who may come in. A browser shows the token, or a ticket, once and is given a cookie in exchange. The token cannot be learned
 * from it, and a studio that is started again with its token knows its cookies again. Values are compared in constant time.
 */
export class Access {
  readonly #token: string
  readonly #cookie: string
  readonly #now: () => number
  /** Tickets that were used and would still be good. */
  readonly #used = new Map<string, number>()

  constructor(token: string, port: number, now: () => number = Date.now) {
    this.#token = token
    // Cookies know no ports: two studios on one machine must not take each other's.
    this.#cookie = `strobe-${port}=${signatureOf(token, `session on ${port}`)}`
    this.#now = now
  }

  /** Whether a value lets in: the token, or a ticket that nobody used yet. A ticket is used up by this. */
  admits(value: string): boolean {
    return isSame(value, this.#token) || this.#takesTicket(value)
  }

  /** Whether a `Cookie` header holds the session. */
  knows(cookies: string | undefined): boolean {
    const values = (cookies ?? '').split(';').map((each) => each.trim())
    return values.some((each) => isSame(each, this.#cookie))
  }

  /** The value of `Set-Cookie`: for this browser's session, out of reach of scripts, and never sent along from another site. */
  get setCookie(): string {
    return `${this.#cookie}; HttpOnly; SameSite=Strict; Path=/`
  }

  #takesTicket(value: string): boolean {
    const [time = '', random = '', signature = '', ...more] = value.split('.')
    const madeAt = Number.parseInt(time, 36)
    const now = this.#now()
    if (more.length > 0 || !isSame(signature, signatureOf(this.#token, `${time}.${random}`))) return false
    if (!(madeAt <= now && now < madeAt + ticketLife) || this.#used.has(random)) return false
    for (const [used, until] of this.#used) if (until < now) this.#used.delete(used)
    this.#used.set(random, madeAt + ticketLife)
    return true
  }
}

function signatureOf(token: string, name: string): string {
  return createHmac('sha256', token).update(name).digest('base64url')
}

/** Digests have one length, so that the comparison tells nothing of the values' lengths either. */
function isSame(value: string, secret: string): boolean {
  return timingSafeEqual(digestOf(value), digestOf(secret))
}

function digestOf(value: string): Buffer {
  return createHash('sha256').update(value).digest()
}
