import type { VizPanel } from '@grafana/scenes'
import { Dropdown, Icon, Menu, PanelChrome, ToolbarButton } from '@grafana/ui'
import { useContext } from 'react'
import type { LinkJson } from '../dashboard.ts'
import { DestinationsContext, openedIn } from './destinations.ts'
import { filledLink, useSelections } from './filled-link.ts'

/** A panel with its links next to its title. */
export function linkedPanel(panel: VizPanel, links: readonly LinkJson[] | undefined): VizPanel {
  if (links !== undefined && links.length > 0)
    panel.setState({ titleItems: <PanelLinks panel={panel} links={links} /> })
  return panel
}

function PanelLinks({ panel, links }: { readonly panel: VizPanel; readonly links: readonly LinkJson[] }) {
  useSelections(panel)
  const destinations = useContext(DestinationsContext)
  const filled = links.map((link) => filledLink(link, panel, destinations))
  const [only] = filled
  if (only !== undefined && filled.length === 1 && only.href !== null)
    return (
      <PanelChrome.TitleItem href={only.href} title={only.title} {...openedIn(only.isTab)}>
        <Icon name="external-link-alt" title={only.title} />
      </PanelChrome.TitleItem>
    )
  const menu = (
    <Menu>
      {filled.map(({ title, href, why, isTab }) =>
        href === null ? (
          <Menu.Item key={title} label={title} description={why} disabled />
        ) : (
          <Menu.Item key={title} label={title} url={href} {...(isTab ? { target: '_blank' } : {})} />
        ),
      )}
    </Menu>
  )
  return (
    <Dropdown overlay={menu}>
      <ToolbarButton icon="external-link-alt" iconSize="md" aria-label={`links of ${panel.state.title}`} />
    </Dropdown>
  )
}
