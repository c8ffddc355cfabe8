import {
  absence,
  act,
  ageOf,
  alert,
  alerts,
  avg_over_time,
  changes,
  check,
  count_over_time,
  decide,
  deviation,
  figure,
  increaseFromZero,
  look,
  min_over_time,
  not,
  percent,
  ratio,
  run,
  text,
} from '../../language/index.ts'
import { flag } from '../../language/metrics.ts'
import { executionDashboard } from '../dashboards/execution.ts'
import { strategyDashboard } from '../dashboards/strategy.ts'
import { systemDashboard } from '../dashboards/system.ts'
import { tradingDashboard } from '../dashboards/trading.ts'
import { flattenByHand, lastResort } from '../flatten.ts'
import { lastHeld } from '../held.ts'
import { limits } from '../limits.ts'
import { job, metrics, scrapeMetrics } from '../series.ts'

/** Why an alert exists that the document does not have. */
export const forgotten = (what: string) =>
  deviation(`no alert for ${what}`, 'The bot could fail this way without anyone being notified.')
/** Whether the bot answers its scrapes: 0 or 1 for each instance that there is. */
export const botUp = scrapeMetrics.up.where({ job })

const held = {
  positions: figure(lastHeld.positions, '?'),
  gross: figure(lastHeld.gross, '?').fixed,
  unprotected: figure(lastHeld.unprotected, '?'),
  orders: figure(lastHeld.orders, '?'),
}

/** The bot is down or missing: root causes, which mute the alerts that follow from them. */
export const downAlerts = alerts({
  BotDown: alert({
    when: botUp.eq(flag(0)),
    // longer than a planned restart, in which one or two scrapes fail
    for: '30s',
    keepFiringFor: '0s',
    severity: 'critical',
    thresholdIn: [tradingDashboard.panels.up],
    summary: () =>
      text`no answer to scrapes for more than 30 seconds; held at the last one: ${held.positions} positions (${held.gross} gross), ${held.unprotected} of them without a stop, and ${held.orders} open orders`,
    resolved: 'the bot answers scrapes again: check its positions and open orders, which nobody watched meanwhile',
    runbook: {
      cause:
        'Prometheus has not been able to scrape the bot for half a minute: the process is gone, hangs, or is unreachable. Its stop orders now exist only at the exchange.',
      steps: [
        run('docker compose up -d', 'starts it again if it stopped'),
        flattenByHand,
        check('positions and open orders at the exchange itself', 'what must not be left unattended?'),
        check('the state of the container with `docker compose ps`', 'is it running?'),
        check('its last lines with `docker compose logs --tail 100`', 'what stopped it?'),
        look(tradingDashboard.panels.equity, 'what was it worth when it went down?'),
      ],
    },
    deviates: forgotten('a bot that is down: every other alert goes silent with it'),
  }),
  BotAbsent: absence({
    of: scrapeMetrics.up,
    for: '2m',
    severity: 'critical',
    summary: 'Prometheus has no scrape target for the bot: it is not monitored at all',
    resolved: 'Prometheus scrapes the bot again',
    runbook: {
      cause:
        'Prometheus has no scrape target for the bot: its target list is wrong or missing, so not even BotDown can fire.',
      steps: [
        run('docker compose up -d', 'restores the target list'),
        flattenByHand,
        check('BOT_ENV and BOT_TARGET in .env', 'do they say what should be running?'),
        check(
          'the target list with `docker compose exec prometheus cat /etc/prometheus/targets/bot.yml`',
          'is its address there?',
        ),
      ],
    },
    deviates: forgotten('a bot that Prometheus has no target for'),
  }),
})

/** The process answers scrapes but does no work. */
export const stuckAlerts = alerts({
  HeartbeatStale: alert({
    when: ageOf(metrics.heartbeat_timestamp).gt(limits.silence.heartbeat),
    // After a restart of Prometheus the newest heartbeat is an old one until the first scrape, which takes up to 15 seconds.
    for: '20s',
    severity: 'critical',
    thresholdIn: [tradingDashboard.panels.heartbeat, systemDashboard.panels.heartbeat],
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) =>
      text`the last heartbeat of the main loop was ${value.duration} ago, limit ${limits.silence.heartbeat.value} s`,
    resolved: 'the main loop runs again: check its positions and open orders',
    runbook: {
      cause: 'The process answers, but its main loop is stuck: it does not trade and does not react to the market.',
      steps: [
        act('Note its open orders at the exchange, then restart the bot.'),
        flattenByHand,
        check('positions and open orders at the exchange itself', 'what must not be left unattended?'),
        look(systemDashboard.panels.eventLoopLag, 'is something blocking the loop?'),
        look(systemDashboard.panels.queueDepth, 'are events piling up?'),
        check('its last lines with `docker compose logs --tail 100`', 'what was it waiting for?'),
      ],
    },
    deviates: forgotten('mcbot_heartbeat_timestamp, which is declared but never used'),
  }),
})

