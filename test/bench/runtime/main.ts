import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { botwatch } from './botwatch.ts'
import { cases, median } from './cases.ts'
import { differences } from './equal.ts'
import type { Peer } from './peer.ts'
import { peers } from './peers.ts'
import { promClient } from './prom-client.ts'

// The runtime against libraries that do the same work. Each figure is taken in a separate process, and the libraries take
// turns in every round, so that a machine that gets slower slows all of them. No time is asserted, but the report says for each
// goal whether the medians meet it, and in how many rounds it was met; the lines must be the same.

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
  },
})
const rounds = Number(values.rounds)
const here = fileURLToPath(new URL('.', import.meta.url))
const packages = fileURLToPath(new URL('../peers', import.meta.url))

if (!existsSync(`${packages}/node_modules`)) {
  console.log('installing the libraries to compare with (test/bench/peers)')
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: packages })
  if (status !== 0) console.log('they cannot be installed here: only prom-client and the hand-made cell are measured')
}

console.log(
  `Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}, ${rounds} rounds`,
)

const present: Peer[] = []
for (const peer of peers) {
  try {
    const found = peer === botwatch ? [] : await differences(botwatch, peer)
    if (found.length > 0) process.exitCode = 1
    if (peer !== botwatch)
      console.log(
        `botwatch and ${peer.name} expose ${found.length === 0 ? 'the same lines' : `${found.length} lines that differ, the first: ${found[0]}`}`,
      )
    present.push(peer)
  } catch (error) {
    console.log(`${peer.name} is left out: ${(error as Error).message.split('\n')[0]}`)
  }
}

/** Every figure of each round, by case and library. */
const samples = new Map<string, number[]>()
const chosen = Object.entries(cases).filter(([name]) => name.includes(values.only))
for (let round = 0; round < rounds; round++) {
  for (const [name] of chosen) {
    for (const peer of present) {
      const said = execFileSync(
        process.execPath,
        ['--import', 'tsx', '--expose-gc', `${here}one.ts`, name, peer.name],
        { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
      )
      const figure = JSON.parse(said) as number | null
      if (figure !== null) samples.set(`${name} ${peer.name}`, [...(samples.get(`${name} ${peer.name}`) ?? []), figure])
    }
  }
}

const figures = chosen.map(([name, { unit, goal }]) => {
  const byPeer = Object.fromEntries(
    present.flatMap((peer) => {
      const taken = samples.get(`${name} ${peer.name}`)
      if (taken === undefined) return []
      return [[peer.name, { median: median(taken), least: Math.min(...taken), most: Math.max(...taken) }]]
    }),
  )
  const ours = byPeer[botwatch.name]?.median ?? Number.NaN
  const theirs = byPeer[promClient.name]?.median ?? Number.NaN
  const beside = samples.get(`${name} ${promClient.name}`) ?? []
  const roundsMet = (samples.get(`${name} ${botwatch.name}`) ?? []).filter((figure, round) =>
    goal.met(figure, beside[round] ?? Number.NaN),
  ).length
  return { name, unit, byPeer, goal: goal.says, met: goal.met(ours, theirs), roundsMet, ratio: ours / theirs }
})

for (const { name, unit, byPeer, goal, met, roundsMet, ratio } of figures) {
  console.log(`\n${name}, ${unit}: goal ${goal}: ${met ? 'met' : 'MISSED'}, in ${roundsMet} of ${rounds} rounds`)
  for (const [peer, { median: middle, least, most }] of Object.entries(byPeer)) {
    const beside = peer === promClient.name && unit !== 'x' && ratio > 0 ? `   ${times(ratio)}` : ''
    console.log(`  ${peer.padEnd(22)}${shown(middle).padStart(9)}   ${shown(least)} to ${shown(most)}${beside}`)
  }
}
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ node: process.version, rounds, figures }, null, 2)}\n`)
  console.log(`\nwritten to ${values.json}`)
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(3)
}

function times(ratio: number): string {
  return ratio < 1 ? `botwatch: ${shown(1 / ratio)} times less` : `botwatch: ${shown(ratio)} times more`
}
