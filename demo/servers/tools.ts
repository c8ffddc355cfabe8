import { minimumVersions, type ToolName } from './versions.ts'

/** How a tool is called and installed: its commands on PATH, Debian and Ubuntu packages, and advice for a person. */
type ToolKind = Readonly<{
  /** Ways to call it, best first; the arguments come before all others. */
  commands: readonly Readonly<{ command: string; args: readonly string[] }>[]
  versionArgs: readonly string[]
  /** The name in its version output, so that another program with the same name is not mistaken for it. */
  says: RegExp
  debianPackages: readonly string[]
  install: string
}>

/** Every tool there is. */
export const toolKinds: Readonly<Record<ToolName, ToolKind>> = Object.freeze({
  prometheus: {
    commands: [{ command: 'prometheus', args: [] }],
    versionArgs: ['--version'],
    says: /^prometheus, version (\S+)/m,
    debianPackages: ['prometheus'],
    install: advice('Prometheus', minimumVersions.prometheus, 'https://prometheus.io/download/', 'prometheus'),
  },
  promtool: {
    commands: [{ command: 'promtool', args: [] }],
    versionArgs: ['--version'],
    says: /^promtool, version (\S+)/m,
    // until 2024 Debian shipped promtool in the server's package
    debianPackages: ['promtool', 'prometheus'],
    install: advice('promtool', minimumVersions.promtool, 'https://prometheus.io/download/', 'prometheus'),
  },
  alertmanager: {
    commands: [
      { command: 'alertmanager', args: [] },
      { command: 'prometheus-alertmanager', args: [] },
    ],
    versionArgs: ['--version'],
    says: /^alertmanager, version (\S+)/m,
    debianPackages: ['prometheus-alertmanager'],
    install: advice('Alertmanager', minimumVersions.alertmanager, 'https://prometheus.io/download/', 'alertmanager'),
  },
  amtool: {
    commands: [{ command: 'amtool', args: [] }],
    versionArgs: ['--version'],
    says: /^amtool, version (\S+)/m,
    debianPackages: ['prometheus-alertmanager'],
    install: advice('amtool', minimumVersions.amtool, 'https://prometheus.io/download/', 'alertmanager'),
  },
  node_exporter: {
    commands: [
      { command: 'node_exporter', args: [] },
      { command: 'prometheus-node-exporter', args: [] },
    ],
    versionArgs: ['--version'],
    says: /^node_exporter, version (\S+)/m,
    debianPackages: ['prometheus-node-exporter'],
    install: advice('node exporter', minimumVersions.node_exporter, 'https://prometheus.io/download/', 'node_exporter'),
  },
  'docker-compose': {
    commands: [
      { command: 'docker-compose', args: [] },
      { command: 'docker', args: ['compose'] },
    ],
    versionArgs: ['version'],
    says: /^Docker Compose version (\S+)/m,
    debianPackages: ['docker-compose', 'docker-compose-v2'],
    install: advice(
      'Docker Compose',
      minimumVersions['docker-compose'],
      'https://docs.docker.com/compose/install/',
      'docker-compose',
    ),
  },
})

/** The tools in the order in which they are shown. */
export const toolNames: readonly ToolName[] = Object.freeze(Object.keys(toolKinds) as ToolName[])

function advice(title: string, minimum: string, page: string, formula: string): string {
  return `install ${title} ${minimum} or newer and put it on PATH (${page}; macOS: brew install ${formula})`
}
