/**
 * Text that shows as what it is: control characters, lone surrogates and marks that turn the direction of writing around (and so
 * make text read as something else) become U+FFFD. What is longer than `most` ends in `…`.
 */
export function printable(text: string, most = 4000): string {
  return (text.length > most ? `${text.slice(0, most)}…` : text).replace(unprintable, '\ufffd')
}

const unprintable = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu
