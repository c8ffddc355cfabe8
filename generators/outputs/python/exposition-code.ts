/** What a module exposes, including the metrics about its contract, which are updated on each scrape. */
export const expositionCode = `

_REASONS = {"value": "value", "state": "value", "number": "number", "negative": "number"}


class _WarmUp:
    """Whether the bot warms up: from its one call of begin until it is ready, and at most for the limit."""

    longest = 1800.0

    def __init__(self) -> None:
        self._created = time.monotonic()
        self._began: Optional[float] = None
        self._limit = 0.0
        self._ready_at: Optional[float] = None

    def begin(self, limit: float) -> Callable[[], None]:
        if self._began is not None:
            refusals.refuse("warm_up", "number", "it was called before, and a bot warms up once, at its start")
            return lambda: None
        if not isinstance(limit, (int, float)) or not 0 < limit <= self.longest:
            refusals.refuse("warm_up", "number", f"the limit is {limit!r:.40}, expected seconds, at most {self.longest:.0f}, since alerts are held back meanwhile: {self.longest:.0f} are used")
            limit = self.longest
        self._limit = limit
        self._began = time.monotonic()
        return self._end

    def _end(self) -> None:
        if self._ready_at is None:
            self._ready_at = time.monotonic()

    def is_running(self) -> bool:
        return self.ended_at() is None

    def is_overdue(self) -> bool:
        return self._began is not None and self._ready_at is None and not self.is_running()

    def ended_at(self) -> Optional[float]:
        """When the bot was ready or its limit passed; None while it warms up."""
        if self._began is None:
            return self._created
        latest = self._began + self._limit
        if self._ready_at is not None:
            return min(self._ready_at, latest)
        return None if time.monotonic() < latest else latest


class _Contract:
    """The metrics about the contract: refused samples, metrics that should have been set by now, and the warm-up."""

    def __init__(
        self,
        declared: Set[str],
        due: Mapping[str, float],
        families: Sequence[_Family[Any, Any]],
        refused: _Family[Any, Any],
        overflow: _Family[Any, Any],
        failures: _Family[Any, Any],
        never_set: _Family[Any, Any],
        warming_up: Gauge,
        overdue: Gauge,
        warm_up: _WarmUp,
    ) -> None:
        self._seen: Set[str] = set()
        self._families = {family._name: family for family in families if family._name in due}
        self._declared = declared
        self._due = due
        self._refused, self._overflow, self._failures, self._never_set = refused, overflow, failures, never_set
        self._told: Dict[Tuple[str, str], int] = {}
        self._warming_up, self._overdue, self._warm_up = warming_up, overdue, warm_up

    def is_about(self, metric: MetricWrapperBase) -> bool:
        return metric in (self._warming_up, self._overdue) or metric in (family.metric for family in (self._refused, self._overflow, self._failures, self._never_set))

    def saw(self, metric: str, samples: Sequence[Any]) -> None:
        """Notes which metrics, and which of the expected open values, have had a value."""
        if samples and metric in self._due:
            self._seen.add(metric)
            if metric in self._families:
                self._families[metric]._saw(samples)

    def _is_set(self, metric: str) -> bool:
        return metric in self._seen and not (metric in self._families and self._families[metric].unseen)

    def update(self) -> None:
        with _lock:
            for (metric, reason), count in list(refusals.counts.items()):
                more = count - self._told.get((metric, reason), 0)
                self._told[metric, reason] = count
                if more > 0:
                    self._count(metric if metric in self._declared else "other", reason, more)
        self._warming_up.set(1 if self._warm_up.is_running() else 0)
        self._overdue.set(1 if self._warm_up.is_overdue() else 0)
        ended = self._warm_up.ended_at()
        late = -1.0 if ended is None else time.monotonic() - ended
        for metric, due in self._due.items():
            self._never_set._of(metric).set(1 if late >= due and not self._is_set(metric) else 0)

    def _count(self, metric: str, reason: str, more: int) -> None:
        if reason == "over-budget":
            self._overflow._of(metric).inc(more)
        elif reason == "function":
            self._failures._of(metric).inc(more)
        else:
            self._refused._of(metric, _REASONS.get(reason, "labels")).inc(more)


class _Exposed(Collector):
    """Exactly the declared series, in the order of the contract."""

    def __init__(self) -> None:
        self.contract: Optional[_Contract] = None
        self._parts: List[Tuple[MetricWrapperBase, Callable[[Any], bool]]] = []

    def add(self, metric: MetricWrapperBase, keep: Callable[[Any], bool]) -> None:
        self._parts.append((metric, keep))

    def describe(self) -> Iterable[Metric]:
        return [family for metric, _ in self._parts for family in metric.describe()]

    def collect(self) -> Iterable[Metric]:
        for metric, keep in self._parts:
            if self.contract is not None and self.contract.is_about(metric):
                self.contract.update()
            for family in metric.collect():
                family.samples = [sample for sample in family.samples if keep(sample)]
                if self.contract is not None:
                    self.contract.saw(_name_of(metric), family.samples)
                yield family


def _is_count(sample: Any) -> bool:
    return not sample.name.endswith("_created")


def _is_bucket(sample: Any) -> bool:
    return bool(sample.name.endswith("_bucket"))


def _is_said(sample: Any) -> bool:
    return not math.isnan(sample.value)
`
