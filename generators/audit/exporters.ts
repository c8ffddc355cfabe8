/** Programs that many servers scrape, by the first word of their metrics. */
const exporters: ReadonlyMap<string, string> = new Map([
  ...many('Alertmanager', 'alertmanager'),
  ...many('blackbox exporter', 'probe'),
  ...many('cAdvisor', 'cadvisor', 'container', 'machine'),
  ...many('CoreDNS', 'coredns'),
  ...many('Elasticsearch exporter', 'elasticsearch'),
  ...many('Envoy', 'envoy'),
  ...many('etcd', 'etcd'),
  ...many('Go runtime', 'go'),
  ...many('Grafana', 'grafana'),
  ...many('HAProxy', 'haproxy'),
  ...many('Istio', 'istio'),
  ...many('JVM', 'jvm'),
  ...many('Kafka exporter', 'kafka'),
  ...many('kube-state-metrics', 'kube'),
  ...many('Kubernetes', 'apiserver', 'kubelet', 'kubeproxy', 'rest', 'scheduler', 'storage', 'volume', 'workqueue'),
  ...many('Loki', 'loki', 'promtail'),
  ...many('MongoDB exporter', 'mongodb'),
  ...many('MySQL exporter', 'mysql', 'mysqld'),
  ...many('NATS', 'nats', 'gnatsd'),
  ...many('nginx', 'nginx'),
  ...many('node exporter', 'node'),
  ...many('Node.js client', 'nodejs'),
  ...many('OpenTelemetry collector', 'otelcol'),
  ...many('PostgreSQL exporter', 'pg', 'pgbouncer', 'postgres'),
  ...many('Prometheus', 'net', 'prometheus', 'promhttp'),
  ...many('Python client', 'python'),
  ...many('RabbitMQ', 'rabbitmq'),
  ...many('Redis exporter', 'redis'),
  ...many('SNMP exporter', 'snmp'),
  ...many('Tempo', 'tempo'),
  ...many('Thanos', 'thanos'),
  ...many('Traefik', 'traefik'),
  ...many('Vault', 'vault'),
  ...many('Windows exporter', 'windows'),
  ...many('client library', 'process'),
])

function many(program: string, ...words: readonly string[]): readonly (readonly [string, string])[] {
  return words.map((word) => [word, program])
}

/** The first word of a metric's name. */
export const firstWord = (name: string): string => /^:*([a-zA-Z0-9]+)/.exec(name)?.[1] ?? name

/** The program known by the first word of a metric's name; null if there is none. */
export const exporterOf = (name: string): string | null => exporters.get(firstWord(name)) ?? null

/** What Prometheus itself writes for every target and every alert. */
export const isOfPrometheus = (name: string): boolean =>
  /^(?:up|scrape_\w+|ALERTS|ALERTS_FOR_STATE|target_info)$/.test(name)

/** Labels that the scrape of a process often adds, and that the process itself does not know. */
const ofScrapes: ReadonlySet<string> = new Set([
  'job',
  'instance',
  ...['app', 'application', 'bot', 'cluster', 'container', 'datacenter', 'dc', 'endpoint', 'env', 'environment'],
  ...['group', 'host', 'hostname', 'monitor', 'namespace', 'node', 'pod', 'prometheus', 'region', 'replica', 'role'],
  ...['server', 'service', 'stage', 'team', 'tenant', 'zone'],
])
export const mayComeFromScrape = (label: string): boolean => ofScrapes.has(label)
