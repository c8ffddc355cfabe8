import { css } from '@emotion/css'
import { TextLink } from '@grafana/ui'
import { createContext, useCallback, useContext, useEffect, useState } from 'react'
import { useLocation, useParams } from 'react-router-dom'
import { queryApi } from '../prometheus/query-api.ts'
import { type Tally, tally } from '../prometheus/tally.ts'
import { readablePath } from '../scene/address.ts'
import { ageText, useNow } from '../scene/age.ts'
import { type BotItem, type DashboardItem, fetchDashboard, fetchOverview, type Overview } from '../server.ts'
import { theme } from '../theme.ts'
import { useDocumentTitle } from './document-title.ts'
import { Layout } from './layout.tsx'
import { Sentence } from './sentence.tsx'
import { UnknownVariables } from './unknown-variables.tsx'
import { useFetch } from './use-fetch.ts'
import { useViewSearch } from './use-view-search.ts'

/** The first page, also for an address without a page of its own: every dashboard of every bot or of one, and how many of its panels show something. */
export function List() {
  const { value, wrong } = useFetch(fetchOverview, 5000)
  const away = useFetch(reachable, 5000).wrong
  const { pathname } = useLocation()
  const { bot: only } = useParams()
  const bots = value?.bots.filter(({ bot }) => only === undefined || bot === only)
  const isNowhere = value !== undefined && (bots?.length === 0 || (only === undefined && pathname !== '/'))
  const [troubled, setTroubled] = useState<ReadonlyMap<string, number>>(new Map())
  const report = useCallback<Report>(
    (dashboard, panels) => setTroubled((known) => new Map(known).set(dashboard, panels)),
    [],
  )
  const count = [...troubled.values()].reduce((sum, panels) => sum + panels, 0)
  const broken =
    value?.bots.flatMap(({ dashboards }) => dashboards).filter((one) => one.wrong !== undefined).length ?? 0
  const state =
    broken > 0
      ? `${broken} ${broken === 1 ? 'dashboard' : 'dashboards'} cannot be read`
      : count === 0
        ? null
        : `${count} ${count === 1 ? 'panel' : 'panels'} not fine`
  useDocumentTitle('Dashboards', wrong !== undefined || away !== undefined ? 'No new data' : state)
  return (
    <ReportContext.Provider value={report}>
      <Layout title="Dashboards" {...(value === undefined ? {} : { subtitle: sourcesOf(value) })}>
        {wrong === undefined ? null : <Sentence text={wrong} />}
        {away === undefined || wrong !== undefined ? null : <Sentence text={away} />}
        {value?.bots.length === 0 ? <Sentence text="No dashboards found: run `make generate`." /> : null}
        {value === undefined ? null : <UnknownVariables bots={value.bots} />}
        {isNowhere && value.bots.length > 0 ? (
          <Sentence
            severity="warning"
            text={`There is nothing at ${readablePath(pathname)}. These are all dashboards.`}
          />
        ) : null}
        {(isNowhere ? value.bots : bots)?.map((bot) => (
          <BotDashboards key={bot.bot} bot={bot} away={away} />
        ))}
      </Layout>
    </ReportContext.Provider>
  )
}

/** Tells the page how many panels of a dashboard do not show what they should. */
type Report = (dashboard: string, panels: number) => void

const ReportContext = createContext<Report>(() => {})

/** Where values and lines come from. */
function sourcesOf({ prometheus, bots }: Overview): string {
  const stores = [...new Set(bots.flatMap(({ logs }) => logs ?? []))]
  return `Values from ${prometheus}${stores.length === 0 ? '' : `, log lines from ${stores.join(', ')}`}`
}

/** Milliseconds between two counts. */
const recount = 30_000

const reachable = () => queryApi('query', { query: 'vector(1)' })

function BotDashboards({ bot, away }: { readonly bot: BotItem; readonly away: string | undefined }) {
  return (
    <section>
      <h2 className={styles.bot}>{bot.bot}</h2>
      {bot.wrong === undefined ? null : <Sentence text={bot.wrong} />}
      <ul className={styles.list}>
        {bot.dashboards.map((one) => (
          <Entry key={`${one.name} ${one.revision}`} bot={bot} listed={one} away={away} />
        ))}
      </ul>
    </section>
  )
}

