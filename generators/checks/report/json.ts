import { type LocatedFinding, pageOf } from './located.ts'

/** All findings as JSON. */
export const asJson = (all: readonly LocatedFinding[]): string =>
  `${JSON.stringify(
    {
      findings: all.map(({ code, name, severity, bot, of, file, line, columns, message, fix, in: place }) => ({
        code,
        name,
        severity,
        bot,
        of,
        file: file === '' ? null : file,
        line: file === '' ? null : line,
        column: columns === null ? null : columns[0],
        endColumn: columns === null ? null : columns[1],
        message,
        fix,
        expression: place === null ? null : place.text,
        from: place === null ? null : place.from,
        to: place === null ? null : place.to,
        page: pageOf(code),
      })),
    },
    null,
    2,
  )}\n`
