// The few universals of every JavaScript engine that a pure room may use. What is not in this list
// is not there for a pure room: no DOM, no Node. Adding a line is a decision to be seen in review.

interface AbortSignal {
  readonly aborted: boolean
  readonly reason: unknown
  throwIfAborted(): void
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean; signal?: AbortSignal }): void
  removeEventListener(type: 'abort', listener: () => void): void
}
interface AbortController {
  readonly signal: AbortSignal
  abort(reason?: unknown): void
}
declare var AbortController: { new (): AbortController }
declare var AbortSignal: { any(signals: AbortSignal[]): AbortSignal; timeout(milliseconds: number): AbortSignal }

interface URL {
  readonly href: string
  readonly protocol: string
  readonly pathname: string
}
declare var URL: { new (url: string, base?: string | URL): URL; canParse(url: string, base?: string): boolean }

interface TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>
}
declare var TextEncoder: { new (): TextEncoder }
interface TextDecoder {
  decode(bytes: Uint8Array): string
}
declare var TextDecoder: { new (label?: 'utf-8', options?: { fatal?: boolean }): TextDecoder }

declare function structuredClone<T>(value: T): T
