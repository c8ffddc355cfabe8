import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { startPreview } from '../../generators/commands/preview/server.ts'

interface Given {
  readonly prometheus?: URL
  /** The store of log lines; none by default. */
  readonly logs?: URL
  readonly within?: number
  readonly files?: Readonly<Record<string, string>>
  /** The folder of the page; an empty one by default. */
  readonly page?: string
}

/** A preview of a bot called tiny. */
export async function previewOf(t: TestContext, { prometheus, logs, within, files = {}, page: built }: Given) {
  const root = await previewFolder(t)
  const folder = join(root, 'out/tiny/grafana/dashboards')
  const page = built ?? join(root, 'page')
  await mkdir(folder, { recursive: true })
  await mkdir(page, { recursive: true })
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  const preview = await startPreview({
    folders: async () => [{ bot: 'tiny', path: join(root, 'out/tiny') }],
    prometheus: prometheus ?? (await unusedAddress()),
    page,
    ...(logs === undefined ? {} : { storeOf: async () => logs }),
    ...(within === undefined ? {} : { within }),
  })
  t.after(() => preview.stop())
  const get = async (path: string, init?: RequestInit) => {
    const response = await fetch(`${preview.url}${path}`, init)
    return { status: response.status, text: await response.text() }
  }
  return { url: preview.url, folder, page, get, stop: preview.stop }
}

/** A folder that is removed after the test. */
export async function previewFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'botwatch-preview-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A server that responds with the given answers; null leaves the request open. */
export async function answeringServer(
  t: TestContext,
  answer: (path: string, authorization: string) => string | null,
): Promise<URL> {
  const server = createServer((request, response) => {
    const text = answer(request.url ?? '', request.headers.authorization ?? '')
    if (text !== null) response.end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

/** An address on which nothing listens any more. */
export async function unusedAddress(): Promise<URL> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return new URL(`http://127.0.0.1:${port}`)
}

export const origin = (url: URL) => url.origin
