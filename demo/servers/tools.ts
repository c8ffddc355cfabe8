import { minimumVersions, type ToolName } from './versions.ts'

/** How a tool is called and obtained: its commands on PATH, its Debian and Ubuntu packages, and advice for a person. */
type ToolKind = Readonly<{
  /** Commands to try, best first; `args` come before all other arguments. */
  commands: readonly Readonly<{ command: string; args: readonly string[] }>[]
  versionArgs: readonly string[]
  /** A pattern of its version output, so that another program with the same name is not mistaken for it. */
  says: RegExp
  debianPackages: readonly string[]
  install: string
}>

/** All tools. */
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
    // until 2024 Debian shipped promtool in the prometheus package
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
  'victoria-logs': victoria('victoria-logs', 'VictoriaLogs'),
  vlagent: victoria('vlagent', 'vlagent of VictoriaLogs'),
  vmalert: victoria('vmalert', 'vmalert of VictoriaMetrics'),
})

/** The tools in display order. */
export const toolNames: readonly ToolName[] = Object.freeze(Object.keys(toolKinds) as ToolName[])

/** The programs of VictoriaMetrics; no Debian package has them. */
function victoria(name: 'victoria-logs' | 'vlagent' | 'vmalert', title: string): ToolKind {
  const repository = name === 'vmalert' ? 'VictoriaMetrics' : 'VictoriaLogs'
  return {
    commands: [
      { command: name, args: [] },
      { command: `${name}-prod`, args: [] },
    ],
    versionArgs: ['-version'],
    // such as victoria-logs-20260801-101112-tags-v1.52.2-0-g0123456789
    says: new RegExp(`^${name}-\\S*\\bv(\\d+\\.\\d+\\.\\d+)`, 'm'),
    debianPackages: [],
    install: `install ${title} ${minimumVersions[name]} or newer and put it on PATH (https://github.com/VictoriaMetrics/${repository}/releases), or put Go on PATH, which builds it`,
  }
}

function advice(title: string, minimum: string, page: string, formula: string): string {
  return `install ${title} ${minimum} or newer and put it on PATH (${page}; macOS: brew install ${formula})`
}
