import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Edge, edges, edgesOf, files, isPackage, loadedBy, read, sources } from './repository.ts'

const metricWords = loadedBy(
  ['metrics', 'contract-form', 'log-line', 'mistake'].map((name) => `definitions/language/${name}.ts`),
)
const isBotFile = (path: string) =>
  /^definitions\/(?!language|exporters|contract|delivery|logs|targets)[\w-]+\//.test(path)
/** The entry points of what a bot loads from its definitions. */
const isLoaded = (path: string) => isBotFile(path) && /\/(metrics|labels|day|status|log-events)\.ts$/.test(path)
const botsLoad = loadedBy(sources.filter(isLoaded))

const under =
  (...folders: readonly string[]) =>
  (path: string) =>
    folders.some((folder) => path === folder || path.startsWith(`${folder}/`))

/** Where a file is, and what it may import apart from packages; the first match counts. */
const directions: readonly (readonly [of: (path: string) => boolean, may: (to: string, from: string) => boolean])[] = [
  [under('definitions/language'), under('definitions/language')],
  [under('definitions/exporters'), under('definitions/exporters', 'definitions/language')],
  [under('definitions/contract'), under('definitions/contract', 'definitions/language')],
  [under('definitions/delivery'), under('definitions/delivery', 'definitions/exporters', 'definitions/language')],
  [under('definitions/logs'), under('definitions/logs', 'definitions/exporters', 'definitions/language')],
  [under('definitions/exchange'), under('definitions/exchange', 'definitions/language')],
  [under('definitions/watchers'), under('definitions/watchers', 'definitions/exporters', 'definitions/language')],
  [under('definitions/targets'), under('definitions/targets', 'definitions/exporters', 'definitions/language')],
  [
    isBotFile,
    (to, from) =>
      under(
        'definitions/language',
        'definitions/exporters',
        'definitions/exchange',
        'definitions/watchers',
        from.split('/').slice(0, 2).join('/'),
      )(to),
  ],
  [under('definitions/index.ts'), isBotFile],
  [under('runtime'), (to) => under('runtime')(to) || metricWords.has(to)],
  // The watchdog command is the runtime's, under botwatch's name.
  [under('generators/commands/watchdog.ts'), under('generators', 'definitions/language', 'runtime')],
  // What every bot gets is added in passes; every other generator reads it from the model.
  [
    under('generators/resolve'),
    under(
      'generators',
      'definitions/language',
      'definitions/contract',
      'definitions/delivery',
      'definitions/logs',
      'definitions/targets',
    ),
  ],
  [under('generators'), under('generators', 'definitions/language')],
  [under('demo/servers'), under('demo/servers')],
  [under('demo/stage', 'demo/main.ts'), under('demo', 'generators', 'definitions')],
  [
    under('demo'),
    (to, from) =>
      under('runtime', 'demo/paper', from.split('/').slice(0, 2).join('/'))(to) ||
      metricWords.has(to) ||
      botsLoad.has(to),
  ],
  [under('preview'), under('preview')],
  [under('test'), () => true],
]

function against(all: readonly Edge[]): readonly string[] {
  return all
    .filter(({ to }) => !isPackage(to) && !to.startsWith('node:'))
    .filter(({ from, to }) => !(directions.find(([of]) => of(from))?.[1](to, from) ?? false))
    .map(({ from, to }) => `${from} imports ${to}`)
}

test('I2: imports go one way', () => {
  assert.ok(edges.length > 1000)
  assert.deepEqual(against(edges), [])
})

test('I2: no import uses an absolute or computed path, except those of definitions, their alert cases and their plays', () => {
  assert.deepEqual(
    edges.filter((edge) => edge.of.startsWith('/') || edge.of === '').map((edge) => edge.from),
    ['generators/commands/load.ts', 'test/alerts/bots.ts', 'test/day/bots.ts'],
  )
})

const planted = [
  ['definitions/language/unit.ts', "import { bots } from '../index.ts'", 'definitions/index.ts'],
  ['definitions/mcbot/labels.ts', "export * from '../arbot/labels.ts'", 'definitions/arbot/labels.ts'],
  [
    'definitions/mcbot/labels.ts',
    "import type { Model } from '../../generators/model/model.ts'",
    'generators/model/model.ts',
  ],
  ['runtime/serve.ts', "import { alert } from '../definitions/language/alert.ts'", 'definitions/language/alert.ts'],
  ['runtime/serve.ts', "const a = await import('../definitions/mcbot/metrics.ts')", 'definitions/mcbot/metrics.ts'],
  [
    'generators/model/model.ts',
    "import { mcbot } from '../../definitions/mcbot/index.ts'",
    'definitions/mcbot/index.ts',
  ],
  [
    'definitions/language/bot.ts',
    "import { contractDefinitions } from '../contract/index.ts'",
    'definitions/contract/index.ts',
  ],
  [
    'generators/checks/run.ts',
    "import { contractDefinitions } from '../../definitions/contract/index.ts'",
    'definitions/contract/index.ts',
  ],
  ['generators/model/model.ts', "import { serve } from '../../runtime/index.ts'", 'runtime/index.ts'],
  [
    'demo/mcbot/bot.ts',
    "import { resolve } from '../../generators/resolve/resolve.ts'",
    'generators/resolve/resolve.ts',
  ],
  [
    'demo/mcbot/bot.ts',
    "import { executionAlerts } from '../../definitions/mcbot/execution/alerts.ts'",
    'definitions/mcbot/execution/alerts.ts',
  ],
  ['demo/servers/find.ts', "require('../stage/phone.ts')", 'demo/stage/phone.ts'],
  ['preview/main.ts', "import { outputs } from '../generators/outputs/outputs.ts'", 'generators/outputs/outputs.ts'],
] as const

