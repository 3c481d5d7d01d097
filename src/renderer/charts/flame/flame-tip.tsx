import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react'

interface FlameTipProps {
  /** Where the pointer is, in pixels within `host`. */
  readonly x: number
  readonly y: number
  readonly host: RefObject<HTMLElement | null>
  readonly children: ReactNode
}

/** Says what is under the pointer, beside it and inside of the picture. */
export function FlameTip({ x, y, host, children }: FlameTipProps) {
  const tip = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const [element, around] = [tip.current, host.current]
    if (element === null || around === null) return
    const { offsetWidth, offsetHeight } = element
    const left = x + 14 + offsetWidth > around.clientWidth ? x - 10 - offsetWidth : x + 14
    const top = y + 18 + offsetHeight > around.clientHeight ? y - 10 - offsetHeight : y + 18
    element.style.transform = `translate(${Math.round(Math.max(4, left))}px, ${Math.round(Math.max(4, top))}px)`
  })
  return (
    <div ref={tip} className="flame-tip" aria-hidden="true">
      {children}
    </div>
  )
}
