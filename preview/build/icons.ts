import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** The icons of the controls, from where the library asks for them; no company's sign is among them. */
export function copyIcons(folder: string, to: string): void {
  cpSync(join(folder, 'node_modules/@grafana/ui/dist/public/img/icons'), to, {
    recursive: true,
    filter: (path) => !/(?:grafana|logo|slack|github|google|microsoft|okta|amazon)/.test(basename(path)),
  })
  // The time picker's way back is missing in the package: it is the way forward, mirrored.
  const back = join(to, 'unicons/angle-double-left.svg')
  const forward = readFileSync(join(to, 'unicons/angle-double-right.svg'), 'utf8')
  if (!existsSync(back)) writeFileSync(back, forward.replace('<path', '<path transform="matrix(-1 0 0 1 24 0)"'))
}
