import { silence } from './prometheus/asking.ts'

/** Milliseconds until a request is given up: less than the shortest refresh of 5 s, and more than the server waits for Prometheus. */
const patience = 4500

/** Sends a request to the preview's server; a broken connection is retried once, and throws a readable error if it fails again. */
export async function fetchFromServer(path: string): Promise<Response> {
  const signal = AbortSignal.timeout(patience)
  const once = () => fetch(path, { signal })
  try {
    return await once().catch((error) => {
      if (signal.aborted) throw error
      // A network change on the machine breaks open connections, on loopback too.
      return new Promise((resolve) => setTimeout(resolve, 300)).then(once)
    })
  } catch {
    throw signal.aborted
      ? silence(`The preview server did not answer within ${patience / 1000} s.`)
      : new Error('The preview server does not respond: it was probably stopped. Start it again and reload this page.')
  }
}
