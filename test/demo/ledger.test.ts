import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toFraction, toMoney, toPrice, toSize, usdtOf } from '../../demo/mcbot/trading/amount.ts'
import { createLedger } from '../../demo/mcbot/trading/ledger.ts'
import { random } from '../../demo/paper/random.ts'

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
  readonly wallet: number
  readonly equity: number
  readonly unrealized: number
}[] = [
  { does: 'opens', fills: [[2, 100]], mark: 110, realized: [null], wallet: 1000, equity: 1020, unrealized: 20 },
  {
    does: 'adds at average cost and closes part of a position',
    fills: [
      [1, 100],
      [1, 120],
      [-1, 130],
    ],
    mark: 130,
    realized: [null, null, 20],
    wallet: 1020,
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
    wallet: 980,
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
    wallet: 990,
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
    wallet: 999.75,
    equity: 999.75,
    unrealized: 0,
  },
]

for (const { does, fills, mark, ...expected } of cases)
  test(`the ledger ${does}`, () => {
    const ledger = account()
    const realized = fills.map(([size, price, fee]) => {
      const booked = ledger.book(fill(size, price, fee))
      assert.equal(booked.ofStrategy, booked.realized)
      return booked.realized === null ? null : usdtOf(booked.realized)
    })
    ledger.mark('AUSDT', toPrice(mark))
    assert.deepEqual(
      {
        realized,
        wallet: usdtOf(ledger.wallet()),
        equity: usdtOf(ledger.equity()),
        unrealized: usdtOf(ledger.unrealized('AUSDT')),
      },
      expected,
    )
  })

test('whatever is booked, the wallet balance is what the bookings add up to, and the equity adds what is unrealized', () => {
  const draw = random('ledger', 'fills')
  const ledger = account()
  const start = ledger.wallet()
  const [symbols, strategies] = [['AUSDT', 'BUSDT'] as const, ['one', 'two'] as const]
  const sum = { realized: 0n, fees: 0n, funding: 0n, settled: 0n, transferred: 0n }
  let cashFlow = 0n
  for (let i = 0; i < 5000; i++) {
    const symbol = draw.pick(symbols)
    const price = toPrice(draw.between(0.1, 70_000))
    const size = toSize(draw.between(-3, 3))
    const fee = toMoney(draw.between(-1, 4))
    sum.realized += ledger.book({ strategy: draw.pick(strategies), symbol, size, price, fee }).realized ?? 0n
    sum.fees += fee
    cashFlow -= size * price
    ledger.mark(symbol, price)
    if (i % 50 === 0) sum.funding += ledger.fund(symbol, toFraction(draw.between(-0.003, 0.003)))
    if (i % 100 === 0) {
      ledger.settle(-7n)
      sum.settled -= 7n
      const amount = toMoney(draw.between(-500, 500))
      ledger.transfer(amount)
      sum.transferred += amount
    }
    const wallet = start + sum.transferred + sum.settled + sum.realized - sum.fees + sum.funding
    assert.equal(ledger.wallet(), wallet)
    assert.equal(ledger.transferred(), sum.transferred)
    const unrealized = ledger.unrealized('AUSDT') + ledger.unrealized('BUSDT')
    assert.equal(ledger.equity(), wallet + unrealized)
    // as if each position were closed at its mark price
    assert.equal(sum.realized + unrealized, cashFlow + ledger.notional('AUSDT') + ledger.notional('BUSDT'))
    const profit = ledger.profit('one') + ledger.profit('two')
    assert.equal(start + sum.transferred + sum.settled + profit, ledger.equity())
  }
  assert.ok(sum.funding !== 0n && sum.transferred !== 0n)
})

test('longs pay funding to shorts at a positive rate, on the value at mark price', () => {
  const ledger = account()
  ledger.book(fill(2, 100, 0, 'one'))
  ledger.book(fill(-0.5, 100, 0, 'two'))
  ledger.mark('AUSDT', toPrice(200))
  assert.equal(usdtOf(ledger.fund('AUSDT', toFraction(0.001))), -0.3)
  assert.equal(usdtOf(ledger.wallet()), 999.7)
  assert.equal(usdtOf(ledger.profit('one')), 199.6)
  assert.equal(usdtOf(ledger.profit('two')), -49.9)
  assert.equal(usdtOf(ledger.fund('AUSDT', toFraction(-0.001))), 0.3)
  assert.equal(ledger.fund('BUSDT', toFraction(0.001)), 0n)
})

test('one strategy can be long what another is short: the account is flat, and what it made is realized', () => {
  const ledger = account()
  ledger.book(fill(1, 100, 0, 'one'))
  const booked = ledger.book(fill(-1, 110, 0, 'two'))
  ledger.mark('AUSDT', toPrice(105))
  assert.deepEqual(booked, { realized: toMoney(10), ofStrategy: null })
  assert.deepEqual(ledger.position('AUSDT'), { size: 0n, cost: 0n })
  assert.equal(ledger.unrealized('AUSDT'), 0n)
  assert.equal(usdtOf(ledger.profit('one')), 5)
  assert.equal(usdtOf(ledger.profit('two')), 5)
  assert.equal(usdtOf(ledger.wallet()), 1010)
})

test('an unknown strategy or symbol is refused, and nothing is booked', () => {
  const ledger = account()
  assert.throws(() => ledger.book(fill(1, 100, 0, 'three')), {
    message: 'the ledger has no strategy three: nothing was booked',
  })
  assert.throws(() => ledger.book({ ...fill(1, 100), symbol: 'CUSDT' }), {
    message: 'the ledger has no symbol CUSDT: nothing was booked',
  })
  assert.equal(usdtOf(ledger.wallet()), 1000)
})
