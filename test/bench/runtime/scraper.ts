import { get } from 'node:http'

// Fetches /metrics from the given port, in a separate process like a real scraper, and reports when it has received everything.
process.on('message', (port: number) => {
  get({ port, host: '127.0.0.1', path: '/metrics' }, (response) => {
    response.on('end', () => process.send?.(port)).resume()
  })
})
