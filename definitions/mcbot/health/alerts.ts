import {
  absence,
  ageOf,
  alert,
  alerts,
  avg_over_time,
  changes,
  count_over_time,
  deviation,
  increase,
  look,
  not,
  note,
  percent,
  perSecond,
  rate,
  ratio,
  run,
  seconds,
  sum,
  text,
} from '../../language/index.ts'
import { flag } from '../../language/metrics.ts'
import { execution } from '../dashboards/execution.ts'
import { strategy } from '../dashboards/strategy.ts'
import { system } from '../dashboards/system.ts'
import { trading } from '../dashboards/trading.ts'
import { job, metrics, scraped } from '../series.ts'

const forgotten = (what: string) => deviation(`no alert for ${what}`, 'The bot could be lost to it without a word.')
const botUp = scraped.up.where({ job })

/** The bot itself: gone, stuck, restarting. Root causes, which mute what follows from them. */
export const down = alerts({
  BotDown: alert({
    when: botUp.eq(flag(0)),
    for: '1m',
    keepFiringFor: '0s',
    severity: 'critical',
    thresholdIn: [trading.panels.up],
    summary: (l) => text`${l.bot} (${l.env}) does not answer: nobody watches its positions`,
    runbook: {
      cause:
        'Prometheus cannot scrape the bot for a minute: the process is gone, hangs, or is cut off. Its stop orders live only at the exchange.',
      steps: [
        run('docker compose ps', 'does it run?'),
        run('docker compose logs --tail 100', 'what did it say last?'),
        'Look at the positions and open orders at the exchange itself, and close what must not stand alone.',
        look(trading.panels.equity, 'what did it hold when it went?'),
      ],
    },
    deviates: forgotten('a bot that is down: every other alert falls silent with it'),
  }),
  BotAbsent: absence({
    of: scraped.up,
    for: '2m',
    severity: 'critical',
    summary: (l) => text`Prometheus does not know of ${l.bot} (${l.env}): it is not even tried`,
    runbook: {
      cause:
        'The bot is no scrape target of Prometheus any more: its target list is wrong or missing, so that not even its absence is seen.',
      steps: [
        run('docker compose exec prometheus cat /etc/prometheus/targets/bot.yml', 'is its address there?'),
        'Compare BOT_ENV and BOT_TARGET in .env with what should run.',
        run('docker compose up -d', 'brings the target list back'),
      ],
    },
    deviates: forgotten('a bot that Prometheus does not know of'),
  }),
})

/** The process answers, and does not work. */
export const stuck = alerts({
  HeartbeatStale: alert({
    when: ageOf(metrics.heartbeat_timestamp).gt(seconds(60)),
    for: '1m',
    severity: 'critical',
    thresholdIn: [trading.panels.heartbeat, system.panels.heartbeat],
    mutedBy: [down.BotDown],
    summary: (l, value) => text`${l.bot} (${l.env}): its main loop last went round ${value.duration} ago`,
    runbook: {
      cause:
        'The process answers, and its main loop stands still: it does not trade, and does not react to the market.',
      steps: [
        look(system.panels.eventLoopLag, 'does something block the loop?'),
        look(system.panels.queueDepth, 'do events pile up?'),
        run('docker compose logs --tail 100', 'what did it wait for?'),
        'Restart the bot, after a look at its open orders.',
      ],
    },
    deviates: forgotten('mcbot_heartbeat_timestamp, which is declared and never looked at'),
  }),
})

