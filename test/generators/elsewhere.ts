import { host } from '../../generators/model/places.ts'

/** A host on which nothing stands where it stands in a container. */
export const elsewhere = host({
  folder: '/srv/bot',
  secrets: '/srv/secrets',
  targets: '/srv/targets.yml',
  prometheus: '127.0.0.1:1',
  alertmanager: '127.0.0.1:2',
  nodeExporter: '127.0.0.1:3',
  env: 'paper',
})
