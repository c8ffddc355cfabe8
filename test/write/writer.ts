import { write } from '../../generators/write/write.ts'

/** What the process that runs this file should do, as JSON in its first argument. */
export type WriterTask = {
  readonly target: string
  readonly files: Readonly<Record<string, string>>
  /** Kill itself before this operation, counted from 0. */
  readonly killAt?: number
  /** Drop root privileges first, since permissions do not apply to root. */
  readonly user?: number
}

/** Prints the problems of one run of the writer and the number of its operations. */
const order: WriterTask = JSON.parse(process.argv[2] ?? '')
if (order.user !== undefined) process.setuid?.(order.user)
let operations = 0
const plan = await write(order.target, new Map(Object.entries(order.files)), {
  force: false,
  before: () => {
    if (operations++ === order.killAt) process.kill(process.pid, 'SIGKILL')
  },
})
process.stdout.write(JSON.stringify({ problems: plan.problems, operations }))
