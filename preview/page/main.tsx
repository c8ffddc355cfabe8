import './boot.ts'
import './page.css'
import { ThemeContext } from '@grafana/data'
import { LocationServiceProvider, locationService } from '@grafana/runtime'
import { GlobalStyles, PortalContainer } from '@grafana/ui'
import { useLayoutEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { Route, Router, Routes } from 'react-router-dom'
import { fitPaper } from './print.ts'
import { keepRepaired } from './repairs.ts'
import { readableTimes } from './scene/address.ts'
import { joinSeams } from './scene/seams.ts'
import { theme } from './theme.ts'
import { List } from './views/list.tsx'
import { OpenDashboard } from './views/open-dashboard.tsx'

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
        <Routes>
          <Route path="/" element={<List />} />
          <Route path="/d/:bot" element={<List />} />
          <Route path="/d/:bot/:name" element={<OpenDashboard />} />
          <Route path="*" element={<List />} />
        </Routes>
      </Router>
    </LocationServiceProvider>
  )
}

joinSeams()
keepRepaired()
fitPaper()
const root = document.getElementById('root')
if (root !== null)
  createRoot(root).render(
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <Page />
      <PortalContainer />
    </ThemeContext.Provider>,
  )
