import { expressionCheck } from '../check.ts'

/** What Prometheus rejects without a feature flag that the stack does not set. */
export const featureFlag = expressionCheck({
  code: 'BW002',
  name: 'feature-flag',
  severity: 'error',
  finds: 'An expression needs a feature flag that is not enabled',
  needs: 'text',
  roles: null,
  look: ({ flags, use: setting }) =>
    flags
      .filter(({ flag }) => !setting.flags.includes(flag))
      .map(({ what, flag, from, to }) => ({
        from,
        to,
        message: `${what} needs the feature flag ${flag}, which is not enabled: Prometheus rejects the whole rule file`,
        fix: 'enable it, or rewrite the expression without it',
      })),
})
