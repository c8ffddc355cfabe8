import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type AnyAlert,
  type AnyPanel,
  alert,
  alerts,
  dashboard,
  decide,
  look,
  max,
  max_over_time,
  min,
  ms,
  ratio,
  seconds,
  series,
  stat,
  sum,
  timeseries,
} from '../../definitions/language/index.ts'
import { catalogue, gauge, oneOf } from '../../definitions/language/metrics.ts'

const metrics = series(
  catalogue('tb', {
    lag_seconds: gauge({ help: 'Lag.', unit: seconds, labels: { symbol: oneOf('BTC', 'ETH') } }),
    lag_ms: gauge({ help: 'Lag.', unit: ms }),
    fill_ratio: gauge({ help: 'Filled.', unit: ratio }),
  }),
)
const { panels } = dashboard({
  title: 'Marks',
  panels: {
    lag: timeseries({ title: 'Lag', show: metrics.lag_seconds }),
    worst: stat({ title: 'Worst lag', show: max(metrics.lag_seconds) }),
    best: stat({ title: 'Best lag', show: min(metrics.lag_seconds) }),
    total: stat({ title: 'Lag in all', show: sum(metrics.lag_seconds) }),
    inMs: stat({ title: 'Lag in ms', show: metrics.lag_ms }),
    filled: stat({ title: 'Filled', show: metrics.fill_ratio }),
    average: timeseries({ title: 'Lag, over a minute', show: max_over_time(metrics.lag_seconds.over('1m')) }),
  },
})

const common = { severity: 'warning', summary: 'x' } as const
const runbook = {
  cause: 'x',
  steps: [look(panels.lag), ...Object.values(panels).map((panel) => look(panel))],
} as const
/** The limit drawn in each panel by an alert whose runbook looks at all of them. */
const drawn = (one: AnyAlert) =>
  Object.fromEntries(
    one.marks.map(({ panel, limit }) => [panel.title, limit === null ? null : `${limit.bad} ${limit.value}`]),
  )

test('look() draws the limit, in the panel’s unit, if the panel shows what the alert compares or its worst value', () => {
  assert.deepEqual(drawn(alert({ when: metrics.lag_seconds.gt(seconds(2)), ...common, runbook })), {
    Lag: 'above 2',
    'Worst lag': 'above 2',
    'Best lag': null,
    'Lag in all': null,
    'Lag in ms': null,
    Filled: null,
    'Lag, over a minute': 'above 2',
  })
  assert.deepEqual(drawn(alert({ when: metrics.lag_ms.lt(seconds(2)), ...common, runbook })), {
    Lag: null,
    'Worst lag': null,
    'Best lag': null,
    'Lag in all': null,
    'Lag in ms': 'below 2000',
    Filled: null,
    'Lag, over a minute': null,
  })
})

test('the worst value is the lowest if low is bad', () => {
  const low = drawn(alert({ when: metrics.lag_seconds.lt(seconds(2)), ...common, runbook }))
  assert.deepEqual([low['Best lag'], low['Worst lag']], ['below 2', null])
})

test('an alert on a maximum over a window marks panels that show the current value', () => {
  const windowed = max_over_time(metrics.lag_seconds.over('1m'))
  assert.equal(drawn(alert({ when: windowed.gt(seconds(2)), ...common, runbook }))['Worst lag'], 'above 2')
})

const only = { cause: 'x', steps: [decide('Wait.')] } as const
const drawnIn = (...thresholdIn: readonly AnyPanel[]) =>
  alerts({ Late: alert({ when: metrics.lag_seconds.gt(seconds(2)), ...common, thresholdIn, runbook: only }) }).Late

test('thresholdIn draws the limit without a step in the runbook', () => {
  const late = drawnIn(panels.worst)
  assert.deepEqual(late.marks, [{ panel: panels.worst, isLook: false, limit: { value: 2, bad: 'above' } }])
  assert.deepEqual(late.defects, [])
})

test('thresholdIn is refused for a panel that shows something else', () => {
  assert.deepEqual(drawnIn(panels.total).defects, [
    {
      code: 'threshold-in',
      message:
        "its threshold cannot be drawn in the panel 'Lag in all', whose first query does not show what the alert compares",
      fix: 'name a panel whose first query shows it in the same unit, or remove the panel from thresholdIn',
    },
  ])
})

test('a panel in both a look() and thresholdIn is marked once, as looked at', () => {
  const late = alert({
    when: metrics.lag_seconds.gt(seconds(2)),
    ...common,
    thresholdIn: [panels.lag],
    runbook: { cause: 'x', steps: [look(panels.lag), look(panels.lag, 'again')] },
  })
  assert.deepEqual(
    late.marks.map(({ panel, isLook }) => [panel.title, isLook]),
    [['Lag', true]],
  )
})
