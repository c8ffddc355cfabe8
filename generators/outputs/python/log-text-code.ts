import { longestText } from '../../../definitions/language/log-line.ts'

/** Values as JSON and in messages, to the character as JavaScript writes them. */
export const logTextCode = String.raw`

_encode = json.JSONEncoder(ensure_ascii=False).encode
_SURROGATES = re.compile("[\ud800-\udfff]")
# What JavaScript takes for spaces.
_SPACES = "\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
# In UTF-16 units, which other languages count in.
_LONGEST = ${longestText}


class _Missing:
    """What a field is that was not given."""


_MISSING = _Missing()


def _units(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _cut(units: bytes, most: int) -> str:
    return units[: 2 * most].decode("utf-16-le", "surrogatepass")


def _shortened(text: str) -> str:
    """Not too long, and without halves of characters."""
    if 2 * len(text) > _LONGEST:
        units = _units(text)
        more = len(units) // 2 - _LONGEST
        if more > 0:
            text = f"{_cut(units, _LONGEST)}… ({more} more characters)"
    if text.isascii() or _SURROGATES.search(text) is None:
        return text
    return _units(text).decode("utf-16-le", "replace")


def _string(text: str) -> str:
    """As JSON: readable in any script, and half a character as its escape."""
    written = _encode(text)
    if written.isascii() or _SURROGATES.search(written) is None:
        return written
    whole = _units(written).decode("utf-16-le", "surrogatepass")
    return _SURROGATES.sub(lambda half: f"\\u{ord(half[0]):04x}", whole)


@functools.lru_cache(1000)
def _key(name: str) -> str:
    return _string(name)


def _number_of(value: object) -> Optional[float]:
    """The value as a number, also if it is a Decimal or a number of numpy; None if it is not one."""
    if isinstance(value, float):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, int) and -(2**63) < value < 2**63:
        return value
    if not isinstance(value, (Real, Decimal)):
        return None
    try:
        return float(value)
    except OverflowError:
        return -math.inf if isinstance(value, int) and value < 0 else math.inf
    except ValueError:
        return math.nan


def _digits(number: float) -> str:
    """A number as JavaScript prints it."""
    if isinstance(number, int):
        return int.__repr__(number)
    if not math.isfinite(number):
        return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"
    if number == 0:
        return "0"
    text = float.__repr__(number)
    if "e" not in text:
        return text[:-2] if text.endswith(".0") else text
    mantissa, power = text.lstrip("-").split("e")
    digits = mantissa.replace(".", "")
    point = int(power) + 1
    sign = "-" if number < 0 else ""
    if 0 < point <= 21:
        return sign + digits.ljust(point, "0")
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    rest = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{rest}e{point - 1:+d}"


def _text_of(value: object) -> str:
    try:
        return str(value)
    except Exception as error:
        return f"a {type(value).__name__}, whose text raised {type(error).__name__}"


def _json(value: object, outer: Tuple[int, ...] = ()) -> str:
    if isinstance(value, str):
        return _string(value)
    if type(value) is float and math.isfinite(value):
        return _digits(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    number = _number_of(value)
    if number is not None:
        return _digits(number) if math.isfinite(number) else "null"
    if id(value) in outer or len(outer) > 50:
        return '"[Circular]"'
    inner = (*outer, id(value))
    if isinstance(value, dict):
        return "{" + ",".join(f"{_string(_text_of(key))}:{_json(of, inner)}" for key, of in value.items()) + "}"
    if isinstance(value, (list, tuple, set, frozenset)):
        return "[" + ",".join(_json(of, inner) for of in value) + "]"
    return _string(_shortened(_text_of(value)))


def _written_form(value: object) -> object:
    """A long text shortened, a number that JSON does not have as a string."""
    if isinstance(value, str):
        # Of an Enum its value, not its name.
        return _shortened(str.__str__(value))
    number = _number_of(value)
    return value if number is None or math.isfinite(number) else _digits(number)


def _one_line(text: str) -> str:
    return _string(text)[1:-1].replace('\\"', '"')


def _quote(text: str) -> str:
    units = _units(text[:41])
    return f"'{_one_line(_cut(units, 40))}…'" if len(units) > 80 else f"'{_one_line(text)}'"


def _quote_list(texts: Sequence[str]) -> str:
    quoted = ", ".join(_quote(text) for text in texts[:12])
    return quoted if len(texts) <= 12 else f"{quoted} … ({len(texts)} in all)"


def _display(value: object) -> str:
    """A value for a message: quoted, short, and without running any of its code."""
    if isinstance(value, str):
        return _quote(value)
    if isinstance(value, bool):
        return f"{'true' if value else 'false'} (boolean)"
    number = _number_of(value)
    if number is not None:
        return f"{_digits(number)} (number)" if math.isfinite(number) else _digits(number)
    if value is _MISSING:
        return "undefined"
    if value is None:
        return "null"
    if isinstance(value, (dict, list)):
        return "an object"
    return "a function" if callable(value) else f"an object of type {type(value).__name__}"


_Kind = Union[str, Tuple[str, ...]]


def _expected(kind: _Kind, value: object) -> Optional[str]:
    """What a field should have been; None if it is valid."""
    if isinstance(kind, tuple):
        return None if isinstance(value, str) and value in kind else f"one of {_quote_list(kind)}"
    if kind == "string":
        return None if isinstance(value, str) else "a string"
    if kind == "boolean":
        return None if isinstance(value, bool) else "true or false"
    number = _number_of(value)
    return None if number is not None and math.isfinite(number) else "a finite number"


def _fields_of(kinds: Mapping[str, _Kind], given: object) -> Tuple[Dict[str, object], List[str]]:
    """The declared fields in declaration order, the others under undeclared, so that nothing given is lost; and what is wrong."""
    if not isinstance(given, dict):
        expected = _quote_list(list(kinds))
        return {"undeclared": _display(given)}, [f"the fields are {_display(given)}, expected {expected}"]
    faults: List[str] = []
    written: Dict[str, object] = {}
    for name, kind in kinds.items():
        value = given.get(name, _MISSING)
        expected_ = _expected(kind, value)
        if expected_ is not None:
            faults.append(f"{name} is {_display(value)}, expected {expected_}")
        if value is not _MISSING:
            written[name] = _written_form(value)
    undeclared = {_text_of(name): _written_form(value) for name, value in given.items() if name not in kinds}
    if undeclared:
        written["undeclared"] = undeclared
        faults.append(f"{_quote_list(list(undeclared))} {'is' if len(undeclared) == 1 else 'are'} not declared")
    return written, faults
`
