/**
 * Pixels that are written one by one and drawn all at once: a thousand narrow bars cost as much as one picture. Parts of it lie below each
 * other and are put where they belong at the end, some of them stretched.
 */
export class PixelSheet {
  #canvas: HTMLCanvasElement | undefined
  #image: ImageData | undefined
  #pixels = new Uint32Array(0)
  #width = 0
  #lines = 0
  readonly #parts: SheetPart[] = []

  /** Width in pixels. */
  get width(): number {
    return this.#width
  }

  /** Packed pixels, line after line; 0 lets shine through what is there. */
  get pixels(): Uint32Array {
    return this.#pixels
  }

  /** Begins anew, with room for so many lines in all. */
  begin(width: number, lines: number): void {
    this.#parts.length = 0
    this.#lines = 0
    if (!this.#image || this.#width !== width || this.#image.height < lines) {
      this.#width = width
      this.#canvas ??= document.createElement('canvas')
      this.#canvas.width = Math.max(1, width)
      this.#canvas.height = Math.max(16, Math.ceil(lines * 1.3))
      this.#image = new ImageData(this.#canvas.width, this.#canvas.height)
      this.#pixels = new Uint32Array(this.#image.data.buffer)
    } else {
      this.#pixels.fill(0)
    }
  }

  /** Takes the next lines, to be drawn at `top` and stretched to `height`. */
  take(lines: number, top: number, height: number): SheetPart {
    const part: SheetPart = { line: this.#lines, lines, top, height, first: this.#width, last: 0 }
    this.#lines += lines
    this.#parts.push(part)
    return part
  }

  /** Draws all parts. */
  finish(context: CanvasRenderingContext2D): void {
    if (this.#lines === 0) return
    this.#canvas!.getContext('2d')!.putImageData(this.#image!, 0, 0, 0, 0, this.#width, this.#lines)
    context.imageSmoothingEnabled = false
    for (const { line, lines, top, height, first, last } of this.#parts) {
      if (last <= first) continue
      context.drawImage(this.#canvas!, first, line, last - first, lines, first, top, last - first, height)
    }
  }
}

/** Lines of a sheet, where they will be drawn, and from where to where something is in them. */
export interface SheetPart {
  readonly line: number
  readonly lines: number
  readonly top: number
  readonly height: number
  first: number
  last: number
}

/** Says that something is in a column of a part. */
export function touch(part: SheetPart, x: number): void {
  if (x < part.first) part.first = x
  if (x >= part.last) part.last = x + 1
}
