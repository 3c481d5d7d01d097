import './figure.css'
import { type ReactNode, useId } from 'react'
import { useStore } from 'zustand'
import { choose, preferencesStore } from '../state/preferences.ts'
import { Button } from './button.tsx'

interface FigureProps {
  /** Under this name it is remembered whether the picture or its table is shown. */
  readonly name: string
  readonly title: ReactNode
  /** What the axes are and what to see in it: `Each dot is a trial; time in ms, in the order they ran`. */
  readonly caption?: ReactNode
  readonly picture: ReactNode
  /** The same numbers as a table. */
  readonly table: ReactNode
  /** More controls, before the one that switches. */
  readonly toolbar?: ReactNode
}

/** A picture with its title, its caption, and its table twin, which a button switches to. It fills its place. */
export function Figure({ name, title, caption, picture, table, toolbar }: FigureProps) {
  const id = useId()
  const asTable = useStore(preferencesStore, ({ choices }) => choices[`${name}.twin`]) === 'table'
  return (
    <figure className="figure" aria-labelledby={id}>
      <div className="figure-head">
        <h3 id={id}>{title}</h3>
        <div className="figure-toolbar">
          {toolbar}
          <Button
            kind="quiet"
            aria-describedby={id}
            onClick={() => choose(`${name}.twin`, asTable ? 'picture' : 'table')}
          >
            {asTable ? 'Picture' : 'Table'}
          </Button>
        </div>
      </div>
      <div className="figure-body">{asTable ? table : picture}</div>
      {caption && !asTable && <figcaption className="figure-caption">{caption}</figcaption>}
    </figure>
  )
}
