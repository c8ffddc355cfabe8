import assert from 'node:assert/strict'
import { test } from 'node:test'
import { random } from '../../demo/mcbot/random.ts'
import { toMoney, toPrice, toSize, usdtOf } from '../../demo/mcbot/trading/amount.ts'
import { createLedger } from '../../demo/mcbot/trading/ledger.ts'

const account = () => createLedger(toMoney(1000), ['AUSDT', 'BUSDT'], ['one', 'two'])
const fill = (size: number, price: number, fee = 0, strategy = 'one') => ({
  strategy,
  symbol: 'AUSDT',
  size: toSize(size),
  price: toPrice(price),
  fee: toMoney(fee),
})

const cases: readonly {
  readonly does: string
  readonly fills: readonly (readonly [size: number, price: number, fee?: number])[]
  readonly mark: number
  readonly realized: readonly (number | null)[]
  readonly cash: number
  readonly equity: number
  readonly unrealized: number
}[] = [
  { does: 'opens', fills: [[2, 100]], mark: 110, realized: [null], cash: 800, equity: 1020, unrealized: 20 },
  {
    does: 'adds at average cost and closes part of a position',
    fills: [
      [1, 100],
      [1, 120],
      [-1, 130],
    ],
    mark: 130,
    realized: [null, null, 20],
    cash: 910,
    equity: 1040,
    unrealized: 20,
  },
  {
    does: 'goes short and buys back at a loss',
    fills: [
      [-2, 50],
      [2, 60],
    ],
    mark: 70,
    realized: [null, -20],
    cash: 980,
    equity: 980,
    unrealized: 0,
  },
  {
    does: 'flips from long to short in one fill',
    fills: [
      [1, 100],
      [-3, 90],
    ],
    mark: 80,
    realized: [null, -10],
    cash: 1170,
    equity: 1010,
    unrealized: 20,
  },
  {
    does: 'pays a fee and takes a rebate',
    fills: [
      [1, 100, 0.5],
      [-1, 100, -0.25],
    ],
    mark: 1,
    realized: [null, 0],
    cash: 999.75,
    equity: 999.75,
    unrealized: 0,
  },
]

for (const { does, fills, mark, ...expected } of cases)
  test(`the ledger ${does}`, () => {
    const ledger = account()
    const realized = fills.map(([size, price, fee]) => {
      const profit = ledger.book(fill(size, price, fee))
      return profit === null ? null : usdtOf(profit)
    })
    ledger.mark('AUSDT', toPrice(mark))
    assert.deepEqual(
      {
        realized,
        cash: usdtOf(ledger.cash()),
        equity: usdtOf(ledger.equity()),
        unrealized: usdtOf(ledger.unrealized('AUSDT')),
      },
      expected,
    )
  })

test('whatever is booked, cash plus marked positions equal the equity, to the last digit', () => {
  const draw = random('ledger', 'fills')
  const ledger = account()
  const start = ledger.equity()
  let [realized, fees, settled] = [0n, 0n, 0n]
  for (let i = 0; i < 5000; i++) {
    const symbol = draw.pick(['AUSDT', 'BUSDT'])
    const price = toPrice(draw.between(0.1, 70_000))
    const size = toSize(draw.between(-3, 3))
    const fee = toMoney(draw.between(-1, 4))
    realized += ledger.book({ strategy: draw.pick(['one', 'two']), symbol, size, price, fee }) ?? 0n
    fees += fee
    ledger.mark(symbol, price)
    if (i % 100 === 0) {
      ledger.settle(-7n)
      settled -= 7n
    }
    const equity = ledger.equity()
    assert.equal(ledger.cash() + ledger.notional('AUSDT') + ledger.notional('BUSDT'), equity)
    assert.equal(ledger.profit('one') + ledger.profit('two') + start + settled, equity)
    const unrealized = ledger.unrealized('AUSDT') + ledger.unrealized('BUSDT')
    assert.equal(start + realized - fees + settled + unrealized, equity)
  }
})

test('one strategy can be long what another is short', () => {
  const ledger = account()
  ledger.book(fill(1, 100, 0, 'one'))
  ledger.book(fill(-1, 110, 0, 'two'))
  ledger.mark('AUSDT', toPrice(105))
  assert.equal(ledger.position('AUSDT').size, 0n)
  assert.equal(usdtOf(ledger.profit('one')), 5)
  assert.equal(usdtOf(ledger.profit('two')), 5)
  assert.equal(usdtOf(ledger.equity()), 1010)
})

test('an unknown strategy or symbol is refused, and nothing is booked', () => {
  const ledger = account()
  assert.throws(() => ledger.book(fill(1, 100, 0, 'three')), {
    message: 'the ledger has no strategy three: nothing was booked',
  })
  assert.throws(() => ledger.book({ ...fill(1, 100), symbol: 'CUSDT' }), {
    message: 'the ledger has no symbol CUSDT: nothing was booked',
  })
  assert.equal(usdtOf(ledger.cash()), 1000)
})
