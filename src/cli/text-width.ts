import { stripVTControlCharacters } from 'node:util'

/** Columns that a text takes in a terminal, colours not counted. Wide characters count as one: names here are Latin. */
export function widthOf(text: string): number {
  return [...stripVTControlCharacters(text)].length
}

/** The text with spaces up to a width: after it, or before it where `align` is `right`. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const fill = ' '.repeat(Math.max(0, width - widthOf(text)))
  return align === 'left' ? text + fill : fill + text
}

/** At most `width` characters of a text without colours; an ellipsis stands for what is cut off its end. */
export function shorten(text: string, width: number): string {
  const characters = [...text]
  if (characters.length <= width) return text
  return width < 1 ? '' : `${characters.slice(0, width - 1).join('')}…`
}

/** A text of user code on one line and without codes that would move a terminal's cursor. */
export function oneLine(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
}

/** A text on lines of at most `width` characters, broken at spaces; a word that is longer stays whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}
