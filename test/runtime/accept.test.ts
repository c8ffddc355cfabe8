import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acceptsGzip, formatFor } from '../../runtime/accept.ts'

test('the scraper gets the format that it prefers', () => {
  const prometheus3 =
    'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,' +
    'text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2'
  const table: readonly (readonly [string | undefined, string])[] = [
    [undefined, 'text'],
    ['', 'text'],
    [prometheus3, 'openmetrics'],
    [
      `application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.7,${prometheus3}`,
      'openmetrics',
    ],
    [
      'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
      'openmetrics',
    ],
    ['text/plain;version=0.0.4;q=1,*/*;q=0.1', 'text'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8', 'text'],
    ['*/*', 'text'],
    ['application/openmetrics-text', 'openmetrics'],
    ['Application/OpenMetrics-Text; Version="1.0.0"; charset=utf-8', 'openmetrics'],
    ['application/openmetrics-text; version=2.0.0', 'text'],
    ['application/openmetrics-text;q=0', 'text'],
    ['application/openmetrics-text;q=0, */*', 'text'],
    ['application/openmetrics-text;q=0.5, text/plain;q=0.6', 'text'],
    ['text/plain, application/openmetrics-text', 'openmetrics'],
    ['*/*;q=1, text/plain;q=0.1, application/openmetrics-text;q=0.5', 'openmetrics'],
    ['application/openmetrics-text;q=abc', 'text'],
    [';;;,,=,q', 'text'],
  ]
  for (const [accept, format] of table) assert.equal(formatFor(accept), format, accept)
})

test('gzip is used only if the client accepts it', () => {
  const table: readonly (readonly [string | undefined, boolean])[] = [
    [undefined, false],
    ['gzip', true],
    ['GZIP;q=0.5', true],
    ['gzip;q=0', false],
    ['deflate, br', false],
    ['*', true],
    ['gzip;q=0, *', false],
    ['identity', false],
  ]
  for (const [acceptEncoding, yes] of table) assert.equal(acceptsGzip(acceptEncoding), yes, acceptEncoding)
})
