import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Metafile } from 'esbuild'

interface Manifest {
  readonly name?: string
  readonly version?: string
  readonly license?: string | { readonly type?: string }
}

interface Package {
  readonly name: string
  readonly version: string
  readonly licence: string
  /** The text of its licence file, or null if it has none. */
  readonly text: string | null
}

/** Licences that allow distributing the page together with its own code. */
const free =
  /^(?:0BSD|Apache-2\.0|BSD-[23]-Clause|BlueOak-1\.0\.0|CC0-1\.0|ISC|MIT|MPL-2\.0 OR Apache-2\.0|\(MPL-2\.0 OR Apache-2\.0\)|OFL-1\.1|Unlicense|Zlib)$/

/** The licences of everything in the page, as the text of its THIRD_PARTY_LICENSES; one that is not free fails the build. */
export function licencesOf({ outputs }: Metafile, folder: string): string {
  const files = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs))
  const packages = [...packagesIn(files, folder), ...known(folder)]
  const wrong = packages.filter(({ licence }) => !free.test(licence))
  if (wrong.length > 0)
    throw new Error(
      `the page contains packages whose licences are not on the list of free licences in build/licences.ts: ${wrong.map(({ name, licence }) => `${name} (${licence})`).join(', ')}. Review each before you add its licence to the list.`,
    )
  const byText = new Map<string, Package[]>()
  for (const one of packages) byText.set(textOf(one), [...(byText.get(textOf(one)) ?? []), one])
  return [
    'What the page of botwatch preview contains, and under which licences.\n',
    ...[...byText].map(
      ([text, all]) =>
        `${'-'.repeat(80)}\n${all.map(({ name, version, licence }) => `${name} ${version} (${licence})`).join('\n')}\n\n${text}\n`,
    ),
  ].join('\n')
}

/** Icons and fonts are not modules, so they appear in no import. */
const known = (folder: string): readonly Package[] => [
  {
    ...packageAt(join(folder, 'node_modules/@grafana/ui')),
    name: 'the icons of @grafana/ui, most of them Unicons by IconScout, as shipped in',
  },
  packageAt(join(folder, 'node_modules/@fontsource/inter')),
  packageAt(join(folder, 'node_modules/@fontsource/roboto-mono')),
]

function packagesIn(files: readonly string[], folder: string): readonly Package[] {
  const roots = new Set(
    files.flatMap((file) => {
      const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)
      return found === null ? [] : [join(folder, found[1] ?? '')]
    }),
  )
  const all = new Map([...roots].map(packageAt).map((one) => [`${one.name} ${one.version}`, one]))
  return [...all.values()].sort(
    (a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version, 'en'),
  )
}

function packageAt(root: string): Package {
  const manifest = manifestAbove(root)
  const file = readdirSync(root).find((name) => /^(?:licen[cs]e|copying)/i.test(name))
  const { license } = manifest
  const text = file === undefined ? null : readFileSync(join(root, file), 'utf8').trim()
  return {
    name: manifest.name ?? root,
    version: manifest.version ?? '',
    licence: (typeof license === 'string' ? license : license?.type) ?? namedBy(text),
    text,
  }
}

/** A package may contain folders whose own manifest only sets the module type. */
function manifestAbove(root: string): Manifest {
  const path = join(root, 'package.json')
  const found = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Manifest) : {}
  return found.name === undefined && root !== dirname(root) ? manifestAbove(dirname(root)) : found
}

/** Some packages give only the text of their licence. */
const namedBy = (text: string | null) =>
  text?.startsWith('This is free and unencumbered software released into the public domain.') ? 'Unlicense' : 'unknown'

const textOf = ({ text, licence }: Package) =>
  text ?? `The package names its licence, ${licence}, but includes no text.`
