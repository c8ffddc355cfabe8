import { filledIn, type Setting } from '../../stack/settings.ts'

// What services have in common.

export const nobodyUser = '65534:65534'
export const common = {
  restart: 'unless-stopped',
  logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } },
} as const
export const confinement = { cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] } as const

/** A bind mount whose source must exist: the short syntax would create an empty folder instead. */
export const bindMount = (source: string, target: string) => ({
  type: 'bind',
  source,
  target,
  read_only: true,
  bind: { create_host_path: false },
})

export const portMapping = (setting: Setting, port: number) => `127.0.0.1:${filledIn(setting)}:${port}`
export const portOf = (place: string) => Number(place.slice(place.lastIndexOf(':') + 1))
export const asks = (port: number, path: string) => [
  'CMD',
  'wget',
  '-q',
  '-O',
  '/dev/null',
  `http://127.0.0.1:${port}${path}`,
]
export const healthcheck = (test: readonly string[]) => ({
  test,
  interval: '10s',
  timeout: '5s',
  retries: 6,
  start_period: '30s',
})

/** A folder of every base image in which any user may write: a new volume gets the permissions of the folder that it covers. */
export const writableByAll = '/var/tmp'
