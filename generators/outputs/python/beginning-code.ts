/** How each new series begins in Python, and the metrics that have one series at a time. */
export const beginningCode = `

def _zero(metric: M) -> M:
    return metric


G = TypeVar("G", bound=CheckedGauge)


def _absent(gauge: G) -> G:
    gauge.forget()
    return gauge


def _from(value: float) -> Callable[[G], G]:
    def begin(gauge: G) -> G:
        gauge.set(value)
        return gauge

    return begin


def _expiring(seconds: float, initially: Optional[float]) -> Callable[[G], G]:
    def begin(gauge: G) -> G:
        gauge._lasts = seconds
        gauge._initially = initially
        return _absent(gauge) if initially is None else _expired(gauge, initially)

    return begin


def _expired(gauge: G, value: float) -> G:
    gauge.set(value)
    gauge._written = math.inf
    return gauge


class _Facts:
    def __init__(self, info: Info, name: str, labels: Labels) -> None:
        self.metric = info
        self._name = name
        self._labels = labels

    def _say(self, *values: str) -> None:
        wrong = _wrong_value(self._labels, values)
        if wrong is None:
            self.metric.info(dict(zip(self._labels, values)))
        else:
            refusals.refuse(self._name, "value", wrong)


class _States:
    """One state at a time; absent until it is first set."""

    def __init__(self, enum: Enum, name: str, states: Tuple[str, ...]) -> None:
        self.metric = enum
        self._said = False
        self._name = name
        self._states = states

    def _say(self, state: str) -> None:
        if state not in self._states:
            refusals.refuse(self._name, "state", f"{state!r:.60}, expected one of {', '.join(self._states)}")
            return
        self.metric.state(state)
        self._said = True

    def keep(self, sample: Any) -> bool:
        return self._said
`
