import { formatShare } from '../../../base/index.ts'
import type { Palette } from '../chart/palette.ts'
import { TextFitter } from '../timeline/text-fitter.ts'
import { rulerFor } from '../timeline/ticks.ts'
import type { FlamePicture, FlameWindow } from './flame-picture.ts'
import { levelOf } from './flame-window.ts'
import { type LitRows, packColour, rasterise, type WideRectangle } from './rasterise.ts'

/** Height of a level and of the ruler, in CSS pixels. */
export const levelHeight = 18
const rulerHeight = 20

/** The horizontal axis; `null`: none is drawn. */
export interface FlameAxis {
  /** `clock`: a moment, told since `zero`. `sum`: time that is summed up, with the share of all of it that is in sight. */
  readonly kind: 'clock' | 'sum'
  readonly zero: number
  /** What it counts, in a few words. */
  readonly name: string
}

/** Everything that a drawing of a flame graph depends on. Sizes in CSS pixels. */
export interface FlameScene {
  readonly picture: FlamePicture
  readonly window: FlameWindow
  /** How far it is scrolled down, or up where callers stand on top. */
  readonly top: number
  readonly width: number
  readonly height: number
  readonly density: number
  readonly axis: FlameAxis | null
  /** `up`: the first level is at the bottom. */
  readonly direction: 'down' | 'up'
  /** By row of the tree, as `rasterise` takes them. */
  readonly colours: Uint32Array
  readonly lit: LitRows | null
  /** 1 for rows that are hatched. */
  readonly hatched: Uint8Array | null
  /** What stands in the rectangle of a row. */
  readonly textOf: (row: number) => string
  /** Whether a row is of what is selected: its rectangles are outlined. */
  readonly isSelected: (row: number) => boolean
  /** Rectangles by index: under the pointer, and where the keys are. */
  readonly hovered: number
  readonly current: number
}

/** Levels that stand in a picture. */
export function levelCount({ rectangles }: FlamePicture): number {
  return rectangles.offsets.length - 1
}

/** Height that is left for levels. */
export function bodyHeight({ height, axis }: Pick<FlameScene, 'height' | 'axis'>): number {
  return Math.max(0, height - (axis ? rulerHeight : 0))
}

/** The level at a height from the top of the picture. */
export function levelAt(scene: Pick<FlameScene, 'height' | 'axis' | 'direction' | 'top'>, y: number): number {
  const down = y - (scene.axis ? rulerHeight : 0)
  const distance = scene.direction === 'down' ? down + scene.top : scene.height - y + scene.top
  return down < 0 ? -1 : Math.floor(distance / levelHeight)
}

/** Draws flame graphs on a canvas. It keeps what would be slow to make anew for every frame. */
export class FlamePainter {
  readonly #context: CanvasRenderingContext2D
  readonly #raster = document.createElement('canvas')
  #image: ImageData | undefined
  #pixels = new Uint32Array()
  #fitter: TextFitter | undefined
  #hatch: CanvasPattern | null = null
  #palette: Palette | undefined
  #density = 0

  constructor(canvas: HTMLCanvasElement) {
    this.#context = canvas.getContext('2d', { alpha: false })!
  }

  paint(scene: FlameScene, palette: Palette): void {
    const { density } = scene
    const width = Math.round(scene.width * density)
    const height = Math.round(scene.height * density)
    const context = this.#context
    if (context.canvas.width !== width || context.canvas.height !== height) {
      context.canvas.width = width
      context.canvas.height = height
      this.#palette = undefined
    }
    this.#prepare(palette, density)
    context.fillStyle = palette.paper
    context.fillRect(0, 0, width, height)
    if (width === 0 || height === 0) return
    const [first, last] = levelsInSight(scene)
    if (last > first) {
      const wide = this.#paintLevels(scene, palette, width, first, last)
      this.#paintHatch(scene, wide)
      this.#paintText(scene, palette, wide)
      this.#paintOutlines(scene, palette, wide)
    }
    if (scene.axis) this.#paintRuler(scene, palette, width)
  }

  #prepare(palette: Palette, density: number): void {
    if (this.#palette === palette && this.#density === density) return
    this.#palette = palette
    this.#density = density
    const context = this.#context
    context.font = `${Math.round(11.5 * density * 2) / 2}px ${palette.face}`
    context.textBaseline = 'middle'
    this.#fitter = new TextFitter((text) => context.measureText(text).width)
    this.#hatch = hatchOf(context, palette, density)
  }

