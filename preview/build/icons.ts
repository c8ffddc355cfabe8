import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** The icons of the controls, at the path where the library loads them; no company logos. */
export function copyIcons(folder: string, to: string): void {
  cpSync(join(folder, 'node_modules/@grafana/ui/dist/public/img/icons'), to, {
    recursive: true,
    filter: (path) => !/(?:grafana|logo|slack|github|google|microsoft|okta|amazon)/.test(basename(path)),
  })
  // The package lacks the time picker's back icon: it is the forward icon, mirrored.
  const back = join(to, 'unicons/angle-double-left.svg')
  const forward = readFileSync(join(to, 'unicons/angle-double-right.svg'), 'utf8')
  if (!existsSync(back)) writeFileSync(back, forward.replace('<path', '<path transform="matrix(-1 0 0 1 24 0)"'))
}
