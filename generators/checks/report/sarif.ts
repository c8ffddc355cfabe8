import { checkOf } from '../index.ts'
import { type LocatedFinding, pageOf } from './located.ts'

/** All findings as SARIF 2.1.0: the location is the definition; the PromQL and the part that is meant are properties. */
export function asSarif(all: readonly LocatedFinding[], version: string): string {
  const codes = [...new Set(all.map(({ code }) => code))].sort()
  return `${JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'botwatch', version, rules: codes.map((code) => ruleOf(code, all)) } },
          columnKind: 'utf16CodeUnits',
          results: all.map((one) => resultOf(one, codes.indexOf(one.code))),
        },
      ],
    },
    null,
    2,
  )}\n`
}

function ruleOf(code: string, all: readonly LocatedFinding[]): object {
  const check = checkOf(code)
  const page = pageOf(code)
  const [first] = all.filter((one) => one.code === code)
  return {
    id: code,
    name: check?.name ?? code,
    shortDescription: { text: `${check?.finds ?? 'A definition has a defect that stops generation'}.` },
    ...(page === null ? {} : { help: { text: `See ${page}.`, markdown: `See [${page}](${page}).` } }),
    defaultConfiguration: { level: check?.severity ?? first?.severity ?? 'error' },
  }
}

function resultOf(
  { code, severity, of, bot, message, fix, file, line, columns, in: place }: LocatedFinding,
  ruleIndex: number,
): object {
  return {
    ruleId: code,
    ruleIndex,
    level: severity,
    message: { text: [`${of}: ${message}.`, fix].filter((part) => part !== '').join(' ') },
    locations: [
      {
        ...(file === ''
          ? {}
          : {
              physicalLocation: {
                artifactLocation: { uri: uriOf(file) },
                region: { startLine: line, ...columnsOf(columns) },
              },
            }),
        logicalLocations: [{ name: of, fullyQualifiedName: `${bot}/${of}` }],
      },
    ],
    // the same finding in two runs is one, even if its line has moved
    partialFingerprints: { 'botwatch/v1': [code, bot, of, message].join(' ') },
    ...(place === null
      ? {}
      : {
          properties: {
            expression: place.text,
            part: place.text.slice(place.from, place.to),
            from: place.from,
            to: place.to,
          },
        }),
  }
}

const columnsOf = (columns: LocatedFinding['columns']) =>
  columns === null ? {} : { startColumn: columns[0], endColumn: columns[1] }

const uriOf = (file: string) => file.split('/').map(encodeURIComponent).join('/')
