import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { expositionsIn } from '../../runtime/expositions-of.ts'
import { createHandOut, type Take } from '../../runtime/hand-out.ts'
import { createMetrics } from '../../runtime/index.ts'
import { catalogue, counter, open } from '../../runtime/metrics.ts'

const declared = catalogue('tb', { x_total: counter({ help: 'x', labels: { symbol: open({ max: 50_000 }) } }) })

/** Metrics with an exposition of about this many mebibytes, all counters at 1. */
function metricsOf(mebibytes: number) {
  const metrics = createMetrics(declared)
  for (let i = 0; i < mebibytes * 8192; i++) metrics.x_total.inc({ symbol: `${i}`.padStart(100, 'x') })
  return metrics
}

/** A client that keeps each piece until `release` is called. */
function holding() {
  const held: { readonly piece: Buffer; readonly copy: Buffer; readonly release: () => void }[] = []
  const take: Take = (piece) =>
    new Promise((release) => {
      held.push({ piece, copy: Buffer.from(piece), release })
    })
  return { held, take }
}

test('expositions reuse one buffer if no client keeps it', async () => {
  const metrics = metricsOf(2)
  const memories = new Set<ArrayBufferLike>()
  let bytes = 0
  let pieces = 0
  const take: Take = (piece) => {
    memories.add(piece.buffer)
    bytes += piece.length
    pieces += 1
    return undefined
  }
  await expositionsIn(metrics)('text', take)
  await expositionsIn(metrics)('openmetrics', take)
  assert.ok(bytes > 3 * 2 ** 20, `${bytes} bytes`)
  assert.ok(pieces > 100, `${pieces} pieces`)
  assert.equal(memories.size, 1)
})

test('a piece that a client keeps stays unchanged, whatever is written meanwhile', async () => {
  const metrics = metricsOf(2)
  const { held, take } = holding()
  const slow = expositionsIn(metrics)('text', take)
  await slow
  const before = await metrics.render()
  for (let i = 0; i < 2 * 8192; i++) metrics.x_total.inc({ symbol: `${i}`.padStart(100, 'x') })
  const after = await metrics.render()
  assert.notEqual(after, before)
  assert.deepEqual(
    held.map(({ piece }) => piece.toString()),
    held.map(({ copy }) => copy.toString()),
  )
  assert.equal(Buffer.concat(held.map(({ piece }) => piece)).toString(), before)
})

test('a compressed and a plain request at the same time get the same exposition', async () => {
  const metrics = metricsOf(2)
  const plain: Buffer[] = []
  const zipped: Buffer[] = []
  const keepIn =
    (pieces: Buffer[]): Take =>
    (piece) => {
      pieces.push(Buffer.from(piece))
      return undefined
    }
  const pages = expositionsIn(metrics)
  await Promise.all([
    pages('text', keepIn(zipped), true),
    pages('text', keepIn(plain)),
    pages('openmetrics', keepIn([]), true),
  ])
  assert.deepEqual(gunzipSync(Buffer.concat(zipped)), Buffer.concat(plain))
  assert.ok(plain.length > 50, `${plain.length} pieces`)
})

/** A writer of 100 pieces with a client that releases none of them. */
async function stuck(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { held, take } = holding()
  const out = createHandOut()([take])
  let given = 0
  const written = (async () => {
    for (; given < 100; given++) {
      out.give(`piece ${given}\n`)
      await turn()
      await out.room()
    }
    out.end()
  })()
  const settle = async () => {
    for (let i = 0; i < 50; i++) await turn()
  }
  await settle()
  return { held, written, settle, given: () => given }
}

test('the writer waits for a client that is sixteen pieces behind, and continues as soon as there is room', async (t) => {
  const { held, written, settle, given } = await stuck(t)
  assert.equal(given(), 15)
  held[0]?.release()
  await settle()
  assert.equal(given(), 16)
  for (let next = 1; next < 100; next++) {
    held[next]?.release()
    await settle()
  }
  await written
  assert.deepEqual(
    held.map(({ copy }) => copy.toString()),
    Array.from({ length: 100 }, (_, i) => `piece ${i}\n`),
  )
  assert.ok(new Set(held.map(({ piece }) => piece.buffer)).size <= 16)
})

test('a client that reads nothing delays an exposition by a quarter of a second, and still gets all of it', async (t) => {
  const { held, written, settle, given } = await stuck(t)
  t.mock.timers.tick(249)
  await settle()
  assert.equal(given(), 15)
  t.mock.timers.tick(1)
  await written
  assert.deepEqual(
    held.map(({ piece }) => piece.toString()),
    Array.from({ length: 100 }, (_, i) => `piece ${i}\n`),
  )
})

test('a text larger than a buffer is handed out whole, and so is the next one', () => {
  const texts = [
    'x'.repeat(64 * 1024),
    'x'.repeat(64 * 1024 + 1),
    '€'.repeat(40_000),
    `${'€'.repeat(21_845)}x`,
    'short',
    '',
  ]
  const seen: string[] = []
  const out = createHandOut()([
    (piece) => {
      seen.push(piece.toString())
      return undefined
    },
  ])
  for (const text of texts) out.give(text)
  assert.deepEqual(seen, texts)
})
