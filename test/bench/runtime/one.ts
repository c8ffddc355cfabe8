import { cases } from './cases.ts'
import { peers } from './peers.ts'

// One figure of one library; its own process, so that what ran before leaves no trace.
const [name, of] = process.argv.slice(2)
const peer = peers.find((known) => known.name === of)
const chosen = Object.entries(cases).find(([known]) => known === name)?.[1]
if (peer === undefined || chosen === undefined) throw new Error(`there is no '${name}' of '${of}'`)
process.stdout.write(JSON.stringify(await chosen.run(peer)))
