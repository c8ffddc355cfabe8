import { existsSync } from 'node:fs'
import type { Choices } from './choices.ts'
import { botFolders } from './preview/dashboards.ts'
import { shownAddress } from './preview/prometheus-proxy.ts'
import { builtPage, startPreview } from './preview/server.ts'

/** Serves the dashboards of the output with the values of a Prometheus until it is interrupted. */
export async function preview(choices: Choices): Promise<number> {
  if (!existsSync(builtPage))
    return refuse(
      'the page is not built: `make preview` builds it at first use. It takes a clone of the repository: the page is no part of the package.',
    )
  const prometheus = addressOf(choices.prometheus)
  if (prometheus === null)
    return refuse(
      `--prometheus: '${choices.prometheus}' is no address such as http://127.0.0.1:9090, so nothing can be asked. Name where Prometheus listens.`,
    )
  const folders = () => botFolders(choices.out, choices.bot)
  if ((await folders()).length === 0)
    return refuse(
      `there is no dashboard ${choices.bot === undefined ? '' : `of ${choices.bot} `}in ${choices.out}: run \`make generate\`.`,
    )
  try {
    const { url, stop } = await startPreview({ folders, prometheus, page: builtPage, port: choices.port })
    process.stdout.write(
      `${url}   the dashboards in ${choices.out}, values from ${shownAddress(prometheus)}\nCtrl-C ends it.\n`,
    )
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
    })
    await stop()
    return 0
  } catch (error) {
    return refuse(`the page cannot be served on port ${choices.port}: ${(error as Error).message}`)
  }
}

function addressOf(given: string): URL | null {
  const address = URL.canParse(given) ? new URL(given) : null
  return address !== null && /^https?:$/.test(address.protocol) ? address : null
}

function refuse(why: string): number {
  process.stderr.write(`preview: ${why}\n`)
  return 1
}
