import { css } from '@emotion/css'
import { UrlSyncContextProvider } from '@grafana/scenes'
import { TextLink } from '@grafana/ui'
import { useCallback, useEffect, useMemo } from 'react'
import { useParams } from 'react-router-dom'
import { type DashboardJson, declaredIn } from '../dashboard.ts'
import { choicesFor } from '../prometheus/source.ts'
import { DestinationsContext, destinationsOf } from '../scene/destinations.ts'
import { FiringsContext, firingsOf } from '../scene/firings.ts'
import { sceneOf } from '../scene/from-json.ts'
import { addInTurn } from '../scene/in-turn.ts'
import { OldAfterContext, oldAfter } from '../scene/old.ts'
import { createPanelReports, ReportsContext } from '../scene/reports.ts'
import { RoomContext, roomIn } from '../scene/room.ts'
import { joinSeams, joinSource } from '../scene/seams.ts'
import { ShortcomingsContext } from '../scene/shortcomings.ts'
import { type BotItem, fetchDashboard, fetchOverview } from '../server.ts'
import { shortcomingsOf } from '../support/dashboard.ts'
import { theme } from '../theme.ts'
import { AddressState } from './address-state.tsx'
import { DashboardLinks } from './dashboard-links.tsx'
import { useDocumentTitle } from './document-title.ts'
import { Layout } from './layout.tsx'
import { PageShortcomings } from './page-shortcomings.tsx'
import { PageState } from './page-state.tsx'
import { PastRange } from './past-range.tsx'
import { PrintedChoices } from './printed-choices.tsx'
import { SceneView } from './scene-view.tsx'
import { Sentence } from './sentence.tsx'
import { UnknownVariables } from './unknown-variables.tsx'
import { useFetch } from './use-fetch.ts'
import { useNarrow } from './use-narrow.ts'
import { useUnchanged } from './use-unchanged.ts'
import { useViewSearch } from './use-view-search.ts'

joinSeams()

/** One dashboard; when its file changes it is redrawn and keeps its selections. */
export function OpenDashboard() {
  const { bot = '', name = '' } = useParams()
  const { value, wrong } = useFetch(fetchOverview, 2000)
  const destinations = useUnchanged(destinationsOf(value?.prometheus ?? '', value?.bots ?? []))
  const folder = value?.bots.find((one) => one.bot === bot)
  const listed = folder?.dashboards.find((one) => one.name === name)
  return (
    <Layout
      title={listed?.title ?? name}
      subtitle={listed?.description ?? ''}
      links={<Others bot={folder} name={name} />}
    >
      {wrong === undefined || listed !== undefined ? null : <Unread name={name} why={wrong} />}
      {value !== undefined && listed === undefined ? (
        <Sentence text={`${bot} no longer has a dashboard '${name}': run \`make generate\`, or go back to the list.`} />
      ) : null}
      {value === undefined ? null : <UnknownVariables bots={value.bots} />}
      {listed?.wrong === undefined ? null : <Sentence text={listed.wrong} />}
      {value === undefined || (listed !== undefined && listed.wrong === undefined) ? null : <Broken name={name} />}
      {listed === undefined || listed.wrong !== undefined || folder === undefined ? null : (
        <DestinationsContext.Provider value={destinations}>
          <Drawn
            key={`${bot}/${name} ${listed.revision}`}
            bot={bot}
            name={name}
            interval={folder.interval}
            away={wrong ?? null}
          />
        </DestinationsContext.Provider>
      )}
    </Layout>
  )
}

/** The tab of a dashboard whose file is broken or gone. */
function Broken({ name }: { readonly name: string }) {
  useDocumentTitle(name, 'Cannot be read')
  return null
}

/** A page of which nothing has been read yet. */
function Unread({ name, why }: { readonly name: string; readonly why: string }) {
  return (
    <>
      <Broken name={name} />
      <Sentence text={why} />
    </>
  )
}

function Others({ bot, name }: { readonly bot: BotItem | undefined; readonly name: string }) {
  const kept = useViewSearch()
  const links = (
    <nav className={styles.others}>
      <TextLink href={`/${kept}`}>All dashboards</TextLink>
      {bot?.dashboards.map((one) =>
        one.name === name ? (
          <span key={one.name}>{one.title}</span>
        ) : (
          <TextLink key={one.name} href={`/d/${bot.bot}/${one.name}${kept}`}>
            {one.title}
          </TextLink>
        ),
      )}
    </nav>
  )
  if (!useNarrow()) return links
  return (
    // Another dashboard begins with its links closed.
    <details key={name} className={styles.menu}>
      <summary>Dashboards</summary>
      {links}
    </details>
  )
}

interface DrawnProps {
  readonly bot: string
  readonly name: string
  readonly interval: string
  /** Why the preview server does not answer; null while it does. */
  readonly away: string | null
}

function Drawn({ bot, name, interval, away }: DrawnProps) {
  const ask = useCallback(() => fetchDashboard(bot, name), [bot, name])
  const { value, wrong } = useFetch(ask)
  if (wrong !== undefined) return <Sentence text={wrong} />
  return value === undefined ? null : <Panels dashboard={value} interval={interval} away={away} />
}

interface PanelsProps extends Pick<DrawnProps, 'interval' | 'away'> {
  readonly dashboard: DashboardJson
}

function Panels({ dashboard, interval, away }: PanelsProps) {
  const scene = useMemo(() => {
    joinSource(interval, declaredIn(dashboard))
    return sceneOf(dashboard)
  }, [dashboard, interval])
  const reports = useMemo(createPanelReports, [])
  useEffect(() => reports.away(away), [reports, away])
  const firings = useMemo(() => firingsOf(dashboard, () => choicesFor(scene), interval), [dashboard, scene, interval])
  useEffect(() => addInTurn(scene, dashboard, { width: innerWidth, height: innerHeight }), [scene, dashboard])
  const makeRoom = useMemo(() => roomIn(scene), [scene])
  const old = useMemo(() => () => oldAfter(scene, reports.page().isAway), [scene, reports])
  const shortcomings = useMemo(() => shortcomingsOf(dashboard), [dashboard])
  return (
    <ReportsContext.Provider value={reports}>
      <OldAfterContext.Provider value={old}>
        <FiringsContext.Provider value={firings}>
          <RoomContext.Provider value={makeRoom}>
            <PageState title={dashboard.title} />
            <DashboardLinks dashboard={dashboard} scene={scene} />
            <PastRange scene={scene} />
            <AddressState scene={scene} />
            <PrintedChoices scene={scene} />
            <PageShortcomings dashboard={dashboard} />
            <ShortcomingsContext.Provider value={shortcomings}>
              <UrlSyncContextProvider scene={scene} updateUrlOnInit={false} createBrowserHistorySteps={false}>
                <SceneView scene={scene} />
              </UrlSyncContextProvider>
            </ShortcomingsContext.Provider>
          </RoomContext.Provider>
        </FiringsContext.Provider>
      </OldAfterContext.Provider>
    </ReportsContext.Provider>
  )
}

const styles = {
  others: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2),
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  menu: css({
    position: 'relative',
    '& > summary': { padding: theme.spacing(0.5, 0), color: theme.colors.text.link, cursor: 'pointer' },
    '& > nav': {
      position: 'absolute',
      top: '100%',
      right: 0,
      zIndex: theme.zIndex.dropdown,
      flexDirection: 'column',
      gap: theme.spacing(1.5),
      padding: theme.spacing(1.5),
      whiteSpace: 'nowrap',
      background: theme.colors.background.elevated,
      borderRadius: theme.shape.radius.default,
      boxShadow: theme.shadows.z3,
    },
  }),
}