/** The bot runs, but not well: failing scrapes, restarts, errors, risk. */
export const healthAlerts = alerts({
  BotScrapeFailing: alert({
    when: avg_over_time(botUp.over('10m'))
      .as(ratio)
      .lt(percent(90))
      .and(count_over_time(botUp.over('10m')).gte(30))
      // After one outage, which BotDown reported, it ends with BotDown: a failure now, or several, and the last one recently.
      .and(botUp.eq(flag(0)).or(changes(botUp, '10m').gte(3)))
      .and(min_over_time(botUp.over('3m')).eq(flag(0))),
    keepFiringFor: '0s',
    severity: 'warning',
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) =>
      text`only ${value.percent} of scrapes of the bot succeeded in the last 10 minutes, limit 90 %`,
    resolved: 'scrapes of the bot succeed again',
    runbook: {
      cause:
        'Scrapes of the bot fail intermittently: its loop is blocked for longer than the scrape timeout, or it restarts. Every gap hides what happened in it.',
      steps: [
        look(systemDashboard.panels.scrapes, 'one gap, or many?'),
        look(systemDashboard.panels.scrapeTime, 'do scrapes take too long?'),
        look(systemDashboard.panels.eventLoopLag),
      ],
    },
    deviates: forgotten('failing scrapes'),
  }),
  RestartLoop: alert({
    when: changes(metrics.start_timestamp, '30m').gte(3),
    severity: 'critical',
    thresholdIn: [systemDashboard.panels.restarts],
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) => text`the bot restarted ${value} times in 30 minutes, limit 3`,
    resolved: 'the bot has not restarted three times in the last 30 minutes any more: check its open orders',
    runbook: {
      cause: 'The bot keeps dying and restarting. Each start may cancel or repeat orders.',
      steps: [
        act('Stop the bot until the cause is known: a stopped bot loses less than one in a restart loop.'),
        flattenByHand,
        check('the last lines before each start with `docker compose logs --tail 200`'),
        look(systemDashboard.panels.memory, 'is it being killed for its memory use?'),
      ],
    },
    deviates: forgotten('a bot in a restart loop'),
  }),
  TradingModeMismatch: alert({
    when: metrics.trading_mode
      .where({ env: not('live') })
      .is('live')
      .or(metrics.trading_mode.where({ env: 'live' }).isNot('live')),
    for: '30s',
    severity: 'critical',
    // which channels an environment has depends on BOT_ENV, which may be what is wrong
    everywhere: true,
    breaksQuiet: true,
    mutedBy: [downAlerts.BotDown],
    summary: (l) => text`the bot reports trading mode ${l.mcbot_trading_mode} but is monitored as ${l.env}`,
    resolved: (l) =>
      text`the bot no longer reports trading mode ${l.mcbot_trading_mode} while it is monitored as ${l.env}`,
    runbook: {
      cause:
        'The bot’s trading mode does not match its environment: real money without live alerting, or a simulation mistaken for live trading.',
      steps: [
        act('If it trades live and should not, stop it.'),
        flattenByHand,
        check('BOT_ENV in .env and the trading mode in the bot’s configuration', 'which one is wrong?'),
        look(tradingDashboard.panels.modes, 'since when?'),
      ],
    },
    deviates: forgotten('a bot that trades live while it is monitored as paper'),
  }),
  EventsDropped: alert({
    when: increaseFromZero(metrics.eventbus_events_dropped_total, '5m', metrics.start_timestamp).gt(0),
    for: '2m',
    severity: 'warning',
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) => text`the event bus dropped ${value} events in 5 minutes`,
    resolved: 'the event bus has dropped no event for 5 minutes; what was dropped is lost',
    runbook: {
      said: 'EventBus 큐 가득 -> 드롭 가능 이벤트(BAR) 제거.',
      cause: 'The event bus queue is full, and droppable events (bars) are discarded.',
      steps: [
        look(systemDashboard.panels.queueDepth, 'since when is it growing?'),
        look(systemDashboard.panels.handlerErrors, 'if they rise, one handler is holding everything up'),
        decide('Consider a larger queue_size.'),
      ],
    },
    deviates: deviation(
      'rate(events_dropped[5m]) > 0',
      'No metric has that name, so it never fires: the prefix and _total are added. A rate misses what was dropped before the first scrape: a new process counts from zero.',
    ),
  }),
  QueueCongestion: alert({
    when: metrics.eventbus_queue_depth.gt(5000),
    for: '1m',
    severity: 'warning',
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) => text`${value} events are waiting in the event bus queue, limit 5000`,
    resolved: 'the event bus queue is short again',
    runbook: {
      said: 'EventBus 처리 속도 < 이벤트 발생 속도.',
      cause: 'Events arrive faster than the event bus handles them.',
      steps: [
        look(executionDashboard.panels.bars, 'are bars processed as usual?'),
        look(systemDashboard.panels.handlerErrors, 'are failing handlers holding it up?'),
        look(systemDashboard.panels.queueDepth, 'how much room is left?'),
        decide('Consider a different queue size.'),
      ],
    },
  }),
  RiskCritical: alert({
    when: increaseFromZero(metrics.risk_alerts_total.where({ level: 'critical' }), '10m', metrics.start_timestamp).gt(
      0,
    ),
    severity: 'critical',
    event: true,
    breaksQuiet: true,
    mutedBy: [downAlerts.BotDown],
    summary: (l) => text`critical finding of the risk manager: ${l.finding}`,
    runbook: {
      cause: 'The risk manager of the bot raised an alert of level critical.',
      steps: [
        lastResort,
        flattenByHand,
        look(systemDashboard.panels.riskAlerts, 'which finding, once or repeatedly?'),
        look(systemDashboard.panels.breaker, 'did the circuit breaker trip as well?'),
        look(tradingDashboard.panels.leverage),
        look(strategyDashboard.panels.drawdown, 'which strategy?'),
      ],
    },
    deviates: forgotten('mcbot_risk_alerts, which is counted but never used'),
  }),
})
