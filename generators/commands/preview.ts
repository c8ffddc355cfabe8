import { existsSync } from 'node:fs'
import { command, type Streams } from '../command-line/command.ts'
import { httpUrl, wholeNumber } from '../command-line/kinds.ts'
import { option, type ParameterValues } from '../command-line/parameter.ts'
import { type CommandResult, failure, success } from '../command-line/result.ts'
import { outputOptions } from './chosen-bots.ts'
import { botFolders } from './preview/dashboards.ts'
import { shownAddress } from './preview/forwarding.ts'
import { pageFolder, startPreview } from './preview/server.ts'
import { createStoreOf } from './preview/stores.ts'

const { bot, out } = outputOptions
const parameters = {
  bot,
  out,
  prometheus: option(httpUrl('http://127.0.0.1:9090'), 'Prometheus server to query', {
    otherwise: 'http://127.0.0.1:9090',
  }),
  logs: option(
    httpUrl('http://127.0.0.1:9428'),
    'VictoriaLogs to query for log lines (default: the one of each stack)',
  ),
  port: option(wholeNumber('PORT', 0, 65_535), 'port to listen on; 0 picks a free one', { otherwise: '0' }),
}

/** `botwatch preview`: serves the generated dashboards with values from a Prometheus server and lines from VictoriaLogs until it is interrupted. */
export const previewCommand = command({ parameters, run })

async function run(given: ParameterValues<typeof parameters>, streams: Streams): Promise<CommandResult> {
  if (!existsSync(pageFolder))
    return failure(
      'the page is not built: run `make preview` in a clone of the repository, which builds it on first use. The page is not part of the package.',
    )
  const prometheus = new URL(given.prometheus)
  const logs = given.logs === undefined ? null : new URL(given.logs)
  const folders = () => botFolders(given.out, given.bot)
  if ((await folders()).length === 0)
    return failure(
      `no dashboards ${given.bot === undefined ? '' : `of ${given.bot} `}in ${given.out}: run \`make generate\`.`,
    )
  try {
    const { url, stop } = await startPreview({
      folders,
      prometheus,
      storeOf: logs === null ? createStoreOf() : async () => logs,
      page: pageFolder,
      port: given.port,
    })
    streams.out(
      `${url}   the dashboards in ${given.out}, values from ${shownAddress(prometheus)}\nPress Ctrl-C to stop.\n`,
    )
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
    })
    await stop()
    return success
  } catch (error) {
    return failure(`the page cannot be served on port ${given.port}: ${(error as Error).message}`)
  }
}
