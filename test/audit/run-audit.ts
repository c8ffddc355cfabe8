import { runCommand } from '../../generators/command-line/run.ts'
import { auditCommand } from '../../generators/commands/audit.ts'

interface AuditRun {
  readonly exit: number
  readonly text: string
  readonly complaints: string
}

/** Options by their names, such as `{ rules: ['a.yml', 'b.yml'], json: true }`. */
export type AuditArguments = Readonly<Record<string, string | true | readonly string[]>>

/** What `botwatch audit` prints with these options. */
export async function runAudit(options: AuditArguments): Promise<AuditRun> {
  let [text, complaints] = ['', '']
  const args = Object.entries(options).flatMap(([name, words]) =>
    words === true ? [`--${name}`] : [words].flat().map((word) => `--${name}=${word}`),
  )
  const exit = await runCommand('botwatch audit', '', auditCommand, args, {
    out: (more) => {
      text += more
    },
    err: (more) => {
      complaints += more
    },
  })
  return { exit, text, complaints }
}
