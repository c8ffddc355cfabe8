import { type DashboardLink, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard'

/** A link with no options set; the SDK's default would hide it in a menu. */
export const plainLink: DashboardLink = Object.freeze({
  type: DashboardLinkType.Link,
  title: '',
  tooltip: '',
  icon: '',
  tags: [],
  asDropdown: false,
  targetBlank: false,
  includeVars: false,
  keepTime: false,
})
