const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const values = new Int8Array(128).fill(-1)
for (let value = 0; value < 64; value++) values[alphabet.charCodeAt(value)] = value

/** Bytes as base 64 with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += 3) {
    const group = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    parts.push(alphabet[group >> 18]!, alphabet[(group >> 12) & 63]!)
    parts.push(at + 1 < bytes.length ? alphabet[(group >> 6) & 63]! : '=')
    parts.push(at + 2 < bytes.length ? alphabet[group & 63]! : '=')
  }
  return parts.join('')
}

/** The bytes of base 64 with padding, or `undefined` where the text is none. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 !== 0) return undefined
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  let at = 0
  for (let place = 0; place < text.length; place += 4) {
    let group = 0
    for (let digit = 0; digit < 4; digit++) {
      const padded = place + digit >= text.length - padding
      const value = padded ? 0 : (values[text.charCodeAt(place + digit)] ?? -1)
      if (value < 0) return undefined
      group = (group << 6) | value
    }
    // Writes past the end, of the padding, are ignored by the array.
    bytes[at++] = group >> 16
    bytes[at++] = group >> 8
    bytes[at++] = group
  }
  return bytes
}
