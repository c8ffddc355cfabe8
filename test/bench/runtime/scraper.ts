import { get } from 'node:http'

// Fetches /metrics of the port that it is told, in a process of its own as a scraper is, and says when it has all of it.
process.on('message', (port: number) => {
  get({ port, host: '127.0.0.1', path: '/metrics' }, (response) => {
    response.on('end', () => process.send?.(port)).resume()
  })
})
