// What a Grafana server writes into its page before the libraries load: they read it when they are imported.
Object.assign(window, {
  __grafana_public_path__: '/',
  // The page's policy allows no code from strings, so nothing shall try it.
  __zod_globalConfig: { jitless: true },
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
    user: { locale: 'en-GB', language: 'en-US', timezone: 'browser', weekStart: 'monday', orgRole: 'Viewer' },
    navTree: [],
  },
})

export {}