  /** One line of pixels per level, stretched to the height of a level: the cost of many rectangles is that of their pixels. */
  #paintLevels(scene: FlameScene, palette: Palette, width: number, first: number, last: number): WideRectangle[] {
    const count = last - first
    if (this.#image?.width !== width || this.#image.height < count) {
      this.#raster.width = width
      this.#raster.height = count
      this.#image = new ImageData(width, count)
      this.#pixels = new Uint32Array(this.#image.data.buffer)
    }
    const into = this.#pixels.subarray(0, width * count)
    const wide = rasterise({
      ...{ picture: scene.picture, window: scene.window, width, first, last, into, lit: scene.lit },
      colours: { rows: scene.colours, background: packColour(palette.paper), lit: packColour(palette.accent) },
      wide: Math.round(6 * scene.density),
    })
    this.#raster.getContext('2d')!.putImageData(this.#image, 0, 0, 0, 0, width, count)
    const context = this.#context
    const own = Math.round(levelHeight * scene.density)
    context.imageSmoothingEnabled = false
    context.save()
    clipBody(context, scene, width)
    for (let level = first; level < last; level++) {
      const y = this.#topOf(scene, level)
      context.drawImage(this.#raster, 0, level - first, width, 1, 0, y, width, own - Math.round(scene.density))
    }
    context.restore()
    return wide
  }

  #paintHatch(scene: FlameScene, wide: readonly WideRectangle[]): void {
    const { hatched } = scene
    if (!hatched || !this.#hatch) return
    this.#context.fillStyle = this.#hatch
    this.#inBody(scene, () => {
      for (const { level, row, left, right } of wide) {
        if (hatched[row] === 1) this.#fillLevel(scene, level, left, right - 1)
      }
    })
  }

  #paintText(scene: FlameScene, palette: Palette, wide: readonly WideRectangle[]): void {
    const { density, lit } = scene
    const context = this.#context
    const inset = 4 * density
    const middle = Math.round((levelHeight * density) / 2)
    this.#inBody(scene, () => {
      context.fillStyle = palette.ink
      let isFaint = false
      for (const { level, row, left, right } of wide) {
        const room = right - left - 2 * inset
        if (room < 16 * density || row === 0) continue
        const text = this.#fitter!.fit(scene.textOf(row), room)
        if (text === '') continue
        const faint = lit !== null && lit.rows[row] !== 1
        if (faint !== isFaint) {
          context.fillStyle = faint ? palette.inkQuiet : palette.ink
          isFaint = faint
        }
        // What was cut was cut by an estimate: it is not to reach into its neighbour.
        context.fillText(text, left + inset, this.#topOf(scene, level) + middle, room)
      }
    })
  }

  #paintOutlines(scene: FlameScene, palette: Palette, wide: readonly WideRectangle[]): void {
    const context = this.#context
    const line = Math.max(1, Math.round(scene.density))
    this.#inBody(scene, () => {
      context.strokeStyle = palette.accent
      context.lineWidth = line
      for (const { level, row, left, right } of wide) {
        if (row > 0 && scene.isSelected(row)) this.#outline(scene, level, left, right, line)
      }
      for (const [index, colour, thick] of [
        [scene.hovered, palette.ink, line],
        [scene.current, palette.accent, 2 * line],
      ] as const) {
        if (index < 0 || index >= scene.picture.rectangles.row.length) continue
        const { start, end } = scene.picture.rectangles
        context.strokeStyle = colour
        const [left, right] = [pixelAt(scene, start[index]!), pixelAt(scene, end[index]!)]
        this.#outline(scene, levelOf(scene.picture.rectangles, index), left, Math.max(left + 2, right), thick)
      }
    })
  }

  #outline(scene: FlameScene, level: number, left: number, right: number, line: number): void {
    const y = this.#topOf(scene, level)
    const high = Math.round(levelHeight * scene.density) - Math.round(scene.density)
    const [from, to] = [Math.max(-4, left), Math.min(scene.width * scene.density + 4, right)]
    this.#context.lineWidth = line
    this.#context.strokeRect(from + line / 2, y + line / 2, Math.max(1, to - from - line - 1), high - line)
  }

  #fillLevel(scene: FlameScene, level: number, left: number, right: number): void {
    const high = Math.round(levelHeight * scene.density) - Math.round(scene.density)
    this.#context.fillRect(left, this.#topOf(scene, level), right - left, high)
  }

  /** Top of a level in device pixels. */
  #topOf(scene: FlameScene, level: number): number {
    const { density, direction, top, height, axis } = scene
    const y =
      direction === 'down'
        ? (axis ? rulerHeight : 0) + level * levelHeight - top
        : height - (level + 1) * levelHeight + top
    return Math.round(y * density)
  }

  #inBody(scene: FlameScene, draw: () => void): void {
    this.#context.save()
    clipBody(this.#context, scene, this.#context.canvas.width)
    draw()
    this.#context.restore()
  }

  #paintRuler(scene: FlameScene, palette: Palette, width: number): void {
    const { axis, density, window } = scene
    const context = this.#context
    const height = Math.round(rulerHeight * density)
    context.fillStyle = palette.panel
    context.fillRect(0, 0, width, height)
    context.fillStyle = palette.line
    context.fillRect(0, height - 1, width, 1)
    const zero = axis?.zero ?? 0
    const share = axis?.kind === 'sum' ? `, ${formatShare((window.to - window.from) / wholeOf(scene))}` : ''
    const name = `${axis?.name ?? ''}${share}`
    const nameRoom = context.measureText(name).width + 14 * density
    const most = Math.max(2, Math.floor(scene.width / 110))
    const { ticks, base } = rulerFor(window.from - zero, window.to - zero, most)
    const middle = height / 2 + 0.5 * density
    const baseRoom = base === '' ? 0 : context.measureText(base).width + 16 * density
    for (const { time, label } of ticks) {
      const x = Math.round(pixelAt(scene, time + zero))
      context.fillStyle = palette.lineStrong
      context.fillRect(x, Math.round(height * 0.45), 1, Math.round(height * 0.55))
      const end = x + 4 * density + context.measureText(label).width
      if (x < baseRoom || end > width - nameRoom) continue
      context.fillStyle = palette.inkQuiet
      context.fillText(label, x + 4 * density, middle)
    }
    context.fillStyle = palette.ink
    if (base !== '') context.fillText(base, 6 * density, middle)
    context.fillStyle = palette.panel
    context.fillRect(width - nameRoom, 0, nameRoom, height - 1)
    context.fillStyle = palette.inkQuiet
    context.fillText(name, width - nameRoom + 8 * density, middle)
  }
}