export const health = alerts({
  BotScrapeFailing: alert({
    when: avg_over_time(botUp.over('10m'))
      .as(ratio)
      .lt(percent(90))
      .and(count_over_time(botUp.over('10m')).gte(30)),
    severity: 'warning',
    mutedBy: [down.BotDown],
    summary: (l, value) => text`only ${value.percent} of the scrapes of ${l.bot} (${l.env}) in 10 minutes succeeded`,
    runbook: {
      cause:
        'Scrapes of the bot fail now and then: its loop is blocked for longer than a scrape may take, or it restarts. Every gap hides what happened in it.',
      steps: [
        look(system.panels.scrapes, 'one gap, or many?'),
        look(system.panels.scrapeTime, 'does a scrape take too long?'),
        look(system.panels.eventLoopLag),
      ],
    },
    deviates: forgotten('scrapes that fail'),
  }),
  RestartLoop: alert({
    when: changes(metrics.start_timestamp, '30m').gte(3),
    severity: 'critical',
    thresholdIn: [system.panels.restarts],
    mutedBy: [down.BotDown],
    summary: (l, value) => text`${l.bot} (${l.env}) restarted ${value} times in 30 minutes`,
    runbook: {
      cause: 'The bot starts, dies and starts again. Each start may cancel or repeat orders.',
      steps: [
        run('docker compose logs --tail 200', 'the last lines before each start'),
        look(system.panels.memory, 'is it killed for its memory?'),
        'Stop the bot until the cause is known: a stopped bot loses less than a looping one.',
      ],
    },
    deviates: forgotten('a bot that restarts in a loop'),
  }),
  CircuitBreakerTripped: alert({
    when: increase(metrics.circuit_breaker_total, '10m').gt(0),
    severity: 'critical',
    mutedBy: [down.BotDown],
    summary: (l) => text`${l.bot} (${l.env}): the circuit breaker closed all positions`,
    runbook: {
      cause: 'A loss limit of the system was passed, and all positions were closed by force.',
      steps: [
        look(trading.panels.equity, 'how much was lost, and how fast?'),
        look(trading.panels.sizes, 'is everything really closed?'),
        'Compare with the positions at the exchange.',
        'Do not start trading again before the cause is known.',
      ],
    },
    deviates: forgotten('mcbot_circuit_breaker, which is counted and never looked at'),
  }),
  TradingModeMismatch: alert({
    when: metrics.trading_mode
      .where({ env: not('live') })
      .is('live')
      .or(metrics.trading_mode.where({ env: 'live' }).isNot('live')),
    for: '30s',
    severity: 'critical',
    mutedBy: [down.BotDown],
    summary: (l) => text`${l.bot} says that it trades ${l.mcbot_trading_mode}, and is watched as ${l.env}`,
    runbook: {
      cause:
        'The bot trades in another mode than its environment says: real money without its alarms, or a rehearsal that is taken for real.',
      steps: [
        look(trading.panels.modes, 'since when?'),
        'Compare BOT_ENV in .env with the mode in the configuration of the bot.',
        'Stop the bot, if it trades live and nobody meant it to.',
      ],
    },
    deviates: forgotten('a bot that trades live while it is taken for paper'),
  }),
  ErrorBurst: alert({
    when: sum(increase(metrics.errors_total, '5m')).by('component', 'instance').gte(10),
    for: '1m',
    severity: 'warning',
    mutedBy: [down.BotDown],
    summary: (l, value) => text`${l.bot} (${l.env}): ${value} errors of ${l.component} in 5 minutes`,
    runbook: {
      cause: 'One component of the bot fails again and again.',
      steps: [
        look(system.panels.errors, 'which component, which kind?'),
        run('docker compose logs --tail 200', 'the first error, not the last'),
        look(execution.panels.rejected, 'do orders suffer?'),
      ],
    },
    deviates: forgotten('mcbot_errors_total, which is counted and never looked at'),
  }),
  EventsDropped: alert({
    when: rate(metrics.eventbus_events_dropped_total, '5m').gt(perSecond(0)),
    for: '2m',
    severity: 'warning',
    mutedBy: [down.BotDown],
    summary: (l) => text`${l.bot} (${l.env}): the event bus drops events`,
    runbook: {
      said: 'EventBus 큐 가득 -> 드롭 가능 이벤트(BAR) 제거.',
      cause: 'The queue of the event bus is full, and events that may be dropped (bars) are thrown away.',
      steps: [
        look(system.panels.queueDepth, 'since when does it grow?'),
        look(system.panels.handlerErrors, 'if they rise, one handler holds everything up'),
        'Consider a larger queue_size.',
      ],
    },
    deviates: deviation(
      'rate(events_dropped[5m]) > 0',
      'No metric has that name, so that it never fires: the prefix and _total are added.',
    ),
  }),
  QueueCongestion: alert({
    when: metrics.eventbus_queue_depth.gt(5000),
    for: '1m',
    severity: 'warning',
    mutedBy: [down.BotDown],
    summary: (l, value) => text`${l.bot} (${l.env}): ${value} events wait in the event bus`,
    runbook: {
      said: 'EventBus 처리 속도 < 이벤트 발생 속도.',
      cause: 'Events come faster than the event bus handles them.',
      steps: [
        look(execution.panels.bars, 'are bars processed as usual?'),
        look(system.panels.handlerErrors, 'do failing handlers hold it up?'),
        look(system.panels.queueDepth, 'how much room is left?'),
        'Consider another size of the queue.',
      ],
    },
  }),
  RiskCritical: alert({
    when: increase(metrics.risk_alerts_total.where({ level: 'critical' }), '10m').gt(0),
    severity: 'critical',
    mutedBy: [down.BotDown],
    summary: (l) => text`${l.bot} (${l.env}): the risk manager reports a critical finding`,
    runbook: {
      cause: 'The risk manager of the bot found something critical.',
      steps: [
        look(system.panels.riskAlerts, 'once, or again and again?'),
        look(trading.panels.leverage),
        look(strategy.panels.drawdown, 'which strategy?'),
        note`Compare with ${metrics.circuit_breaker_total}: did the circuit breaker follow?`,
      ],
    },
    deviates: forgotten('mcbot_risk_alerts, which is counted and never looked at'),
  }),
})
