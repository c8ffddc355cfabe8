/** The log of a bot: its events become records of `logging`, and every record one line. */
export const logCode = `

_STANDARD = {*logging.LogRecord("", 0, "", 0, "", (), None).__dict__, "message", "asctime", "taskName"}


def _level_of(number: int) -> str:
    for name, least in (("fatal", 50), ("error", 40), ("warn", 30), ("info", 20), ("debug", 10)):
        if number >= least:
            return name
    return "trace"


class _Lines(logging.Formatter):
    """One JSON line per record, redacted and numbered; the same record is the same line in every handler."""

    def __init__(self, bot: str, redact: Callable[[str], str]) -> None:
        super().__init__()
        self._bot = _string(bot)
        self._redact = redact
        self._numbering = _Numbering()

    def format(self, record: logging.LogRecord) -> str:
        known = record.__dict__.get("_line")
        if known is not None and known[0] is self:
            return str(known[1])
        time_ = datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds")[:-6]
        fields = record.__dict__.get("_fields")
        if fields is None:
            fields = _fields_of_other(record)
        parts = [f"{_key(name)}:{_json(value)}" for name, value in fields.items()]
        start = f'{{"level":"{_level_of(record.levelno)}","ts":"{time_}Z","module":{_string(record.module)},"bot":{self._bot},'
        line = self._numbering.number(self._redact(f"{start}{','.join(parts)}}}"))
        record.__dict__["_line"] = self, line
        return line


def _fields_of_other(record: logging.LogRecord) -> Dict[str, object]:
    """What a record of another library has: its extra attributes, an exception and its message."""
    own = (*_LINE_WORDS[:4], *_LINE_WORDS[-3:])
    names = [name for name in record.__dict__ if name not in _STANDARD and name not in own and name[0] != "_"]
    fields: Dict[str, object] = {name: _written_form(record.__dict__[name]) for name in names}
    if record.exc_info and record.exc_info[1] is not None:
        kind, error, trace = record.exc_info
        stack = "".join(traceback.format_exception(kind, error, trace))
        fields["err"] = {"type": type(error).__name__, "message": _shortened(_text_of(error)), "stack": _shortened(stack)}
    try:
        fields["msg"] = _shortened(record.getMessage())
    except Exception:
        # Its arguments do not fit its text.
        fields["msg"] = _shortened(_text_of(record.msg))
    return fields


class _HumanLines(logging.Formatter):
    """One short line per record, for a person."""

    def __init__(self, lines: _Lines, coloured: bool) -> None:
        super().__init__()
        self._lines = lines
        self._coloured = coloured

    def format(self, record: logging.LogRecord) -> str:
        return _human_line(self._lines.format(record), self._coloured)


class _Forward(logging.Handler):
    """Writes the records of other loggers to the log as well."""

    def __init__(self, logger: logging.Logger) -> None:
        super().__init__()
        self._logger = logger

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= self._logger.level:
            self._logger.handle(record)


class _Event:
    """A declared event; a call writes one line."""

    def __init__(self, log: _Log, key: str, name: str, level: int, kinds: Mapping[str, _Kind], renamed: Mapping[str, str]) -> None:
        self.key, self.name, self.level, self.kinds = key, name, level, kinds
        self._log = log
        self._renamed = renamed

    def __call__(self, /, *args: object, **fields: object) -> None:
        given: object = {self._renamed.get(name, name): value for name, value in fields.items()} if self._renamed else fields
        if args:
            given = args[0] if len(args) == 1 and not fields else {**{str(i): value for i, value in enumerate(args)}, **fields}
        self._log._write(self, sys._getframe(1), given)


class _Log:
    """What the log of every bot does."""

    def __init__(
        self,
        bot: str,
        file: Union[str, os.PathLike[str], None],
        size: str,
        keep: int,
        console: Optional[str],
        level: str,
        secrets: Sequence[str],
        updates: Optional[Mapping[str, object]],
        errors: Optional[Callable[[], object]],
        strict: bool,
    ) -> None:
        self._updates: Mapping[str, Any] = updates or {}
        self._errors = errors
        self._strict = strict
        self._told: Set[str] = set()
        self.formatter: logging.Formatter = _Lines(bot, _redaction(secrets))
        # Outside the hierarchy, so that a configured root logger does not write everything again.
        self.logger = logging.Logger(bot, logging.WARNING if level == "warn" else level.upper())
        self.logger.addHandler(logging.NullHandler())
        self.handler: logging.Handler = _Forward(self.logger)
        terminal = bool(sys.stdout is not None and sys.stdout.isatty())
        form = console or ("human" if terminal else "json")
        if form != "off":
            coloured = terminal and "NO_COLOR" not in os.environ
            self._add(_Console(self._lost), self.formatter if form == "json" else _HumanLines(self.formatter, coloured))
        if file is not None:
            self._add(_LogFile(os.fspath(file), size, keep, self._lost), self.formatter)

    def close(self) -> None:
        """Closes the file; lines after it are lost."""
        for handler in self.logger.handlers:
            if isinstance(handler, _Writer):
                handler.close()

    def _add(self, handler: logging.Handler, formatter: logging.Formatter) -> None:
        handler.setFormatter(formatter)
        self.logger.addHandler(handler)

    def _declare(self, events: object, key: str, name: str, level: int, kinds: Mapping[str, _Kind], renamed: Mapping[str, str]) -> None:
        for field in kinds:
            if field in _LINE_WORDS:
                raise ValueError(f"{name} has a field {field!r}, which lines already have: rename the field")
        setattr(events, key, _Event(self, key, name, level, kinds, renamed))

    def _write(self, event: _Event, frame: FrameType, given: object) -> None:
        try:
            fields, faults = _fields_of(event.kinds, given)
        except Exception as error:
            fields, faults = {}, [f"the fields cannot be read: {type(error).__name__}"]
        if faults and self._strict:
            raise ValueError(f"events.{event.key}: {'; '.join(faults)}")
        symbol = fields.get("symbol")
        message = f"{event.name}: {symbol}" if isinstance(symbol, str) else event.name
        self._record(event.level, frame, {"event": event.name, **fields, **({"faults": faults} if faults else {}), "msg": message})
        update = self._updates.get(event.key)
        if update is None:
            return
        if self._strict:
            update(given)
            return
        try:
            update(given)
        except Exception as error:
            self._count()
            failed = _shortened(f"{type(error).__name__}: {_text_of(error)}")
            what = {"event": "metric_update_failed", "of": event.name, "error": failed}
            self._record(logging.ERROR, frame, {**what, "msg": f"metric_update_failed: {event.name}"})

    def _record(self, level: int, frame: FrameType, fields: Mapping[str, object]) -> None:
        if level < self.logger.level or level <= self.logger.manager.disable:
            return
        try:
            code = frame.f_code
            record = self.logger.makeRecord(self.logger.name, level, code.co_filename, frame.f_lineno, fields["msg"], (), None, code.co_name)
            record.__dict__["_fields"] = fields
            self.logger.handle(record)
        except Exception as error:
            self._lost(f"a log line was lost: {_reason(error)}")

    def _count(self) -> None:
        try:
            if self._errors is not None:
                self._errors()
        except Exception:
            # There is nothing left to report it to.
            pass

    def _lost(self, why: str) -> None:
        """Counts a lost line, and reports each reason once on stderr, since the log itself cannot."""
        self._count()
        if why in self._told:
            return
        self._told.add(why)
        try:
            print(f"botwatch: {why}", file=sys.stderr)
        except Exception:
            # As above.
            pass
`
