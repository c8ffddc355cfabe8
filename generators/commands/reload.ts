/** Has a server of the stack read its files again; what is wrong comes back, a sentence each. */
export async function reload(title: string, url: string, folder: string): Promise<readonly string[]> {
  try {
    const response = await fetch(`${url}/-/reload`, { method: 'POST', signal: AbortSignal.timeout(30_000) })
    const said = (await response.text()).trim()
    return response.ok
      ? []
      : [
          `${title} refuses its new configuration and keeps the old one: ${said}. \`docker compose logs ${title.toLowerCase()}\` in ${folder} says more.`,
        ]
  } catch {
    return [`${title} does not answer at ${url}: bring the stack up with \`make up\`.`]
  }
}
