/** A stream of random numbers that is reproducible from its seed and name. */
export interface Random {
  /** At least 0 and below 1. */
  readonly next: () => number
  /** A standard normal variate. */
  readonly normal: () => number
  readonly chance: (probability: number) => boolean
  readonly between: (low: number, high: number) => number
  /** Around `median`; about two in three are within a factor of e^`spread`. */
  readonly lognormal: (median: number, spread: number) => number
  readonly pick: <T>(choices: readonly T[]) => T
}

/** One stream per subsystem, so that draws of one never affect another. */
export function random(seed: string, name: string): Random {
  let state = hash(`${seed}/${name}`)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  // Box-Muller; 1 - next() is never 0, which has no logarithm.
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  return Object.freeze({
    next,
    normal,
    chance: (probability: number) => next() < probability,
    between: (low: number, high: number) => low + (high - low) * next(),
    lognormal: (median: number, spread: number) => median * Math.exp(spread * normal()),
    pick: <T>(choices: readonly T[]) => choices[Math.floor(next() * choices.length)] as T,
  })
}

/** FNV-1a over the characters. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) as number), 0x01000193)
  return value | 0
}
