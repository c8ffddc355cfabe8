/** What a generated module imports, and what only the log of events needs. */
export function importCode(withEvents: boolean): string {
  const modules = ['itertools', 'json', 'logging', 'math', 'os', 're', 'threading', 'time']
  const types = [
    ...['Any', 'Callable', 'Dict', 'Generic', 'Iterable', 'List', 'Literal', 'Mapping', 'Optional', 'Sequence'],
    ...['Set', 'Tuple', 'TypeVar', 'Union'],
  ]
  const names = withEvents ? [...types, 'Iterator', 'Pattern', 'TYPE_CHECKING', 'TypedDict'] : types
  return [
    'from __future__ import annotations',
    '',
    ...(withEvents ? [...modules, 'functools', 'sys', 'traceback'] : modules).sort().map((name) => `import ${name}`),
    'from datetime import datetime, timedelta, timezone',
    ...(withEvents ? ['from decimal import Decimal', 'from numbers import Real', 'from types import FrameType'] : []),
    `from typing import ${names.sort().join(', ')}`,
    `from urllib.parse import ${withEvents ? 'quote, ' : ''}urlencode`,
    'from urllib.request import Request, urlopen',
    '',
    'from prometheus_client import REGISTRY, CollectorRegistry, Counter, Enum, Gauge, Histogram, Info',
    'from prometheus_client.core import Metric',
    'from prometheus_client.metrics import MetricWrapperBase',
    'from prometheus_client.registry import Collector',
  ].join('\n')
}
