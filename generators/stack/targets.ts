import { fileHeader } from '../text/header.ts'

/** Where a bot's own process is; each value may be a `${VARIABLE}` that whoever writes the file fills in. */
interface TargetEntry {
  readonly bot: string
  readonly env: string
  readonly instance: string
  /** Free labels; an empty value means that the label is missing. */
  readonly labels?: Readonly<Record<string, string>>
  /** Host and port of its `/metrics`, as Prometheus reaches it. */
  readonly address: string
}

/** The file at `places.targets`: the one place that says where the bot is and in which environment it runs. */
export function targetsFile({ bot, env, instance, address, labels = {} }: TargetEntry): string {
  const all = Object.entries({ bot, env, instance, ...labels })
  // Block scalars: a value that is filled in later may contain quotes.
  return `${fileHeader()}- targets:
    - |-
      ${address}
  labels:
${all.map(([label, value]) => `    ${label}: |-\n      ${value}\n`).join('')}`
}
