/** What a module exposes, including the metrics about its contract, which are updated on each scrape. */
export const expositionCode = `

_REASONS = {"value": "value", "state": "value", "number": "number", "negative": "number"}


class _Contract:
    """The metrics about the contract: refused samples, and metrics that should have been set by now."""

    def __init__(
        self,
        declared: Set[str],
        due: Mapping[str, float],
        families: Sequence[_Family[Any, Any]],
        refused: _Family[Any, Any],
        overflow: _Family[Any, Any],
        failures: _Family[Any, Any],
        never_set: _Family[Any, Any],
    ) -> None:
        self._seen: Set[str] = set()
        self._families = {family._name: family for family in families if family._name in due}
        self._declared = declared
        self._due = due
        self._refused, self._overflow, self._failures, self._never_set = refused, overflow, failures, never_set
        self._told: Dict[Tuple[str, str], int] = {}
        self._began = time.monotonic()

    def is_about(self, metric: MetricWrapperBase) -> bool:
        return metric in (family.metric for family in (self._refused, self._overflow, self._failures, self._never_set))

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
        late = time.monotonic() - self._began
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
