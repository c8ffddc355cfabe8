/** The quiet during a restart in Python, as in the runtime. */
export const restartCode = `

_MATCHER = re.compile(r'\\s*([A-Za-z_]\\w*)(=~|!~|!=|=)"?([^"]+?)"?\\s*')


class RestartQuiet:
    """Announces restarts to Alertmanager, so that a planned one sends nothing: call begin() at a graceful stop, and end() at the next start, once the bot is ready. Both take a second and a half at most and never raise. A second stop within ten minutes is not announced: a loop is not planned."""

    def __init__(self, alertmanager: Optional[str] = None, quiet: Optional[str] = None, lasts: float = 120.0) -> None:
        self._alertmanager = (os.environ.get("BOTWATCH_ALERTMANAGER", "") if alertmanager is None else alertmanager).rstrip("/")
        found = [_MATCHER.fullmatch(part) for part in (os.environ.get("BOTWATCH_QUIET", "") if quiet is None else quiet).split(",")]
        self._matchers: List[Dict[str, Any]] = [
            {"name": match[1], "value": match[3], "isRegex": match[2].endswith("~"), "isEqual": match[2].startswith("=")}
            for match in found
            if match is not None
        ]
        bots = [str(of["value"]) for of in self._matchers if of["name"] == "bot" and of["isEqual"] and not of["isRegex"]]
        self._bot = bots[0] if bots and None not in found else ""
        self._lasts = lasts
        if self._alertmanager and not self._bot:
            _log.warning("BOTWATCH_QUIET is not a list of matchers such as bot=mybot,env=live,alertname!~A|B: stops are not announced")

    def begin(self) -> None:
        if not self._alertmanager or not self._bot:
            return
        now = datetime.now(timezone.utc)
        recent = (now - timedelta(minutes=10)).isoformat()[:19]
        silence = {"matchers": self._matchers, "startsAt": now.isoformat(), "endsAt": (now + timedelta(seconds=self._lasts)).isoformat()}
        try:
            if any(earlier["startsAt"][:19] > recent for earlier in self._announced()):
                raise RuntimeError("the last one was announced less than 10 minutes ago, and a loop must not be quiet")
            self._ask("silences", {**silence, "createdBy": self._bot, "comment": "graceful stop"})
        except Exception as error:
            _log.warning("the stop is not announced, so that alerts about it are sent: %s", error)

    def end(self) -> None:
        if not self._alertmanager or not self._bot:
            return
        # Until the first scrape the bot still counts as down.
        soon = (datetime.now(timezone.utc) + timedelta(seconds=30)).isoformat()[:19]
        try:
            for silence in self._announced():
                if silence["endsAt"][:19] > soon:
                    kept = {key: silence[key] for key in ("id", "matchers", "startsAt", "createdBy", "comment")}
                    self._ask("silences", {**kept, "endsAt": f"{soon}Z"})
        except Exception:
            # It ends by itself.
            pass

    def _announced(self) -> List[Mapping[str, Any]]:
        # Those that have ended, too.
        found = self._ask("silences?" + urlencode({"filter": f'bot="{self._bot}"'}))
        own = [one for one in found if (one["createdBy"], one["comment"]) == (self._bot, "graceful stop")]
        return [one for one in own if _sorted(one["matchers"]) == _sorted(self._matchers)]

    def _ask(self, path: str, body: Optional[Mapping[str, Any]] = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self._alertmanager}/api/v2/{path}", data, {"Content-Type": "application/json"})
        with urlopen(request, timeout=0.7) as response:
            return json.loads(response.read())


def _sorted(matchers: Sequence[Mapping[str, Any]]) -> List[str]:
    return sorted(json.dumps(matcher, sort_keys=True) for matcher in matchers)
`
