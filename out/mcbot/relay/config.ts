/** relay.json: the channels, and the sources of alerts whose silence is reported. */
export interface RelayConfig {
  readonly bot: string
  /** Base URL of Alertmanager. */
  readonly alertmanager: string
  readonly channels: readonly ChannelConfig[]
  readonly sources: readonly SourceConfig[]
  /** The alert that is raised while a source is silent. */
  readonly silence: SilenceAlert
  /** The name of the alert that the relay does not answer, whose end it reports itself. */
  readonly relayDown: string
  /** The alerts that others mute, by name. */
  readonly muted: Readonly<Record<string, MutedAlert>>
  /** Names of the alerts on events: what happened has no end to report. */
  readonly events: readonly string[]
  /** Hosts, with or without a port, under which it may be asked, in addition to loopback names and addresses. */
  readonly hosts: readonly string[]
}

/** A notification channel and the files of its secrets, which are read for each attempt. */
export type ChannelConfig =
  | {
      readonly name: string
      readonly kind: 'telegram'
      /** Base URL of the Bot API. */
      readonly api: string
      readonly tokenFile: string
      readonly chatFile: string
    }
  | { readonly name: string; readonly kind: 'discord'; readonly webhookFile: string }

/** A program that evaluates alerts: its Watchdog arrives in Alertmanager as long as it works. */
export interface SourceConfig {
  readonly name: string
  readonly title: string
  /** Labels of its Watchdog. */
  readonly watchdog: Readonly<Record<string, string>>
  /** Labels that all its alerts have and no others, such as those of a second evaluator; none for the only one. */
  readonly labels: Readonly<Record<string, string>>
  /** Names of its alerts; without them it has all that no other source has. */
  readonly alerts?: readonly string[]
  /** What may keep it from seeing what happens. */
  readonly hiding?: Hiding
  /** What its silence means, where that differs from the alert's own texts. */
  readonly texts?: SilenceTexts
  /** Seconds between two arrivals of its Watchdog. */
  readonly every: number
  /** How many seconds it may leave its health URLs unanswered. */
  readonly awayLimit: number
  /** How many seconds may pass without its Watchdog. */
  readonly quietLimit: number
  /** How many seconds after a restart its Watchdog may take to arrive. */
  readonly startLimit: number
  /** URLs that answer 200 while it works, one for each of its replicas: it is there as long as one answers. */
  readonly health: readonly string[]
}

/** Alerts that tell that a source may not see what happens: the end of its own alerts then proves nothing. */
interface Hiding {
  /** Their names, and how long each may take to fire, in seconds. */
  readonly by: Readonly<Record<string, number>>
  /** The alerts of the source, and how long each may take to fire again once nothing is hidden, in seconds. */
  readonly settles: Readonly<Record<string, number>>
}

interface SilenceTexts {
  /** What is not watched, such as `the log of mcbot`. */
  readonly unwatched: string
  readonly description: string
  readonly steps: string
}

interface MutedAlert {
  /** Names of the alerts that mute it. */
  readonly by: readonly string[]
  /** How long it may take to fire again once nothing mutes it, in seconds. */
  readonly settles: number
}

interface SilenceAlert {
  readonly labels: Readonly<Record<string, string>>
  readonly description: string
  readonly steps: string
  /** The runbook's file name below RUNBOOK_PUBLIC_URL. */
  readonly runbook: string
}
