/** Longer than Alertmanager lets a reload wait after its start: until it begins to send. */
const answerWithin = 150_000

/** Makes a server of the stack reload its files; returns what is wrong, one sentence each. */
export async function reload(title: string, url: string, folder: string): Promise<readonly string[]> {
  try {
    const response = await fetch(`${url}/-/reload`, { method: 'POST', signal: AbortSignal.timeout(answerWithin) })
    const said = (await response.text()).trim()
    return response.ok
      ? []
      : [
          `${title} rejected its new configuration and keeps the old one: ${said}. See \`docker compose logs ${title.toLowerCase()}\` in ${folder}.`,
        ]
  } catch {
    return [`${title} does not answer at ${url}: start the stack with \`make up\`.`]
  }
}
