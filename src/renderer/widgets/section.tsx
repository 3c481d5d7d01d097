import './section.css'
import { type ReactNode, useId } from 'react'

interface SectionProps {
  readonly title: ReactNode
  /** What the title leaves open, quiet behind it. */
  readonly detail?: ReactNode
  /** Controls at the end of the title's line. */
  readonly toolbar?: ReactNode
  /** Takes all the height there is; its content scrolls by itself. Else it is as high as its content. */
  readonly fill?: boolean
  readonly children: ReactNode
}

/** A titled part of a screen. */
export function Section({ title, detail, toolbar, fill = false, children }: SectionProps) {
  const id = useId()
  return (
    <section className={fill ? 'section section-fill' : 'section'} aria-labelledby={id}>
      <header className="section-head">
        <h2 id={id}>{title}</h2>
        {detail && <span className="section-detail">{detail}</span>}
        {toolbar && <div className="section-toolbar">{toolbar}</div>}
      </header>
      <div className="section-body">{children}</div>
    </section>
  )
}
