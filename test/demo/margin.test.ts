import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toMoney, toPrice, toSize, usdtOf } from '../../demo/mcbot/trading/amount.ts'
import { createLedger } from '../../demo/mcbot/trading/ledger.ts'
import { type MarginTerms, marginsOf } from '../../demo/mcbot/trading/margin.ts'

const symbols = ['AUSDT', 'BUSDT']
const usual: MarginTerms = { isolated: [], leastUsed: 0, leastMaintenance: 0 }

/** An account of 1000 USDT with these positions in coins, opened and marked at a price of 100. */
function account(sizes: { readonly AUSDT?: number; readonly BUSDT?: number }) {
  const ledger = createLedger(toMoney(1000), symbols, ['one'])
  for (const [symbol, size] of Object.entries(sizes)) {
    ledger.book({ strategy: 'one', symbol, size: toSize(size), price: toPrice(100), fee: 0n })
    ledger.mark(symbol, toPrice(100))
  }
  const margins = (terms: Partial<MarginTerms> = {}) => marginsOf(ledger, symbols, { ...usual, ...terms })
  return { ledger, margins }
}

const table: readonly {
  readonly what: string
  readonly size: number
  readonly terms?: Partial<MarginTerms>
  readonly used: number
  readonly balance: number
  readonly maintenance: number
}[] = [
  { what: 'a long position', size: 30, used: 600, balance: 1000, maintenance: 15 },
  { what: 'a short position', size: -30, used: 600, balance: 1000, maintenance: 15 },
  { what: 'a short position beyond the initial margin', size: -80, used: 1600, balance: 1000, maintenance: 40 },
  {
    what: 'an isolated long position',
    size: 30,
    terms: { isolated: ['AUSDT'] },
    used: 120,
    balance: 880,
    maintenance: 0,
  },
  {
    what: 'an isolated short position',
    size: -30,
    terms: { isolated: ['AUSDT'] },
    used: 120,
    balance: 880,
    maintenance: 0,
  },
  {
    what: 'margins that the exchange raises',
    size: 30,
    terms: { leastUsed: 0.95, leastMaintenance: 0.85 },
    used: 950,
    balance: 1000,
    maintenance: 850,
  },
]
for (const { what, size, terms = {}, ...expected } of table)
  test(`the margins of ${what}`, () => {
    const { used, balance, maintenance } = account({ AUSDT: size }).margins(terms)
    assert.deepEqual({ used: usdtOf(used), balance: usdtOf(balance), maintenance: usdtOf(maintenance) }, expected)
  })

for (const { what, size, isolated } of [
  { what: 'a long position', size: 30, isolated: false },
  { what: 'a short position', size: -30, isolated: false },
  { what: 'an isolated long position', size: 30, isolated: true },
  { what: 'an isolated short position', size: -30, isolated: true },
] as const)
  test(`after a move by its liquidation distance, ${what} has its maintenance margin left`, () => {
    const { ledger, margins } = account({ AUSDT: size, BUSDT: -5 })
    const terms = { isolated: isolated ? ['AUSDT'] : [] }
    const distance = margins(terms).distance('AUSDT') as number
    assert.ok(distance > 0.03 && distance < 0.5, `${distance}`)
    const liquidatedAt = 100 * (size > 0 ? 1 - distance : 1 + distance)
    ledger.mark('AUSDT', toPrice(liquidatedAt))
    const { balance, maintenance } = margins(terms)
    const left = isolated ? 0.04 * 3000 + usdtOf(ledger.unrealized('AUSDT')) : usdtOf(balance)
    const required = isolated ? 0.005 * 30 * liquidatedAt : usdtOf(maintenance)
    // the price is rounded to a ten-thousandth
    assert.ok(Math.abs(left - required) < 0.01, `${left} ${required}`)
    ledger.mark('AUSDT', toPrice(100 * (size > 0 ? 0.5 : 1.5)))
    assert.equal(margins(terms).distance('AUSDT'), 0)
  })

test('a liquidation is at most 100 % away, and a symbol without a position has no distance', () => {
  for (const AUSDT of [5, -2]) {
    const { margins } = account({ AUSDT })
    assert.equal(margins().distance('AUSDT'), 1)
    assert.equal(margins().distance('BUSDT'), undefined)
  }
})
