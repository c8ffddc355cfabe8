import { z } from 'zod'
import { inSeconds } from '../../definitions/language/duration.ts'
import { readYaml } from '../../generators/text/yaml.ts'
import type { LabelSet } from './firing.ts'

/** A channel of a receiver, and whether it gets RESOLVED messages. */
interface RoutedChannel {
  readonly name: string
  readonly resolves: boolean
}

/** Where an alert is sent, and when; all times in seconds. */
export interface Route {
  /** Its place in the tree of routes. */
  readonly key: string
  readonly receiver: string
  readonly channels: readonly RoutedChannel[]
  readonly groupBy: readonly string[]
  readonly wait: number
  readonly interval: number
  readonly repeat: number
}

/** The routes and inhibitions of a generated alertmanager.yml. */
export interface Routing {
  readonly routeOf: (labels: LabelSet) => Route
  /** Whether an alert is muted while these fire. */
  readonly isMuted: (labels: LabelSet, firing: readonly LabelSet[]) => boolean
  /** Whether an alert mutes others. */
  readonly isMuting: (labels: LabelSet) => boolean
}

const matchers = z.array(z.string())

/** Fields that this reader does not know, such as `continue`, are rejected. */
const routeFile = z.strictObject({
  receiver: z.string().optional(),
  group_by: z.array(z.string()).optional(),
  group_wait: z.string().optional(),
  group_interval: z.string().optional(),
  repeat_interval: z.string().optional(),
  matchers: matchers.optional(),
  get routes() {
    return z.array(routeFile).optional()
  },
})
type RouteFile = z.infer<typeof routeFile>

const integration = z.looseObject({
  url: z.string().optional(),
  url_file: z.string().optional(),
  chat_id_file: z.string().optional(),
  webhook_url_file: z.string().optional(),
  send_resolved: z.boolean(),
})
const configFile = z.object({
  route: routeFile,
  inhibit_rules: z
    .array(z.strictObject({ source_matchers: matchers, target_matchers: matchers, equal: z.array(z.string()) }))
    .default([]),
  receivers: z.array(z.looseObject({ name: z.string() })),
})

/** Reads what decides who is notified of what, and when, from an alertmanager.yml. */
export function readRouting(text: string): Routing {
  const { route, inhibit_rules, receivers } = configFile.parse(readYaml(text))
  const channels = new Map(receivers.map((receiver) => [receiver.name, channelsOf(receiver)]))
  const inhibitions = inhibit_rules.map(({ source_matchers, target_matchers, equal }) => ({
    equal,
    isSource: matching(source_matchers),
    isTarget: matching(target_matchers),
  }))
  return Object.freeze({
    routeOf: (labels: LabelSet) => {
      const { receiver = '', ...rest } = found(route, labels, 'route')
      return { ...rest, receiver, channels: channels.get(receiver) ?? [] }
    },
    isMuting: (labels: LabelSet) => inhibitions.some(({ isSource }) => isSource(labels)),
    isMuted: (labels: LabelSet, firing: readonly LabelSet[]) =>
      inhibitions.some(
        ({ equal, isSource, isTarget }) =>
          isTarget(labels) &&
          firing.some(
            (source) =>
              isSource(source) &&
              equal.every((label) => (source[label] ?? '') === (labels[label] ?? '')) &&
              // an alert that matches both sides is not muted by another that does
              !(isSource(labels) && isTarget(source)),
          ),
      ),
  })
}

/** The deepest route that matches: the first of each level, which inherits from those above it. */
function found(route: RouteFile, labels: LabelSet, key: string, above: RouteFile = {}): Omit<Route, 'channels'> {
  const { routes = [], matchers: _, ...own } = route
  const settings = { ...above, ...own }
  const next = routes.findIndex(({ matchers = [] }) => matching(matchers)(labels))
  const child = routes[next]
  if (child !== undefined) return found(child, labels, `${key}/${next}`, settings)
  return {
    key,
    receiver: settings.receiver ?? '',
    groupBy: settings.group_by ?? [],
    wait: inSeconds(settings.group_wait ?? '30s'),
    interval: inSeconds(settings.group_interval ?? '5m'),
    repeat: inSeconds(settings.repeat_interval ?? '4h'),
  }
}

/** Without the dead man's switch, which no person reads. */
const channelsOf = ({ name, ...configs }: { readonly name: string } & Readonly<Record<string, unknown>>) =>
  Object.entries(configs).flatMap(([kind, list]) =>
    z
      .array(integration)
      .parse(list)
      .filter(({ url_file }) => url_file === undefined)
      .map(({ url, chat_id_file, webhook_url_file, send_resolved }) => ({
        name: lastPart(url ?? chat_id_file ?? webhook_url_file ?? `${name}/${kind}`),
        resolves: send_resolved,
      })),
  )

const lastPart = (path: string) => path.replace(/.*\//, '')

/** Whether all matchers match; a label that is missing is empty. */
function matching(texts: readonly string[]): (labels: LabelSet) => boolean {
  const each = texts.map((text) => {
    const [, label = '', operator = '', quoted = ''] = /^(\w+)(=~|!~|!=|=)(".*")$/.exec(text) ?? []
    if (operator === '') throw new Error(`this matcher cannot be read: ${text}`)
    const value: string = JSON.parse(quoted)
    const isEqual = (given: string) =>
      operator.endsWith('~') ? new RegExp(`^(?:${value})$`).test(given) : given === value
    return (labels: LabelSet) => isEqual(labels[label] ?? '') !== operator.startsWith('!')
  })
  return (labels) => each.every((matches) => matches(labels))
}
