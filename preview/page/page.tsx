import { ThemeContext } from '@grafana/data'
import { LocationServiceProvider, locationService } from '@grafana/runtime'
import { GlobalStyles, PortalContainer } from '@grafana/ui'
import { lazy, Suspense, useLayoutEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { Route, Router, Routes } from 'react-router-dom'
import { haveIcons } from './icons.ts'
import { fitPaper } from './print.ts'
import { keepRepaired } from './repairs.ts'
import { readableTimes } from './scene/address.ts'
import { theme } from './theme.ts'
import { Loading } from './views/loading.tsx'

const List = lazy(async () => ({ default: (await import('./views/list.tsx')).List }))
const OpenDashboard = lazy(async () => ({ default: (await import('./views/open-dashboard.tsx')).OpenDashboard }))

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
            <Route path="/" element={<List />} />
            <Route path="/d/:bot" element={<List />} />
            <Route path="/d/:bot/:name" element={<OpenDashboard />} />
            <Route path="*" element={<List />} />
          </Routes>
        </Suspense>
      </Router>
    </LocationServiceProvider>
  )
}

/** Draws the page in place of what `index.html` shows until then. */
export function draw(root: HTMLElement): void {
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
