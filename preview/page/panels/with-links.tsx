import { css } from '@emotion/css'
import type { DataFrame, Field, FieldDisplay, LinkModel, PanelData } from '@grafana/data'
import { DataLinksContextMenu, type DataLinksContextMenuApi } from '@grafana/ui'
import { type ReactElement, useContext, useMemo } from 'react'
import { type Destinations, DestinationsContext, destinationOf, openedIn } from '../scene/destinations.ts'
import { theme } from '../theme.ts'

/** The data of a panel with links that lead somewhere from here; the others are left out. */
export function useLinkedData(data: PanelData): PanelData {
  const destinations = useContext(DestinationsContext)
  return useMemo(
    () => ({ ...data, series: data.series.map((frame) => linkedFrame(frame, destinations)) }),
    [data, destinations],
  )
}

const hasLinks = ({ config, getLinks }: Field) => getLinks !== undefined && (config.links?.length ?? 0) > 0

const linkedFrame = (frame: DataFrame, destinations: Destinations): DataFrame =>
  frame.fields.some(hasLinks)
    ? { ...frame, fields: frame.fields.map((field) => linkedField(field, destinations)) }
    : frame

function linkedField(field: Field, destinations: Destinations): Field {
  const { getLinks } = field
  if (getLinks === undefined || !hasLinks(field)) return field
  return { ...field, getLinks: (of) => getLinks(of).flatMap((link) => linkTo(link, destinations)) }
}

function linkTo({ onClick: _, ...link }: LinkModel<Field>, destinations: Destinations): readonly LinkModel<Field>[] {
  const found = destinationOf(link.href, destinations)
  return 'why' in found ? [] : [{ ...link, href: found.href, target: found.isOutside ? '_blank' : link.target }]
}

/** A frame without the links that lead nowhere in any of the first rows: a table would offer an empty menu. */
export const withoutDeadLinks = (frame: DataFrame): DataFrame => ({
  ...frame,
  fields: frame.fields.map((field) => {
    const rows = Math.min(frame.length, 50)
    const isAlive = Array.from({ length: rows }, (_, i) => i).some(
      (valueRowIndex) => (field.getLinks?.({ valueRowIndex }).length ?? 0) > 0,
    )
    return hasLinks(field) && !isAlive ? { ...field, config: { ...field.config, links: [] } } : field
  }),
})

interface WithLinksProps {
  readonly links: () => LinkModel[]
  /** Draws what is linked; with several links it opens their menu. */
  readonly children: (api: DataLinksContextMenuApi) => ReactElement
}

/** A drawing that is a link, or opens a menu of several. */
export function WithLinks({ links, children }: WithLinksProps) {
  const [only, ...others] = links()
  if (only === undefined || others.length > 0)
    return <DataLinksContextMenu links={links}>{children}</DataLinksContextMenu>
  return (
    <a href={only.href} title={only.title} {...openedIn(only.target === '_blank')} className={link}>
      {children({})}
    </a>
  )
}

/** The links of a value that is shown on its own. */
export const linksOf = ({ getLinks, hasLinks }: FieldDisplay) => (hasLinks ? (getLinks ?? none) : none)
const none = () => []

/** The role of a drawing of several parts: links inside an image cannot be reached by a screen reader. */
export const roleOf = (parts: readonly (() => readonly LinkModel[])[]) =>
  parts.some((links) => links().length > 0) ? 'group' : 'img'

/** How one of the library's drawings opens the menu. */
export const opening = ({ openMenu, targetClassName }: DataLinksContextMenuApi) => ({
  ...(openMenu === undefined ? {} : { onClick: openMenu, hasLinks: true }),
  ...(targetClassName === undefined ? {} : { className: targetClassName }),
})

/** How one of our own drawings opens the menu, by a keyboard, too. */
export const triggering = ({ triggerProps, targetClassName }: DataLinksContextMenuApi) =>
  triggerProps === undefined ? {} : { ...triggerProps, className: targetClassName }

const link = css({
  display: 'flex',
  overflow: 'hidden',
  height: '100%',
  color: 'inherit',
  '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
})
