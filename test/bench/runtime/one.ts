import { cases } from './cases.ts'
import { peers } from './peers.ts'

// One figure of one library, in a separate process so that earlier runs leave no trace.
const [name, of] = process.argv.slice(2)
const peer = peers.find((known) => known.name === of)
const chosen = Object.entries(cases).find(([known]) => known === name)?.[1]
if (peer === undefined || chosen === undefined) throw new Error(`'${of}' has no '${name}'`)
process.stdout.write(JSON.stringify(await chosen.run(peer)))
