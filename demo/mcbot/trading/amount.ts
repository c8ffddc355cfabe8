/** Prices are in ten-thousandths of a USDT and sizes in ten-thousandths of a coin, so their product is exact. */
const priceScale = 10_000
const sizeScale = 10_000
/** Money is in hundred-millionths of a USDT. */
const moneyScale = priceScale * sizeScale

export const toPrice = (usdt: number): bigint => BigInt(Math.round(usdt * priceScale))
export const toSize = (coins: number): bigint => BigInt(Math.trunc(coins * sizeScale))
export const toMoney = (usdt: number): bigint => BigInt(Math.round(usdt * moneyScale))

/** Converts an amount to a number; exact to a hundred-millionth up to 90 million USDT. */
export const usdtOf = (money: bigint): number => Number(money) / moneyScale
export const coinsOf = (size: bigint): number => Number(size) / sizeScale
export const priceOf = (price: bigint): number => Number(price) / priceScale

/** Fractions of an amount, such as a margin rate, are in hundred-millionths. */
const fractionScale = 100_000_000

export const toFraction = (ratio: number): bigint => BigInt(Math.round(ratio * fractionScale))
/** A fraction of an amount, rounded towards zero. */
export const partOf = (amount: bigint, fraction: bigint): bigint => (amount * fraction) / BigInt(fractionScale)

export const absolute = (value: bigint): bigint => (value < 0n ? -value : value)
