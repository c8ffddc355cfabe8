/** A program of the monitoring stack that the demo and the tests actually run. */
export type ToolName =
  | 'prometheus'
  | 'promtool'
  | 'alertmanager'
  | 'amtool'
  | 'node_exporter'
  | 'docker-compose'
  | 'victoria-logs'
  | 'vlagent'
  | 'vmalert'

/** A platform with official releases, named as in their file names. */
export type Platform = 'linux-amd64' | 'linux-arm64' | 'darwin-amd64' | 'darwin-arm64'

/** The minimum versions; an older tool counts as missing. */
export const minimumVersions: Readonly<Record<ToolName, string>> = Object.freeze({
  prometheus: '3.0.0',
  promtool: '3.0.0',
  // the payload of a webhook, as tried on 0.33.1; telegram's chat_id_file came with 0.31
  alertmanager: '0.33.0',
  amtool: '0.33.0',
  node_exporter: '1.5.0',
  'docker-compose': '2.23.1',
  // the versions that were tried
  'victoria-logs': '1.52.2',
  vlagent: '1.52.2',
  vmalert: '1.148.9',
})

/** An official release: the tools in its archive, and the SHA-256 of the archive by platform, as far as known. */
export type Release = Readonly<{
  repository: string
  version: string
  tools: readonly ToolName[]
  sha256: Readonly<Partial<Record<Platform, string>>>
}>

/**
 * The official releases that may be downloaded. Each checksum is from the project's own sha256sums.txt, confirmed by at least two
 * independent sources; a platform without such a confirmation is left out and uses the other sources.
 */
export const releases: readonly Release[] = Object.freeze([
  {
    repository: 'prometheus/prometheus',
    version: '3.13.1',
    tools: ['prometheus', 'promtool'],
    sha256: {
      'linux-amd64': '962b812371aff838d152b6ff2d56fdb7a6396f5542f48ebf73421b9721f0d103',
      'linux-arm64': 'fbd8e5e0f6ad2e7d053e717739186caee4fd0cab2cf9335bfc86c292fe2a2bfe',
      'darwin-amd64': 'bc6cef4bdbeb3d0974ac161684dd2a0c4d4e341a13a4a634917b1c09d0f33fc5',
      'darwin-arm64': '28d1f1224b2a22f84c801487fad4b3bd58f94a8cb58cf9340557e787030c9703',
    },
  },
  {
    repository: 'prometheus/alertmanager',
    version: '0.33.1',
    tools: ['alertmanager', 'amtool'],
    sha256: {
      'linux-amd64': '93d802cba6a8d27239d747ce117df7648d326ab67394e32247540b030e9842ba',
      'linux-arm64': '50b32a346c3c29da411643dfa84990440e8fd03800380d7e664f22a863b7a0cf',
    },
  },
  {
    repository: 'prometheus/node_exporter',
    version: '1.12.1',
    tools: ['node_exporter'],
    sha256: {
      'linux-amd64': 'b51d8a76aa2a9156a55d501aca6276fae09e262259a5e4e831d2c2222f084e63',
      'linux-arm64': 'ad35b605f9954b9f1ffddf5ba054bdc5a98d790b9eae5291e1eeb83f1ecbd0e7',
    },
  },
  {
    repository: 'docker/compose',
    version: '2.40.2',
    tools: ['docker-compose'],
    sha256: {
      'linux-amd64': '6c964d9655cd629ef43c5dc75d9612c2da319237debee54a7aef217e9f362b88',
      'linux-arm64': '20e30dda8d0133895b7991bcfec1eb2c02f9d38c8de9e73669daf9fb83df49e6',
      'darwin-arm64': 'cc3a8774fdadf65b53a12ef54b3e0e63f2267e1e843ebfa46c4976fc4f80b46b',
    },
  },
] satisfies Release[])

/** Programs that a Go toolchain builds from pinned modules; Go verifies their checksums against its checksum database. */
export type GoBuild = Readonly<{
  title: string
  version: string
  programs: readonly Readonly<{ tool: ToolName; module: string; version: string }>[]
}>

/** What is built with Go if nothing else has it: at exactly the versions of the stack's images. */
export const goBuilds: readonly GoBuild[] = Object.freeze([
  {
    title: 'victoria',
    version: '1.52.2',
    programs: [
      { tool: 'victoria-logs', module: 'github.com/VictoriaMetrics/VictoriaLogs', version: '1.52.2' },
      { tool: 'vlagent', module: 'github.com/VictoriaMetrics/VictoriaLogs', version: '1.52.2' },
      // 1.149 and newer have a replace directive in their module, which `go install` refuses
      { tool: 'vmalert', module: 'github.com/VictoriaMetrics/VictoriaMetrics', version: '1.148.9' },
    ],
  },
] satisfies GoBuild[])
