import { firstMilliseconds } from '../../../definitions/language/timestamp.ts'

/** The rules in Python: nothing undeclared is exposed, and nothing raises into the bot unless strict. */
export const support = `
OVERFLOW = "__overflow__"

_log = logging.getLogger(__name__)
_lock = threading.RLock()


class Refusals:
    """Counts refusals by metric and reason; logs each kind once, or raises if strict."""

    def __init__(self) -> None:
        self.strict = False
        self.counts: Dict[Tuple[str, str], int] = {}

    def refuse(self, metric: str, reason: str, what: str) -> None:
        if self.strict:
            raise ValueError(f"{metric}: {what}")
        self.note(metric, reason, what)

    def note(self, metric: str, reason: str, what: str) -> None:
        with _lock:
            first = (metric, reason) not in self.counts
            self.counts[metric, reason] = self.counts.get((metric, reason), 0) + 1
        if first:
            _log.warning("%s: %s; further occurrences are only counted", metric, what)


refusals = Refusals()


def _name_of(metric: MetricWrapperBase) -> str:
    return f"{metric._name}_total" if isinstance(metric, Counter) else metric._name


def _is_number(metric: str, value: object) -> bool:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        return True
    refusals.refuse(metric, "number", f"{value!r:.40} is not a finite number")
    return False


_not_seconds = "is not in seconds since 1970: divide by 1000"


def _is_seconds(metric: str, value: object) -> bool:
    """False for milliseconds since 1970; what is not a number is refused elsewhere."""
    if isinstance(value, (int, float)) and ${firstMilliseconds} <= value < math.inf:
        refusals.refuse(metric, "number", f"{value!r:.40} {_not_seconds}")
        return False
    return True


class CheckedCounter(Counter):
    def inc(self, amount: float = 1, exemplar: Optional[Dict[str, str]] = None) -> None:
        if not _is_number(_name_of(self), amount):
            return
        if amount < 0:
            refusals.refuse(_name_of(self), "negative", f"{amount} would decrease a counter")
        else:
            super().inc(amount, exemplar)


class CheckedGauge(Gauge):
    """Absent while its value is unknown: NaN represents that, and is never exposed."""

    _absent = False
    # Seconds that a value is true, when it was written, and what it is afterwards.
    _lasts = math.inf
    _written = math.inf
    _initially: Optional[float] = None

    def set(self, value: float) -> None:
        if _is_number(_name_of(self), value):
            with _lock:
                self._absent = False
                self._written = time.monotonic()
                super().set(value)

    def inc(self, amount: float = 1) -> None:
        if _is_number(_name_of(self), amount):
            with _lock:
                self._expire()
                if self._absent:
                    self.set(0)
                self._written = time.monotonic()
                super().inc(amount)

    def dec(self, amount: float = 1) -> None:
        if _is_number(_name_of(self), amount):
            self.inc(-amount)

    def set_function(self, f: Callable[[], float]) -> None:
        def read() -> float:
            try:
                return float(f())
            except Exception as error:
                refusals.note(_name_of(self), "function", f"its function raised {error!r:.100}")
                return math.nan

        super().set_function(read)

    def forget(self) -> None:
        """Makes it absent until it is set again."""
        with _lock:
            self._absent = True
            self._written = math.inf
            super().set(math.nan)

    def _expire(self) -> None:
        with _lock:
            if time.monotonic() - self._written < self._lasts:
                return
            if self._initially is None:
                self.forget()
            else:
                self._written = math.inf
                super().set(self._initially)

    def _child_samples(self) -> Any:
        self._expire()
        return super()._child_samples()


class CheckedTimestamp(CheckedGauge):
    """Seconds since 1970."""

    def set(self, value: float) -> None:
        if _is_seconds(_name_of(self), value):
            super().set(value)

    def inc(self, amount: float = 1) -> None:
        if _is_seconds(_name_of(self), amount):
            super().inc(amount)

    def set_function(self, f: Callable[[], float]) -> None:
        def read() -> float:
            value = float(f())
            if value >= ${firstMilliseconds} and value != math.inf:
                raise ValueError(f"{value!r:.40} {_not_seconds}")
            return value

        super().set_function(read)


class CheckedHistogram(Histogram):
    def observe(self, amount: float, exemplar: Optional[Dict[str, str]] = None) -> None:
        if _is_number(_name_of(self), amount):
            super().observe(amount, exemplar)


class Age:
    """Seconds since it was last touched or created; computed at every scrape."""

    def __init__(self, gauge: Gauge) -> None:
        self.touch()
        gauge.set_function(lambda: time.monotonic() - self._since)

    def touch(self) -> None:
        """Resets the age to 0; it grows from here."""
        self._since = time.monotonic()

    def forget(self) -> None:
        """Makes it absent until it is touched again."""
        self._since = math.nan


M = TypeVar("M", bound=MetricWrapperBase)
H = TypeVar("H")
Labels = Mapping[str, Union[int, Tuple[str, ...]]]


def _wrong_value(labels: Labels, values: Sequence[object]) -> Optional[str]:
    for (name, allowed), value in zip(labels.items(), values):
        if isinstance(allowed, tuple):
            if value not in allowed:
                return f"{name} is {value!r:.60}, expected one of {', '.join(allowed)}"
        elif not isinstance(value, str) or not 0 < len(value) <= 200 or value.startswith("__") or not value.isprintable():
            return f"{name} is {value!r:.60}, expected printable text of 1 to 200 characters"
    return None


class _Family(Generic[M, H]):
    """Series of one metric: those with the same open values are created together, and open values have a budget."""

    def __init__(self, make: Callable[[], M], labels: Labels, begin: Callable[[M], H]) -> None:
        self.metric = make()
        self._name = _name_of(self.metric)
        self._begin = begin
        self._labels = labels
        self._open = [name for name, allowed in labels.items() if isinstance(allowed, int)]
        self._blocks: Dict[Tuple[str, ...], List[Tuple[str, ...]]] = {}
        self._handles: Dict[Tuple[str, ...], H] = {}
        # Open values that exist and never had a value.
        self.unseen: Set[Tuple[str, ...]] = set()
        # Refused samples go to a metric that is never exposed.
        self._nowhere = begin(make().labels(*[OVERFLOW] * len(labels)))
        if not self._open:
            self._block(())

    def _of(self, *values: str) -> H:
        try:
            return self._handles[values]
        except (KeyError, TypeError):
            return self._find(values)

    def _find(self, values: Tuple[str, ...]) -> H:
        wrong = _wrong_value(self._labels, values)
        if wrong is not None:
            refusals.refuse(self._name, "value", wrong)
            return self._nowhere
        block = tuple(value for name, value in zip(self._labels, values) if name in self._open)
        with _lock:
            full = self._over_budget(block)
            if full is None:
                self._block(block)
                return self._handles[values]
            refusals.note(self._name, "over-budget", f"{full}; samples beyond the budget share one series, {OVERFLOW}")
            overflow = (OVERFLOW,) * len(self._labels)
            if overflow not in self._handles:
                self._handles[overflow] = self._begin(self.metric.labels(*overflow))
            return self._handles[overflow]

    def _over_budget(self, block: Tuple[str, ...]) -> Optional[str]:
        for i, name in enumerate(self._open):
            known = {other[i] for other in self._blocks}
            most = self._labels[name]
            if block[i] not in known and isinstance(most, int) and len(known) >= most:
                return f"{name} has used up its budget of {most} values, and {block[i]!r:.60} is one more"
        return None

    def _block(self, block: Tuple[str, ...]) -> None:
        """Creates the series of all closed values."""
        if block in self._blocks:
            return
        opened = iter(block)
        columns = [allowed if isinstance(allowed, tuple) else (next(opened),) for allowed in self._labels.values()]
        self._blocks[block] = list(itertools.product(*columns))
        self.unseen.add(block)
        for values in self._blocks[block]:
            self._handles[values] = self._begin(self.metric.labels(*values))

    def _expect(self, expected: Mapping[str, Sequence[str]]) -> None:
        for block in itertools.product(*[expected.get(name, ()) for name in self._open]):
            self._of(*self._first(block))

    def _first(self, block: Tuple[str, ...]) -> Tuple[str, ...]:
        opened = iter(block)
        return tuple(allowed[0] if isinstance(allowed, tuple) else next(opened) for allowed in self._labels.values())

    def _saw(self, samples: Sequence[Any]) -> None:
        with _lock:
            if self._open:
                self.unseen -= {tuple(sample.labels[name] for name in self._open) for sample in samples}
            else:
                self.unseen.clear()

    def _remove(self, *block: str) -> None:
        with _lock:
            self.unseen.discard(block)
            for values in self._blocks.pop(block, []):
                self._handles.pop(values, None)
                self.metric.remove(*values)
`
