import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'

interface FlameTipProps {
  /** Where the pointer is, in pixels within `host`. */
  readonly x: number
  readonly y: number
  readonly host: RefObject<HTMLElement | null>
  readonly children: ReactNode
}

/** Says what is under the pointer, beside it. It reaches beyond the picture where that is low. */
export function FlameTip({ x, y, host, children }: FlameTipProps) {
  const tip = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const [element, around] = [tip.current, host.current?.getBoundingClientRect()]
    if (element === null || around === undefined) return
    const { offsetWidth, offsetHeight } = element
    const [pointerX, pointerY] = [around.left + x, around.top + y]
    const left = pointerX + 14 + offsetWidth > innerWidth ? pointerX - 10 - offsetWidth : pointerX + 14
    const top = pointerY + 18 + offsetHeight > innerHeight ? pointerY - 10 - offsetHeight : pointerY + 18
    element.style.transform = `translate(${Math.round(Math.max(4, left))}px, ${Math.round(Math.max(4, top))}px)`
  })
  return createPortal(
    <div ref={tip} className="flame-tip" aria-hidden="true">
      {children}
    </div>,
    document.body,
  )
}
