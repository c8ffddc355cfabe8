import type { Model } from '../model/model.ts'
import { verbatim } from '../text/verbatim.ts'

/** A matcher of a silence, as Alertmanager's API has it. */
export interface SilenceMatcher {
  readonly name: string
  readonly value: string
  readonly isRegex: boolean
  readonly isEqual: boolean
}

/** The alert of `botwatch test-alert`. */
export const testAlertName = 'TestAlert'

/** The alerts that a quiet does not hold back. */
export const loudIn = ({ alerts }: Pick<Model, 'alerts'>): readonly string[] =>
  alerts.filter(({ of }) => of.breaksQuiet).map(({ name }) => name)

/** The matchers of a quiet: all alerts of a bot, in one environment or all, but the loud ones. */
export function quietMatchers(bot: string, loud: readonly string[], env?: string): readonly SilenceMatcher[] {
  // a test of the channels must not fail because of a quiet
  const heard = [...loud, testAlertName].map(verbatim)
  return [
    equal('bot', bot),
    ...(env === undefined ? [] : [equal('env', env)]),
    { name: 'alertname', value: heard.join('|'), isRegex: true, isEqual: false },
  ]
}

/** Matchers as one variable, which the runtime reads; names of bots, environments and alerts need no quotes. */
export const matchersText = (matchers: readonly SilenceMatcher[]): string =>
  matchers
    .map(
      ({ name, value, isRegex, isEqual }) =>
        `${name}${isEqual ? '=' : '!'}${isRegex ? '~' : isEqual ? '' : '='}${value}`,
    )
    .join(',')

const equal = (name: string, value: string): SilenceMatcher => ({ name, value, isRegex: false, isEqual: true })
