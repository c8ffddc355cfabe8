import { deviation } from '../language/index.ts'

/** Where the whole deviates from the document, apart from its single definitions. */
export const deviations = [
  deviation(
    'five rules, of which only 주문 지연 can fire',
    'MDD 초과 reads a peak that nothing sets; 잔고 급감 and 봇 무응답 have no branch in check_alerts; API 에러 급증 reads a counter that nothing increments. Each rule is an alert with the document’s threshold, and a test proves that it fires.',
  ),
  deviation(
    'five rules in the code, six rows in the checklist',
    'The row without a rule, slippage, has an alert as well.',
  ),
  deviation(
    'order_latency_p95, api_errors_1min and slippage_bps_p95 in the checklist, other names in the code',
    'A metric is what the bot measures, and has its name from the code; the percentile and the minute are in the query.',
  ),
  deviation(
    'percentiles over the last thousand values of each histogram, without their time',
    'Of a bot that trades ten times a day they cover a hundred days, and a restart forgets them. Buckets are counted, and a query has the window that it names.',
  ),
  deviation(
    'check intervals of 10 s, 30 s, 1 min, and each fill, with nothing that calls check_alerts',
    'The bot is scraped and all rules are evaluated every 10 seconds, which is at least as often as each row asks for. An alert on lines is evaluated as often.',
  ),
  deviation(
    'cooldowns of 600, 300, 600, 300 and 120 s, after each of which a rule that still holds is sent again',
    'The cooldown is the least time between two messages about an alert. While it lasts, it is sent once and then repeated after an hour if it is critical, or six hours if it is a warning: a message every five minutes is ignored after the third. RESOLVED is sent as well.',
  ),
  deviation(
    'a rule counts as fired before its message is sent; nothing waits for the task, looks at the answer or tries again',
    'A message that is lost begins the cooldown all the same. Alertmanager and the relay wait for the answer of each channel, try again, and raise NotificationsFailing.',
  ),
  deviation(
    'the rules run inside the bot, on the event loop that they watch',
    'A bot that hangs or ends raises no alert. Prometheus evaluates them outside.',
  ),
  deviation(
    'messages with parse_mode HTML and text that is not escaped; “n값” instead of a new line',
    'A < in an error breaks the message, and Telegram refuses it. The templates escape what they print, and write lines as lines; the value and the threshold are in the first one, the name in the second.',
  ),
  deviation(
    'Telegram, and Discord if there is a webhook, for every message',
    'Kept: both channels receive every message, whatever its severity. Severity, grouping, RESOLVED and silences are added.',
  ),
  deviation(
    'a metrics collector that is compatible with Prometheus, and serves JSON',
    'Prometheus does not read JSON. /metrics has the text format; the status page keeps /api/metrics for people and scripts.',
  ),
  deviation(
    'a Flask development server on 0.0.0.0 without a password, in a thread of the bot',
    'Anyone on the network sees the balance. The bot serves its status page on loopback by default, refuses strange Host headers, and the page loads nothing from elsewhere. Its /api/metrics has what the page shows; all counters and gauges are at /metrics.',
  ),
  deviation(
    'a FileHandler without rotation, `ts` as the time of formatting, and a central store that is promised and absent',
    'A file that only grows fills the disk. Each line has the time of its event, a run and a number; files are rotated, vlagent collects them, and VictoriaLogs keeps lines for 30 days.',
  ),
  deviation(
    '/var/log/trading/<bot>.jsonl is fixed',
    'The bot says where its log is: the folder is a setting, and in the stack a volume. Files have the day and a number in their names, such as tradingbot.2026-02-01.1.jsonl, so that they can be rotated.',
  ),
  deviation(
    'setup_logger adds its handlers at each call, and every event is logged at INFO',
    'A second call writes each line twice. The log has one writer, removes secrets before a line is written, and each event has its own level, in lower case as the store and Grafana’s levels have it.',
  ),
  deviation(
    'BotWatchdog.receive_heartbeat is called in the bot’s process, and restart_bot starts another one',
    'A hanging process cannot tell its watchdog: `botwatch watchdog` is a process of its own, and heartbeats reach it over a channel.',
  ),
  deviation(
    'bot_process.wait(timeout=10) after SIGTERM',
    'A process that ignores it raises an error in the watchdog, which ends: here SIGKILL follows, to the whole process group.',
  ),
  deviation(
    'a restart looks at no order and no position',
    'The bot takes balance and positions from the exchange at its start, and asks about every order that it had sent and whose end it did not know. BooksDiffer, OrderUnresolved and PositionWithoutStop say if something is left, and OrderWithoutEnd if it has forgotten an order that is in its log.',
  ),
]
