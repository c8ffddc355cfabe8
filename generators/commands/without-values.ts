/** A message of Docker Compose without the parts that quote `.env`, where a password may be. */
export const withoutValues = (text: string): string =>
  text
    .replace(/(unterminated quoted value).*/g, '$1 (not shown)')
    .replace(/(in variable name)[\s:].*/g, '$1 (not shown)')
    .replace(/(Invalid template:).*/gi, '$1 (not shown)')
    .replace(/(is missing a value:)(?! no password yet).*/g, '$1 (not shown)')
    .replace(/The \\?"[^"\n]*" variable is not set/g, 'A variable is not set')
