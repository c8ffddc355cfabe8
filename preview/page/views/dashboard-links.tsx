import { css } from '@emotion/css'
import type { EmbeddedScene } from '@grafana/scenes'
import { Button, Dropdown, Menu, TextLink } from '@grafana/ui'
import { useContext } from 'react'
import { useLocation } from 'react-router-dom'
import type { DashboardJson, LinkJson } from '../dashboard.ts'
import { type Destinations, DestinationsContext } from '../scene/destinations.ts'
import { type FilledLink, filledLink, keptBy, useSelections, withKept } from '../scene/filled-link.ts'
import { theme } from '../theme.ts'

interface DashboardLinksProps {
  readonly dashboard: DashboardJson
  readonly scene: EmbeddedScene
}

/** The links that a dashboard sets itself. */
export function DashboardLinks({ dashboard: { links = [] }, scene }: DashboardLinksProps) {
  useSelections(scene)
  const destinations = useContext(DestinationsContext)
  const { pathname } = useLocation()
  const shown = links.flatMap((link) => {
    if (link.type !== 'dashboards') return [{ link, filled: [filledLink(link, scene, destinations)] }]
    const filled = tagged(destinations, pathname, link).map(({ path, title }) => ({
      title,
      tooltip: '',
      href: withKept(path, keptBy(link, scene)),
      why: '',
      isTab: link.targetBlank === true,
    }))
    return filled.length === 0 ? [] : [{ link, filled }]
  })
  if (shown.length === 0) return null
  return (
    <nav className={styles.links} aria-label="links of the dashboard">
      {shown.map(({ link, filled }) =>
        link.asDropdown === true && link.type === 'dashboards' ? (
          <Listed key={link.title} title={link.title ?? ''} links={filled} />
        ) : (
          filled.map((one) => <One key={one.title} link={one} />)
        ),
      )}
    </nav>
  )
}

/** The other dashboards with all tags of a link; none if they are those of the bot, to which every page links anyway. */
function tagged({ dashboards }: Destinations, here: string, { tags = [] }: LinkJson): Destinations['dashboards'] {
  const found = dashboards.filter((one) => tags.every((tag) => one.tags.includes(tag)))
  const ofBot = dashboards.filter(({ path }) => botOf(path) === botOf(here))
  return found.length === ofBot.length && found.every((one) => ofBot.includes(one))
    ? []
    : found.filter(({ path }) => path !== here)
}

const botOf = (path: string) => path.split('/')[2]

function One({ link: { title, tooltip, href, why, isTab } }: { readonly link: FilledLink }) {
  if (href === null) return <span title={why}>{title}</span>
  return (
    <TextLink
      href={href}
      external={isTab}
      inline={false}
      variant="bodySmall"
      {...(tooltip === '' ? {} : { title: tooltip })}
    >
      {title}
    </TextLink>
  )
}

function Listed({ title, links }: { readonly title: string; readonly links: readonly FilledLink[] }) {
  const menu = (
    <Menu>
      {links.map(({ title, href, isTab }) => (
        <Menu.Item key={title} label={title} url={href ?? ''} {...(isTab ? { target: '_blank' } : {})} />
      ))}
    </Menu>
  )
  return (
    <Dropdown overlay={menu}>
      <Button variant="secondary" fill="text" size="sm" icon="angle-down" iconPlacement="right">
        {title}
      </Button>
    </Dropdown>
  )
}

const styles = {
  links: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 2),
    fontSize: theme.typography.bodySmall.fontSize,
  }),
}
