import { deviation } from '../language/index.ts'

/** Where the whole deviates from the document, apart from its single definitions. */
export const deviations = [
  deviation(
    'thirteen conditions in five tables, three rules',
    'Each condition is an alert with the document’s threshold, and its cases prove that it fires. The risks of arbitrage that no table has follow them.',
  ),
  deviation(
    'evaluation every 15 s, scrapes of the bot every 5 s',
    'The bot is scraped every 5 seconds and everything else every 15, as in the document. Rules are evaluated every 5 seconds: a scrape that no rule looks at for 15 seconds was not needed so soon.',
  ),
  deviation(
    'rules in Grafana, written in the syntax of Prometheus rules',
    'Grafana reads another format. Prometheus evaluates the rules and Alertmanager sends what fires.',
  ),
  deviation(
    'no rule_files, no alerting section and no Alertmanager in prometheus.yml',
    'Without them no rule is loaded and nobody is notified: all three are generated, together with the receivers.',
  ),
  deviation(
    'node-exporter is scraped, and is not a service of the compose file',
    'A target that never answers looks like a host that is down: it is a service of the stack.',
  ),
  deviation(
    'grafana/grafana:11 and prom/prometheus:v2',
    'Such a tag means another image each week, and v2 is no longer maintained: each image has an exact tag.',
  ),
  deviation(
    'Grafana admin / admin, with the advice to change it',
    'A default password is an open door: `make up` writes a random one to .env.',
  ),
  deviation(
    'a data source that is added by hand under Configuration > Data Sources, with Access: Server',
    'Grafana has neither any more. The data source is provisioned, so a new stack shows its dashboards at once.',
  ),
  deviation(
    'dashboards are exported to configs/grafana by hand',
    'They are generated from the same definitions as the rules, and cannot fall behind them.',
  ),
  deviation(
    'no volumes: the samples of Prometheus end with its container',
    'PnL of a month needs samples of a month: they are kept in a volume for 90 days.',
  ),
  deviation(
    'avg_over_time(arbot_exchange_latency_ms[5m])',
    'It is the mean over samples, each of whichever call came last. The panel divides the time of all calls by their number.',
  ),
  deviation('rate(arbot_signals_detected_total[1h]) * 3600', 'It is increase(…[1h]), added up by strategy.'),
  deviation(
    'arbot_signals_detected_total / ignoring(strategy) group_left sum(arbot_signals_detected_total)',
    'The sum has no labels, and the left side still has instance and job: nothing matches, and the panel is empty. It also divides counts since the start. The panel divides increases over an hour, matched on bot and environment.',
  ),
  deviation(
    'rate(arbot_signals_executed_total[1h]) / rate(arbot_signals_detected_total[1h]) * 100',
    'It is NaN while nothing is detected, and matches only as long as both have the same labels. Both are added up first, an hour without signals has no rate, and a share is shown in percent without being multiplied.',
  ),
  deviation(
    'a panel with the last 50 errors, and nothing that keeps them',
    'The bot writes a structured log, vlagent collects it, and VictoriaLogs keeps it for 30 days.',
  ),
]
