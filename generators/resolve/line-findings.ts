import type { AnyAlert } from '../../definitions/language/alert.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import { type Defect, defect } from '../../definitions/language/defect.ts'
import { durationText, inSeconds } from '../../definitions/language/duration.ts'
import { figuresOf } from '../../definitions/language/figures.ts'
import { type Fields, type LogEvent, reservedFields } from '../../definitions/language/log-event.ts'
import type { LineCondition, LineFigure, LineFilter } from '../../definitions/language/log-query.ts'
import type { AnyPanel } from '../../definitions/language/panel.ts'
import type { Unit } from '../../definitions/language/unit.ts'
import { type Finding, finding, type Subject } from '../model/finding.ts'
import { lineLateness } from '../stack/logs.ts'
import { listText } from '../text/list-text.ts'
import { filterTextDefects, pipesDefects } from './line-text.ts'
import { countDefects, filterValueDefects } from './line-values.ts'

type Event = LogEvent<Fields>

/** What is wrong with an alert on lines of the log, which only shows when the whole bot is seen. */
export function lineAlertDefects(bot: Bot, alert: AnyAlert): readonly Defect[] {
  const { lines } = alert
  if (lines === null) return []
  const window = windowOf(lines)
  const least = lineLateness + inSeconds(bot.stack.evaluate)
  return [
    ...unknownEvents(bot, eventsOf(lines)),
    ...(lines.kind === 'absence' ? filterDefects(lines.of) : figureDefects(lines.of, alert.unit)),
    ...countDefects(lines),
    ...(inSeconds(window) < least
      ? [
          defect(
            'lines-window',
            `its window is ${window}, but a line may be ${durationText(lineLateness * 1000)} old when the store has it, and rules are evaluated every ${bot.stack.evaluate}: ${lines.kind === 'absence' ? 'it would fire although the bot logs' : 'it would miss lines'}`,
            `make it at least ${durationText(least * 1000)}`,
          ),
        ]
      : []),
    ...keptFor(bot, window),
    ...(inSeconds(alert.for) >= 3600
      ? [
          defect(
            'lines-hold',
            `it holds for ${alert.for}, and each restart of vmalert begins that again`,
            'ask for a longer window instead',
          ),
        ]
      : []),
    ...figuresOf(alert).map(({ name }) =>
      defect(
        'lines-figure',
        `its texts ask for the figure ${name}, but vmalert, which fills them in, cannot ask Prometheus`,
        'leave it out, or show it in the panel that the runbook looks at',
      ),
    ),
  ]
}

/** What is wrong with a panel on lines of the log. */
export const linePanelDefects = (bot: Bot, panel: AnyPanel): readonly Defect[] => [
  ...unknownEvents(bot, [
    ...(panel.lines?.events ?? []),
    ...panel.figures.flatMap(({ figure }) => figure.filter.events),
  ]),
  ...(panel.lines === null ? [] : filterDefects(panel.lines)),
  ...panel.figures.flatMap(({ figure, unit }) => [...figureDefects(figure, unit), ...keptFor(bot, figure.window)]),
]

const figureDefects = (figure: LineFigure, unit: Unit<string>): readonly Defect[] => [
  ...filterDefects(figure.filter),
  ...pipesDefects(figure, unit).wrong,
]

const filterDefects = (filter: LineFilter): readonly Defect[] => [
  ...filterTextDefects(filter),
  ...filterValueDefects(filter),
]

/** What nobody can know about the text of queries on lines. */
export const uncertainText = (bot: Bot): readonly Finding[] => [
  ...bot.alerts.flatMap(({ name, key, where, lines, unit }) =>
    lines?.kind === 'comparison' ? unsure({ of: `alert ${name}`, key, where }, [{ figure: lines.of, unit }]) : [],
  ),
  ...Object.values(bot.dashboards)
    .flatMap((board) => Object.values(board.panels))
    .flatMap(({ name, key, where, figures }) => unsure({ of: `panel ${name}`, key, where }, figures)),
]

const unsure = (
  subject: Subject,
  figures: readonly { readonly figure: LineFigure; readonly unit: Unit<string> }[],
): readonly Finding[] =>
  figures
    .flatMap(({ figure, unit }) => pipesDefects(figure, unit).unknown)
    .map((one) => finding(subject, one, 'warning'))

/** Events that no panel shows and no alert counts. */
export function unreadEvents(bot: Bot): readonly Finding[] {
  const panels = Object.values(bot.dashboards).flatMap((board) => Object.values(board.panels))
  const read = new Set<Event>([
    ...bot.alerts.flatMap(({ lines }) => (lines === null ? [] : eventsOf(lines))),
    ...panels.flatMap(({ lines, figures }) => [
      ...(lines?.events ?? []),
      ...figures.flatMap(({ figure }) => figure.filter.events),
    ]),
  ])
  return Object.values(bot.events)
    .filter((event) => !read.has(event))
    .map((event) =>
      finding(
        { of: `event ${event.name}`, key: event.key, where: event.where },
        defect(
          'event-unread',
          'no panel shows its lines and no alert counts them',
          'add it to a logs panel, count it with lines(), or stop logging it',
        ),
        'warning',
      ),
    )
}

/** Fields whose names a line or the store cannot carry. */
export const fieldFindings = (bot: Bot): readonly Finding[] =>
  Object.values(bot.events).flatMap((event) =>
    Object.keys(event.fields)
      .flatMap(fieldDefects)
      .map((wrong) => finding({ of: `event ${event.name}`, key: event.key, where: event.where }, wrong)),
  )

function fieldDefects(name: string): readonly Defect[] {
  if (reservedFields.some((word) => word === name))
    return [
      defect(
        'field-reserved',
        `its field ${name} would be lost: each line has ${name} itself, or the store sets it`,
        'choose another name',
      ),
    ]
  return /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)
    ? []
    : [
        defect(
          'field-name',
          `its field '${name}' becomes a label of alerts and an argument of a Python function`,
          'use letters, digits and _, and do not start with a digit',
        ),
      ]
}

const eventsOf = (lines: LineCondition): readonly Event[] =>
  lines.kind === 'absence' ? lines.of.events : lines.of.filter.events

const windowOf = (lines: LineCondition): string => (lines.kind === 'absence' ? lines.window : lines.of.window)

function unknownEvents(bot: Bot, events: readonly Event[]): readonly Defect[] {
  const known = new Set<Event>(Object.values(bot.events))
  return [...new Set(events)]
    .filter((event) => !known.has(event))
    .map(({ name }) =>
      defect(
        'event-unknown',
        `it asks for lines of ${name || 'an event without a name'}, which is not an event of this bot`,
        known.size === 0
          ? 'pass the events to bot({ events })'
          : `use one of bot({ events }): ${listText([...known].map((one) => one.name))}`,
      ),
    )
}

function keptFor({ stack }: Bot, window: string): readonly Defect[] {
  return inSeconds(window) > inSeconds(stack.logs.retention)
    ? [
        defect(
          'lines-retention',
          `lines are kept for ${stack.logs.retention}, but it looks back ${window}`,
          'increase logs.retention of the stack',
        ),
      ]
    : []
}
