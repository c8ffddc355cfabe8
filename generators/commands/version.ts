import { readFileSync } from 'node:fs'

/** The version of this package. */
export function version(): string {
  // The compiled file is one folder deeper.
  const folder = import.meta.url.endsWith('.ts') ? '../../' : '../../../'
  const manifest = JSON.parse(readFileSync(new URL(`${folder}package.json`, import.meta.url), 'utf8'))
  return (manifest as { readonly version: string }).version
}
