import type { Field, Fields, LogEvent, LogLevel } from '../../../definitions/language/log-event.ts'
import { className, identifier, stringLiteral, tuple } from './literal.ts'
import { logCode } from './log-code.ts'
import { logLineCode } from './log-line-code.ts'
import { logOutputCode } from './log-output-code.ts'
import { logTextCode } from './log-text-code.ts'

const levels: Readonly<Record<LogLevel, string>> = {
  debug: 'logging.DEBUG',
  info: 'logging.INFO',
  warn: 'logging.WARNING',
  error: 'logging.ERROR',
}

/** The log of a bot's events; nothing for a bot without any. */
export function eventLog(bot: string, declared: readonly LogEvent<Fields>[]): readonly string[] {
  if (declared.length === 0) return []
  const name = className(bot)
  const events = declared.map((event) => ({ event, key: word(event.key), type: `${className(word(event.key))}Fields` }))
  return [
    ...[logTextCode, logLineCode, logOutputCode, logCode].map((code) => code.trimEnd()),
    ...events.flatMap(({ event, type }) => ['', '', ...typeOf(type, event.fields)]),
    '',
    '',
    `${name}Updates = TypedDict(`,
    `    ${stringLiteral(`${name}Updates`)},`,
    '    {',
    ...events.map(({ key, type }) => `        ${stringLiteral(key)}: Callable[[${type}], object],`),
    '    },',
    '    total=False,',
    ')',
    '',
    '',
    `class ${name}Events:`,
    '    """A function for each declared event, which writes one line for it and updates its metrics."""',
    '',
    '    # At run time they take anything: what is wrong is written, and never raised into a live bot.',
    '    if TYPE_CHECKING:',
    ...events.flatMap(({ event, key }) => ['', ...signature(key, event)]),
    '',
    '',
    ...logClass(bot, name, events),
  ]
}

function logClass(
  bot: string,
  name: string,
  events: readonly { readonly event: LogEvent<Fields>; readonly key: string }[],
): readonly string[] {
  return [
    `class ${name}Log(_Log):`,
    '    """',
    '    The declared events as JSON lines, on the console and in a file; secrets redacted. Create one and keep it.',
    '',
    '    level: the least level; lines below it are not written, but their metrics are updated',
    '    console: human on a terminal and json otherwise, unless it says so, or off',
    '    file, size, keep: such as logs/mybot.jsonl; a date and a number are inserted, keep rotated files are kept',
    '    secrets: values to redact, such as an API key; what looks like a secret is redacted anyway',
    '    updates: by event, run in the same call, so that log and metrics cannot disagree',
    '    errors: called for each lost line and each update that raised, such as inc of a counter',
    '    strict: in tests, invalid fields raise ValueError',
    '',
    '    Besides events it has logger, for own handlers; formatter, for the same lines in these; and handler, which',
    '    writes what other loggers log to it, too.',
    '    """',
    '',
    '    def __init__(',
    '        self,',
    '        *,',
    '        file: Union[str, os.PathLike[str], None] = None,',
    '        size: str = "20m",',
    '        keep: int = 14,',
    '        console: Optional[Literal["human", "json", "off"]] = None,',
    '        level: Literal["debug", "info", "warn", "error"] = "info",',
    '        secrets: Sequence[str] = (),',
    `        updates: Optional[${name}Updates] = None,`,
    '        errors: Optional[Callable[[], object]] = None,',
    '        strict: bool = False,',
    `        bot: str = ${stringLiteral(bot)},`,
    '    ) -> None:',
    '        super().__init__(bot, file, size, keep, console, level, secrets, updates, errors, strict)',
    `        self.events = ${name}Events()`,
    ...events.map(({ event, key }) => {
      const renamed = Object.keys(event.fields).filter((field) => word(field) !== field)
      return `        self._declare(self.events, ${[
        stringLiteral(key),
        stringLiteral(event.name),
        levels[event.level],
        dictionary(Object.entries(event.fields), kindOf),
        dictionary(
          renamed.map((field) => [word(field), field]),
          stringLiteral,
        ),
      ].join(', ')})`
    }),
  ]
}

function signature(key: string, { fields, help }: LogEvent<Fields>): readonly string[] {
  const parameters = Object.entries(fields).map(([field, of]) => `${word(field)}: ${annotation(of)}`)
  return [
    `        def ${key}(self${parameters.length > 0 ? ', *, ' : ''}${parameters.join(', ')}) -> None:`,
    `            ${stringLiteral(help)}`,
  ]
}

const typeOf = (type: string, fields: Fields): readonly string[] => [
  `${type} = TypedDict(${stringLiteral(type)}, ${dictionary(Object.entries(fields), annotation)})`,
]

/** A name that Python can use for an event or a field. */
const word = (name: string): string => identifier(name.replace(/[^\p{L}\p{N}_]/gu, '_'))

const dictionary = <T>(entries: readonly (readonly [string, T])[], write: (value: T) => string): string =>
  `{${entries.map(([key, value]) => `${stringLiteral(key)}: ${write(value)}`).join(', ')}}`

const kindOf = (field: Field): string => ('values' in field ? tuple(field.values) : stringLiteral(field.type))

function annotation(field: Field): string {
  if ('values' in field) return `Literal[${field.values.map(stringLiteral).join(', ')}]`
  return { string: 'str', number: 'float', boolean: 'bool' }[field.type]
}
