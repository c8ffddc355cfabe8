type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9
type Hour = `${0 | 1}${Digit}` | `2${0 | 1 | 2 | 3}`
type Minute = `${0 | 1 | 2 | 3 | 4 | 5}${Digit}`

/** Where one trading day ends and the next begins. */
export interface TradingDay {
  /** Wall-clock time in `timeZone`. */
  readonly startsAt: `${Hour}:${Minute}`
  /** An IANA name, such as UTC or Asia/Seoul. */
  readonly timeZone: string
}

/** The trading day that today's PnL counts from: the exchange's, whose daily bars close at midnight UTC. */
export const day: TradingDay = Object.freeze({ startsAt: '00:00', timeZone: 'UTC' })
