import {
  lineWords,
  redacted,
  secretPatterns,
  secretWords,
  shortestSecret,
} from '../../../definitions/language/log-line.ts'
import { stringLiteral, tuple } from './literal.ts'

/** JavaScript's `\s` and `.` mean more, and less, than Python's. */
function inPython({ source, flags }: RegExp): string {
  let inClass = false
  const written = source.replace(/\\s|\\[^s]|[[\].]/g, (part) => {
    if (part === '[' || part === ']') inClass = part === '['
    if (part === '\\s') return inClass ? spaces : `[${spaces}]`
    return part === '.' && !inClass ? '[^\\n\\r\\u2028\\u2029]' : part
  })
  return `re.compile(${stringLiteral(written)}, re.ASCII${flags.includes('i') ? ' | re.IGNORECASE' : ''})`
}

const spaces = '\\t-\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff'

/** One line: its secrets redacted, its number, and its form for a person. */
export const logLineCode = `

_LINE_WORDS = ${tuple(lineWords)}
_REDACTED = ${stringLiteral(redacted)}
# What a secret looks like, and words of which each match has one in lower case.
_SECRETS: Sequence[Tuple[Pattern[str], Sequence[str]]] = (
${secretPatterns.map((pattern) => `    (${inPython(pattern)}, ${tuple(secretWords.get(pattern) ?? [])}),`).join('\n')}
)


${String.raw`def _redaction(secrets: Sequence[str]) -> Callable[[str], str]:
    """Redacts these secrets, and anything that looks like one, in a JSON line, which stays valid JSON."""
    forms = {form for secret in secrets for form in _forms(secret.strip())}
    known = sorted(forms, key=len, reverse=True)

    def redact(line: str) -> str:
        for secret in known:
            line = line.replace(secret, _REDACTED)
        lower = line.lower()
        for pattern, words in _SECRETS:
            if not words or any(word in lower for word in words):
                line = pattern.sub(lambda found: f"{found[1]}{_REDACTED}" if found.re.groups else _REDACTED, line)
        return line

    return redact


def _forms(secret: str) -> Sequence[str]:
    """How a secret can appear: as a JSON string and URL-encoded."""
    if not secret:
        return ()
    if len(_units(secret)) < ${2 * shortestSecret}:
        raise ValueError("a secret has fewer than ${shortestSecret} characters: redacting it would hide ordinary words too")
    return _string(secret)[1:-1], quote(secret, safe="!~*'()")


_forks = 0


def _forked() -> None:
    global _forks
    _forks += 1


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)


class _Numbering:
    """Which line of which run a line is; a forked process is a run of its own."""

    def __init__(self) -> None:
        self._run = self._begin()

    def _begin(self) -> Tuple[int, str, Iterator[int]]:
        return _forks, os.urandom(4).hex(), itertools.count(1)

    def number(self, line: str) -> str:
        # One attribute, so that two threads of a forked process cannot mix two runs.
        current = self._run
        if current[0] != _forks:
            current = self._run = self._begin()
        return f'{line[:-1]},"run":"{current[1]}","seq":{next(current[2])}}}'


_COLOURS = {"debug": "\x1b[2m", "info": "\x1b[32m", "warn": "\x1b[33m", "error": "\x1b[31m"}
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_WORD = re.compile(f'[^{_SPACES}"=]+')


def _human_line(line: str, coloured: bool) -> str:
    """A JSON line for a person: time, level, event, fields."""
    of: Dict[str, Any] = json.loads(line)
    fields = {name: value for name, value in of.items() if name not in _LINE_WORDS}
    undeclared = of.get("undeclared", {})
    fields.update(undeclared if isinstance(undeclared, dict) else {"undeclared": undeclared})
    level = str(of["level"])
    word = level.upper().ljust(5)
    parts = [
        f"{_COLOURS.get(level, '')}{word}\x1b[0m" if coloured else word,
        _printable(str(of.get("event", of.get("msg", "")))),
        *(f"{_printable(name)}={_word_of(value)}" for name, value in fields.items()),
        *([f"(invalid: {'; '.join(of['faults'])})"] if "faults" in of else []),
    ]
    return f"{of['ts'][:10]} {of['ts'][11:19]} {' '.join(parts)}"


def _word_of(value: object) -> str:
    """A value, quoted only if it contains spaces, quotes or an equals sign."""
    text = value if isinstance(value, str) else _json(value)
    return _printable(text) if _WORD.fullmatch(text) else _string(_printable(text))


def _printable(text: str) -> str:
    """Without control characters: text from outside must not move the cursor of a terminal."""
    return _CONTROL.sub(" ", text)`}
`
