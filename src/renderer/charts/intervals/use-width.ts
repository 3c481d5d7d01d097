import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

/** The width in pixels of the element that `place` is given to, followed; `before` until it is known. */
export function useWidth<Place extends HTMLElement>(before: number): [place: RefObject<Place | null>, width: number] {
  const place = useRef<Place>(null)
  const [width, setWidth] = useState(before)
  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => setWidth(place.current?.clientWidth ?? before))
    observer.observe(place.current!)
    return () => observer.disconnect()
  }, [before])
  return [place, width]
}