interface EntryProps {
  readonly bot: BotItem
  readonly listed: DashboardItem
  readonly away: string | undefined
}

function Entry({ bot: { bot, interval }, listed: { name, title, description, wrong }, away }: EntryProps) {
  const kept = useViewSearch()
  return (
    <li className={styles.entry} data-dashboard={`${bot}/${name}`}>
      {wrong === undefined ? (
        <>
          <TextLink href={`/d/${bot}/${name}${kept}`}>{title}</TextLink>
          <Counts bot={bot} name={name} interval={interval} away={away} />
          <div className={styles.description}>{description}</div>
        </>
      ) : (
        <Sentence text={wrong} />
      )}
    </li>
  )
}

interface CountsProps {
  readonly bot: string
  readonly name: string
  readonly interval: string
  /** What is wrong with every dashboard, which the page says once. */
  readonly away: string | undefined
}

function Counts({ bot, name, interval, away }: CountsProps) {
  const count = useCallback(async () => tally(await fetchDashboard(bot, name), interval), [bot, name, interval])
  const { value, at, wrong } = useFetch(count, recount)
  const now = useNow()
  const report = useContext(ReportContext)
  const troubled = value === undefined ? 0 : value.empty + value.error
  useEffect(() => {
    report(`${bot}/${name}`, troubled)
    return () => report(`${bot}/${name}`, 0)
  }, [report, bot, name, troubled])
  const why = wrong === undefined || wrong === away ? null : <div className={styles.complaint}>{wrong}</div>
  if (value === undefined || at === undefined)
    return why ?? <div className={styles.description}>{wrong === undefined ? 'counting panels …' : 'not counted'}</div>
  const { ok, expectedlyEmpty, empty, error, unsupported, complaints } = value
  const old = wrong !== undefined || away !== undefined || now - at > 2 * recount
  return (
    <>
      <div
        className={old ? styles.old : undefined}
        data-ok={ok}
        data-expectedly-empty={expectedlyEmpty}
        data-empty={empty}
        data-error={error}
        data-unsupported={unsupported}
      >
        {wordsOf(value).map(({ text, colour }, i) => (
          <span key={text} style={{ color: colour }}>
            {i === 0 ? '' : ', '}
            {text}
          </span>
        ))}
        <span className={styles.description} data-age={old ? 'old' : 'new'}>
          {' '}
          {ageText(at, now)}
        </span>
      </div>
      {why}
      {complaints.map((complaint) => (
        <div key={complaint} className={styles.complaint}>
          {complaint}
        </div>
      ))}
    </>
  )
}

function wordsOf({ ok, expectedlyEmpty, empty, error, unsupported }: Tally) {
  const { success, error: bad, warning, text } = theme.colors
  return [
    { text: `${ok} ${ok === 1 ? 'panel' : 'panels'} ok`, count: 1, colour: success.text },
    { text: `${expectedlyEmpty} empty as expected`, count: expectedlyEmpty, colour: text.secondary },
    { text: `${empty} without data`, count: empty, colour: warning.text },
    { text: `${error} in error`, count: error, colour: bad.text },
    { text: `${unsupported} not supported here`, count: unsupported, colour: text.secondary },
  ].filter(({ count }) => count > 0)
}

const styles = {
  bot: css({ fontSize: theme.typography.h4.fontSize, marginTop: theme.spacing(2) }),
  list: css({ listStyle: 'none', display: 'grid', gap: theme.spacing(1) }),
  entry: css({
    padding: theme.spacing(1.5, 2),
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
  }),
  // Without colour, and still to be read.
  old: css({ fontStyle: 'italic', '& *': { color: `${theme.colors.text.secondary} !important` } }),
  description: css({ color: theme.colors.text.secondary }),
  complaint: css({ overflowWrap: 'anywhere', fontSize: theme.typography.bodySmall.fontSize }),
}
