/** Sends a request to the preview's server; a broken connection is retried once, and throws a readable error if it fails again. */
export async function fetchFromServer(path: string): Promise<Response> {
  const once = () => fetch(path)
  return once().catch(() =>
    // A network change on the machine breaks open connections, on loopback too.
    new Promise((resolve) => setTimeout(resolve, 300)).then(once).catch(() => {
      throw new Error(
        'The preview server does not respond: it was probably stopped. Start it again and reload this page.',
      )
    }),
  )
}
