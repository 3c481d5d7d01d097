import { useEffect, useRef, useState } from 'react'
import type { TimeSpan } from './model.ts'

/** What is looked at, told a moment after it came to rest: the picture itself does not wait for React. */
export function useShown(first: TimeSpan): readonly [TimeSpan, (view: TimeSpan) => void] {
  const [shown, setShown] = useState(first)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const [tell] = useState(() => (view: TimeSpan) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setShown(view), 150)
  })
  return [shown, tell]
}
