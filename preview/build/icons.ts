import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Plugin } from 'esbuild'

/** The icons of the controls, at the path where the library loads them; no company logos. */
export function copyIcons(folder: string, to: string): void {
  cpSync(source(folder), to, {
    recursive: true,
    filter: (path) => !/(?:grafana|logo|slack|github|google|microsoft|okta|amazon)/.test(basename(path)),
  })
  const back = join(to, 'unicons/angle-double-left.svg')
  if (!existsSync(back)) writeFileSync(back, iconText(folder, 'angle-double-left'))
}

/** The icons that are visible on every dashboard, or once the server is gone; they are part of the script, since each would be a request. */
const atOnce = [
  'angle-double-left',
  'angle-double-right',
  'angle-down',
  'angle-up',
  'clock-nine',
  'exclamation-circle',
  'exclamation-triangle',
  'info-circle',
  'search-minus',
  'sync',
  'times',
]

/** Lets a script import their texts by name as `icons-at-once`. */
export const iconsAtOnce = (folder: string): Plugin => ({
  name: 'icons-at-once',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^icons-at-once$/ }, ({ path }) => ({ path, namespace: 'icons' }))
    onLoad({ filter: /.*/, namespace: 'icons' }, () => ({
      contents: JSON.stringify(Object.fromEntries(atOnce.map((name) => [name, iconText(folder, name)]))),
      loader: 'json',
    }))
  },
})

const source = (folder: string) => join(folder, 'node_modules/@grafana/ui/dist/public/img/icons')

function iconText(folder: string, name: string): string {
  const at = (icon: string) => join(source(folder), `unicons/${icon}.svg`)
  if (existsSync(at(name)) || name !== 'angle-double-left') return readFileSync(at(name), 'utf8')
  // The package lacks the time picker's back icon: it is the forward icon, mirrored.
  return readFileSync(at('angle-double-right'), 'utf8').replace('<path', '<path transform="matrix(-1 0 0 1 24 0)"')
}
