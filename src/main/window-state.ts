import { isTheme, type Theme } from './page-message.ts'

/** A rectangle on the screens, in device independent pixels. */
export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What is remembered of the window from one start to the next. */
export interface WindowState {
  /** Where it was when it was neither maximised nor full screen; absent: it was never moved. */
  readonly bounds?: Rectangle
  readonly maximized: boolean
  readonly fullScreen: boolean
  /** The theme that its page showed last. */
  readonly theme: Theme
}

/** Where to open the window; without `x` and `y` the system centres it. */
export type WindowPlace = Pick<Rectangle, 'width' | 'height'> & Partial<Pick<Rectangle, 'x' | 'y'>>

/** Smallest size of the window: below it the panes hold nothing any more. */
export const smallestWindow = { width: 800, height: 500 }
const usualWindow = { width: 1440, height: 900 }
const freshState: WindowState = { maximized: false, fullScreen: false, theme: 'system' }
/** How much of the window's upper edge has to lie on a screen, so that a hand can grasp it. */
const graspable = { width: 120, height: 30 }

/** The state that a file holds. Whatever is wrong in it is as if it were not there. */
export function readWindowState(text: string | undefined): WindowState {
  const value = parse(text)
  if (typeof value !== 'object' || value === null) return freshState
  const { bounds, maximized, fullScreen, theme } = value as Record<string, unknown>
  return {
    ...(isRectangle(bounds) ? { bounds: pickRectangle(bounds) } : {}),
    maximized: maximized === true,
    fullScreen: fullScreen === true,
    theme: isTheme(theme) ? theme : 'system',
  }
}

/**
 * Where to open the window, given the screens that are there now without bars and docks, the main one first. A screen may
 * be gone or smaller than it was: the window is never larger than its screen, and never where nobody can grasp it.
 */
export function placeWindow(bounds: Rectangle | undefined, screens: readonly Rectangle[]): WindowPlace {
  const holder = bounds && screens.find((screen) => canBeGrasped(bounds, screen))
  const screen = holder ?? screens[0]
  const wanted = bounds ?? usualWindow
  const width = Math.max(smallestWindow.width, Math.min(wanted.width, screen?.width ?? wanted.width))
  const height = Math.max(smallestWindow.height, Math.min(wanted.height, screen?.height ?? wanted.height))
  return holder ? { x: bounds.x, y: bounds.y, width, height } : { width, height }
}

function canBeGrasped(bounds: Rectangle, screen: Rectangle): boolean {
  const width = Math.min(bounds.x + bounds.width, screen.x + screen.width) - Math.max(bounds.x, screen.x)
  const isAtHeight = bounds.y >= screen.y && bounds.y + graspable.height <= screen.y + screen.height
  return isAtHeight && width >= Math.min(graspable.width, bounds.width)
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRectangle(value: unknown): value is Rectangle {
  if (typeof value !== 'object' || value === null) return false
  const { x, y, width, height } = value as Record<string, unknown>
  const isSane = (number: unknown) => Number.isInteger(number) && Math.abs(number as number) <= 100_000
  return [x, y, width, height].every(isSane) && (width as number) > 0 && (height as number) > 0
}

function pickRectangle({ x, y, width, height }: Rectangle): Rectangle {
  return { x, y, width, height }
}
