/** Asks the preview's server; a connection that breaks is tried once more, and one that stays broken is told as a sentence. */
export async function fetchFromServer(path: string): Promise<Response> {
  const once = () => fetch(path)
  return once().catch(() =>
    // A machine whose network changes breaks what is under way, on loopback too.
    new Promise((resolve) => setTimeout(resolve, 300)).then(once).catch(() => {
      throw new Error('The preview itself does not answer: it was probably ended. Start it again and reload this page.')
    }),
  )
}
