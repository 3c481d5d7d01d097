// Makes the icons of the packages from `icon.svg`, with ImageMagick: `node resources/icons/make-icons.mjs`. They are kept beside
// it, so that packaging needs no ImageMagick.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

const folder = import.meta.dirname
const source = join(folder, 'icon.svg')
/** Sizes that Windows picks from, in pixels. */
const windowsSizes = [16, 24, 32, 48, 64, 128, 256]

/** @param {string[]} words */
function convert(...words) {
  execFileSync('convert', ['-background', 'none', source, ...words])
}

// Linux and macOS make theirs from the large one.
convert('-resize', '1024x1024', '-depth', '8', '-strip', join(folder, 'icon.png'))
convert('-define', `icon:auto-resize=${windowsSizes.toReversed().join(',')}`, join(folder, 'icon.ico'))
