import type { CommandEntry } from '../command-line/command.ts'

/** All commands, in the order of `botwatch --help`. Each is loaded only when it is called: `--help` loads none. */
export const commands: Readonly<Record<string, CommandEntry>> = Object.freeze({
  generate: {
    does: 'write the monitoring stack that follows from the definitions',
    load: async () => (await import('./generate.ts')).generateCommand,
  },
  check: {
    does: 'report problems in the definitions and their PromQL',
    load: async () => (await import('./check.ts')).checkCommand,
  },
  explain: {
    does: 'show what is known about a PromQL expression',
    load: async () => (await import('./explain.ts')).explainCommand,
  },
  up: {
    does: 'start the generated stack with Docker Compose',
    load: async () => (await import('./up.ts')).upCommand,
  },
  apply: {
    does: 'load changed output into the running stack',
    load: async () => (await import('./apply.ts')).applyCommand,
  },
  down: {
    does: 'stop the stack; its data stays',
    load: async () => (await import('./down.ts')).downCommand,
  },
  'test-alert': {
    does: 'send a test message of each severity to the configured channels',
    load: async () => (await import('./test-alert.ts')).testAlertCommand,
  },
  quiet: {
    does: 'hold back alerts during an announced maintenance',
    load: async () => (await import('./quiet.ts')).quietCommand,
  },
  logs: {
    does: 'print the log lines of a bot from the store',
    load: async () => (await import('./logs.ts')).logsCommand,
  },
  preview: {
    does: 'show the generated dashboards in a browser, without Grafana',
    load: async () => (await import('./preview.ts')).previewCommand,
  },
  verify: {
    does: 'check what a process exposes or logs against its contract',
    load: async () => (await import('./verify.ts')).verifyCommand,
  },
  audit: {
    does: 'compare existing rules and dashboards with what a bot exposes',
    load: async () => (await import('./audit.ts')).auditCommand,
  },
  watchdog: {
    does: 'run a bot, restart it when it hangs, and alert if that fails',
    load: async () => (await import('./watchdog.ts')).watchdogCommand,
  },
})
