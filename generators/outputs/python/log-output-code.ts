/** Where lines are written: a console, and files that rotate by size and daily. */
export const logOutputCode = String.raw`

class _Writer(logging.Handler):
    """Writes each record as one line; whatever goes wrong is reported and never raised."""

    def __init__(self, lost: Callable[[str], None]) -> None:
        super().__init__()
        self._lost = lost
        self._torn = False

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self.write(self.format(record))
        except Exception as error:
            self._lost(f"the log cannot be written: {_reason(error)}")

    def write(self, line: str) -> None:
        raise NotImplementedError

    def _put(self, file: int, line: str) -> int:
        """Writes to an open file. The rest of a line that a full disk cut is lost, but the next line is whole."""
        data = (("\n" if self._torn else "") + line + "\n").encode("utf-8", "backslashreplace")
        written = 0
        try:
            while written < len(data):
                written += os.write(file, data[written:])
        finally:
            self._torn = 0 < written < len(data) or (self._torn and written == 0)
        return written


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__


class _Console(_Writer):
    def write(self, line: str) -> None:
        out = sys.stdout
        out.flush()
        try:
            file = out.fileno()
        except (OSError, ValueError):
            out.write(f"{line}\n")
        else:
            # Past its buffer, where a line that cannot be written would be an error at exit.
            self._put(file, line)


class _LogFile(_Writer):
    """Files such as bot.2026-02-01.1.jsonl: a new one each day and at a size, the oldest deleted."""

    def __init__(self, path: str, size: str, keep: int, lost: Callable[[str], None]) -> None:
        super().__init__(lost)
        self._folder, name = os.path.split(os.path.abspath(path))
        self._stem, self._ending = os.path.splitext(name)
        self._most = _bytes_of(size)
        self._keep = keep
        self._file: Optional[int] = None
        try:
            os.makedirs(self._folder, exist_ok=True)
            self._open(None)
        except OSError as error:
            raise OSError(f"cannot write {path}: {_reason(error)}") from error

    def write(self, line: str) -> None:
        if self._file is None:
            raise OSError("it is closed")
        if time.time() >= self._ends:
            self._rotate(None)
        self._size += self._put(self._file, line)
        if self._size >= self._most:
            self._rotate(self._number + 1)

    def close(self) -> None:
        self.acquire()
        try:
            if self._file is not None:
                os.close(self._file)
            self._file = None
        finally:
            self.release()
        super().close()

    def _rotate(self, number: Optional[int]) -> None:
        try:
            self._open(number)
        except OSError as error:
            self._lost(f"the log cannot be rotated: {_reason(error)}")

    def _open(self, number: Optional[int]) -> None:
        """Opens a file of today: the last one that has room, unless a number is given."""
        today = time.localtime()
        day = time.strftime("%Y-%m-%d", today)
        if number is None:
            number = max([1, *(of for on, of, _ in self._files() if on == day)])
            if _size_of(self._path(day, number)) >= self._most:
                number += 1
        # Logs reveal what a bot owns: others may not read them.
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
        file = os.open(self._path(day, number), flags, 0o640)
        if self._file is not None:
            os.close(self._file)
        self._file, self._number, self._size = file, number, os.fstat(file).st_size
        self._ends = time.mktime((today.tm_year, today.tm_mon, today.tm_mday + 1, 0, 0, 0, 0, 0, -1))
        # Not the one being written, which is not the last after the clock was wrong.
        others = [name for on, of, name in self._files() if (on, of) != (day, number)]
        for old in others[: max(0, len(others) - self._keep)]:
            try:
                os.remove(os.path.join(self._folder, old))
            except OSError:
                # It is tried again at the next rotation.
                pass

    def _path(self, day: str, number: int) -> str:
        return os.path.join(self._folder, f"{self._stem}.{day}.{number}{self._ending}")

    def _files(self) -> List[Tuple[str, int, str]]:
        """The log files, oldest first: day, number, name."""
        form = re.compile(rf"{re.escape(self._stem)}\.(\d{{4}}-\d\d-\d\d)\.(\d+){re.escape(self._ending)}", re.ASCII)
        found = [form.fullmatch(name) for name in os.listdir(self._folder)]
        return sorted((one[1], int(one[2]), one[0]) for one in found if one is not None)


def _size_of(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def _bytes_of(size: str) -> float:
    match = re.fullmatch(r"([\d.]+)([bkmg]?)", size, re.ASCII | re.IGNORECASE)
    if match is None:
        raise ValueError(f"the size of a log file is {size!r}, expected a number with b, k, m or g, such as '20m'")
    return float(match[1]) * {"b": 1, "k": 2**10, "g": 2**30}.get(match[2].lower(), 2**20)
`
