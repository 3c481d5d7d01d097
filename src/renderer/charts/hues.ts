/** Hues of equal lightness and chroma, as far apart as ten can be; orange and blue are left to what became slower and faster. */
const hues = [150, 300, 200, 345, 115, 270, 175, 325, 95, 225] as const

/** The hue of a name, in degrees: the same name has the same one on every screen. */
export function hueOf(name: string): number {
  return hues[hash(name) % hues.length]!
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let place = 0; place < text.length; place++) {
    value = Math.imul(value ^ text.charCodeAt(place), 0x01000193) >>> 0
  }
  return value
}