/** Width of the whole picture in its own units. */
function wholeOf({ picture: { rectangles } }: FlameScene): number {
  return Math.max(1, rectangles.to - rectangles.from)
}

/** Where a value is, in device pixels. */
function pixelAt({ window, width, density }: FlameScene, value: number): number {
  return ((value - window.from) / (window.to - window.from)) * Math.round(width * density)
}

/** First level in sight, and the one after the last. */
function levelsInSight(scene: FlameScene): [number, number] {
  const first = Math.max(0, Math.floor(scene.top / levelHeight))
  const last = Math.ceil((scene.top + bodyHeight(scene)) / levelHeight)
  return [first, Math.min(levelCount(scene.picture), last)]
}

function clipBody(context: CanvasRenderingContext2D, { axis, density }: FlameScene, width: number): void {
  const top = axis ? Math.round(rulerHeight * density) : 0
  context.beginPath()
  context.rect(0, top, width, context.canvas.height - top)
  context.clip()
}

/** Diagonal lines over what is not certain. */
function hatchOf(context: CanvasRenderingContext2D, palette: Palette, density: number): CanvasPattern | null {
  const size = Math.round(6 * density)
  const canvas = document.createElement('canvas')
  canvas.width = size
  canvas.height = size
  const tile = canvas.getContext('2d')!
  tile.strokeStyle = palette.ink
  tile.globalAlpha = 0.3
  tile.lineWidth = Math.max(1, density)
  for (const shift of [-size, 0, size]) {
    tile.beginPath()
    tile.moveTo(shift, size)
    tile.lineTo(shift + size, 0)
    tile.stroke()
  }
  return context.createPattern(canvas, 'repeat')
}