for (const [from, text, to] of planted)
  test(`I2: a wrong import is found: ${to} in ${from}`, () => {
    assert.deepEqual(against(edgesOf(from, text)), [`${from} imports ${to}`])
  })

test('I3: a bot loads only the metric words of its definitions', () => {
  assert.ok(botsLoad.has('definitions/mcbot/metrics.ts'))
  assert.deepEqual(
    [...botsLoad].filter((path) => !isBotFile(path) && !metricWords.has(path)),
    [],
  )
  assert.deepEqual(
    [...metricWords].filter((path) => /\/(query\/|alert|panel|dashboard|bot\.)/.test(path)),
    [],
  )
  const withBuilder = [
    ...edges,
    ...edgesOf('definitions/mcbot/labels.ts', "import { sum } from '../language/index.ts'"),
  ]
  assert.ok(loadedBy(['definitions/mcbot/metrics.ts'], withBuilder).has('definitions/language/query/expression.ts'))
})

/** The folder of an output, such as `generators/outputs/grafana`; undefined for any other file. */
const outputOf = (path: string) => /^generators\/outputs\/[\w-]+(?=\/)/.exec(path)?.[0]

const acrossOutputs = (all: readonly Edge[]) =>
  all
    .filter(({ from, to }) => {
      const target = outputOf(to)
      if (target === undefined || target === outputOf(from)) return false
      return !under('generators/outputs/outputs.ts', 'generators/commands', 'demo', 'test')(from)
    })
    .map(({ from, to }) => `${from} imports ${to}`)

test('I4: outputs do not import each other', () => {
  const folders = new Set(files.flatMap((path) => outputOf(path) ?? []))
  assert.ok(folders.has('generators/outputs/prometheus') && folders.has('generators/outputs/grafana'))
  assert.deepEqual(acrossOutputs(edges), [])
  const wrong = edgesOf('generators/outputs/grafana/links.ts', "import type { x } from '../prometheus/rules.ts'")
  assert.deepEqual(acrossOutputs(wrong), [
    'generators/outputs/grafana/links.ts imports generators/outputs/prometheus/rules.ts',
  ])
})

/** Where each library may be imported, apart from the tests. */
const homes: Readonly<Record<string, (path: string) => boolean>> = {
  'prom-client': under('runtime/client.ts'),
  pino: under('runtime/logs'),
  'pino-roll': under('runtime/logs/destinations.ts'),
  yaml: under('generators/text/yaml.ts'),
  '@grafana/grafana-foundation-sdk': under('generators/outputs/grafana'),
  '@prometheus-io/lezer-promql': under('generators/promql'),
  '@lezer/common': under('generators/promql'),
  diff: under('generators/write/diff.ts'),
  tsx: under('generators/commands/load.ts'),
  zod: under('generators/commands', 'generators/write', 'generators/contract', 'demo/servers'),
  tar: under('demo/servers/archive.ts'),
  fzstd: under('demo/servers/archive.ts'),
  'xz-decompress': under('demo/servers/archive.ts'),
}
const toPackages = (all: readonly Edge[]) =>
  all.filter(({ from, to }) => isPackage(to) && !to.startsWith('node:') && to !== '' && !under('test', 'preview')(from))
const homeless = (all: readonly Edge[]) =>
  toPackages(all)
    .filter(({ from, to }) => !(homes[to]?.(from) ?? false))
    .map(({ from, to }) => `${from} imports ${to}`)

test('I5: every library has one home', () => {
  assert.deepEqual(homeless(edges), [])
  for (const name of Object.keys(homes))
    assert.ok(
      toPackages(edges).some((edge) => edge.to === name),
      `${name} is used`,
    )
  assert.deepEqual(homeless(edgesOf('generators/outputs/prometheus/rules.ts', "import { stringify } from 'yaml'")), [
    'generators/outputs/prometheus/rules.ts imports yaml',
  ])
  assert.deepEqual(homeless(edgesOf('definitions/language/unit.ts', "import { z } from 'zod'")), [
    'definitions/language/unit.ts imports zod',
  ])
})

test('I5: shipped code imports only what its package declares, each in one exact version', () => {
  for (const [manifest, of] of [
    ['package.json', under('generators', 'definitions')],
    ['runtime/package.json', under('runtime')],
  ] as const) {
    const { dependencies, peerDependencies = {} } = JSON.parse(read(manifest)) as Readonly<
      Record<'dependencies' | 'peerDependencies', Readonly<Record<string, string>>>
    >
    const used = new Set(toPackages(edges.filter((edge) => of(edge.from))).map((edge) => edge.to))
    assert.deepEqual(
      [...used].filter((name) => !(name in dependencies || name in peerDependencies)),
      [],
      manifest,
    )
    assert.deepEqual(
      Object.values(dependencies).filter((range) => !/^\d+\.\d+\.\d+$/.test(range)),
      [],
      manifest,
    )
  }
})
