// What a Grafana server writes into its page before the libraries load, which read it on import.
Object.assign(window, {
  __grafana_public_path__: '/',
  // The page's content security policy forbids eval, so nothing may try it.
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
