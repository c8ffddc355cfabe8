import { expressionCheck } from '../check.ts'

/** What Prometheus refuses without a feature flag that the stack does not set. */
export const featureFlag = expressionCheck({
  code: 'BW002',
  name: 'feature-flag',
  severity: 'error',
  finds: 'An expression needs a feature flag that is not set',
  needs: 'text',
  roles: null,
  look: ({ flags, setting }) =>
    flags
      .filter(({ flag }) => !setting.flags.includes(flag))
      .map(({ what, flag, from, to }) => ({
        from,
        to,
        message: `${what} needs the feature flag ${flag}, which is not set: Prometheus refuses the whole file of rules`,
        fix: 'set it, or write it without',
      })),
})
