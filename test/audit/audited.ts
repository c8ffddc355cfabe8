import { type AuditOptions, audit } from '../../generators/commands/audit.ts'

interface Audited {
  readonly exit: number
  readonly text: string
  readonly complaints: string
}

/** What `botwatch audit` says with these options. */
export async function audited(options: AuditOptions): Promise<Audited> {
  let [text, complaints] = ['', '']
  const exit = await audit(options, {
    write: (more) => {
      text += more
    },
    complain: (more) => {
      complaints += more
    },
  })
  return { exit, text, complaints }
}
