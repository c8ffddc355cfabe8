type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9
type Hour = `${0 | 1}${Digit}` | `2${0 | 1 | 2 | 3}`
type Minute = `${0 | 1 | 2 | 3 | 4 | 5}${Digit}`

/** When the bot's day starts: the meaning of `today` and `daily` in its metrics. */
export interface Day {
  /** Wall-clock time in `timeZone`. */
  readonly startsAt: `${Hour}:${Minute}`
  /** An IANA name, such as UTC or Asia/Seoul. */
  readonly timeZone: string
}
