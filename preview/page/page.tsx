import { ThemeContext } from '@grafana/data'
import { LocationServiceProvider, locationService } from '@grafana/runtime'
import { GlobalStyles, PortalContainer } from '@grafana/ui'
import { Suspense, useLayoutEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { matchPath, Route, Router, Routes } from 'react-router-dom'
import { haveIcons } from './icons.ts'
import { fitPaper } from './print.ts'
import { keepRepaired } from './repairs.ts'
import { readableTimes } from './scene/address.ts'
import { theme } from './theme.ts'
import { Loading } from './views/loading.tsx'
import { onDemand, View } from './views/on-demand.tsx'

const list = onDemand(async () => (await import('./views/list.tsx')).List)
const dashboard = onDemand(async () => (await import('./views/open-dashboard.tsx')).OpenDashboard)
const dashboardPath = '/d/:bot/:name'
const bots = <View key="list" of={list} />
const panels = <View key="dashboard" of={dashboard} />

/** The libraries change the address through their own history, so this page follows it. */
function Page() {
  const history = locationService.getHistory()
  const [location, setLocation] = useState(history.location)
  useLayoutEffect(() => history.listen((next: typeof location) => setLocation(next)), [history])
  const search = readableTimes(location.search)
  useLayoutEffect(() => {
    if (search !== location.search) history.replace({ ...location, search })
  }, [history, location, search])
  if (search !== location.search) return null
  return (
    <LocationServiceProvider service={locationService}>
      <Router location={location} navigator={history}>
        <Suspense fallback={<Loading />}>
          <Routes>
            <Route path="/" element={bots} />
            <Route path="/d/:bot" element={bots} />
            <Route path={dashboardPath} element={panels} />
            <Route path="*" element={bots} />
          </Routes>
        </Suspense>
      </Router>
    </LocationServiceProvider>
  )
}

/** Draws the page in place of what `index.html` shows until then. */
export async function draw(root: HTMLElement): Promise<void> {
  await (matchPath(dashboardPath, location.pathname) === null ? list : dashboard).load()
  haveIcons()
  keepRepaired()
  fitPaper()
  createRoot(root).render(
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <Page />
      <PortalContainer />
    </ThemeContext.Provider>,
  )
}
