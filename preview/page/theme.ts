import type { GrafanaTheme2 } from '@grafana/data'
import { config } from '@grafana/runtime'

/** The one theme of this page, which the libraries make from the mode in `boot.ts`. */
export const theme: GrafanaTheme2 = config.theme2
