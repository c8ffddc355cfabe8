import { cpSync } from 'node:fs'
import { join } from 'node:path'

/** The font files that the library's styles load; each is the Latin subset of the font. */
const files = {
  'inter/Inter-Regular.woff2': 'inter/files/inter-latin-400-normal.woff2',
  'inter/Inter-Medium.woff2': 'inter/files/inter-latin-500-normal.woff2',
  'inter/Inter-Italic.woff2': 'inter/files/inter-latin-400-italic.woff2',
  'inter/Inter-MediumItalic.woff2': 'inter/files/inter-latin-500-italic.woff2',
  'roboto/L0xTDF4xlVMF-BfR8bXMIhJHg45mwgGEFl0_3vrtSM1J-gEPT5Ese6hmHSh0mQ.woff2':
    'roboto-mono/files/roboto-mono-latin-400-normal.woff2',
}

/** Copies the fonts next to the page, so that it needs no other server. */
export function copyFonts(folder: string, to: string): void {
  for (const [asked, file] of Object.entries(files))
    cpSync(join(folder, 'node_modules/@fontsource', file), join(to, asked))
}
