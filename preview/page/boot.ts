import { mode } from './mode.ts'

// What a Grafana server writes into its page before the libraries load, which read it on import.
Object.assign(window, {
  __grafana_public_path__: '/',
  grafanaBootData: {
    settings: {
      featureToggles: {},
      panels: {},
      datasources: {},
      apps: {},
      appSubUrl: '',
      minRefreshInterval: '1s',
      buildInfo: { version: '13.2.2', env: 'production' },
    },
    user: {
      theme: mode,
      locale: 'en-GB',
      language: 'en-US',
      timezone: 'browser',
      weekStart: 'monday',
      orgRole: 'Viewer',
    },
    navTree: [],
  },
})
