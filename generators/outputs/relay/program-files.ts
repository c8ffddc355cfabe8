import { readdirSync, readFileSync } from 'node:fs'

const folder = new URL('./program/', import.meta.url)

/** The program's own source files by name: it runs where only the generated folder is, so they are copied as they are. */
export const programFiles = (): readonly (readonly [name: string, text: string])[] =>
  readdirSync(folder)
    // where this is compiled, declarations of its types are next to them
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .sort()
    .map((name) => [name, readFileSync(new URL(name, folder), 'utf8')])
