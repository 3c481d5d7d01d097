import './button.css'
import type { ButtonHTMLAttributes } from 'react'

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary`: the one action of a place. `quiet`: without a frame, in bars and rows. */
  readonly kind?: 'primary' | 'quiet'
}

/** A button that does something here. What leads elsewhere is a link. */
export function Button({ kind, className, ...rest }: ButtonProps) {
  const classes = ['button', kind && `button-${kind}`, className].filter(Boolean).join(' ')
  return <button type="button" className={classes} {...rest} />
}
