import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { PageContent } from '../../preview/test/seen.ts'
import { skipTest } from '../servers/skipped.ts'

/** The part of playwright's page used here: playwright is installed only in preview/, so its types are not available. */
export interface Page {
  goto(url: string): Promise<unknown>
  setViewportSize(size: { readonly width: number; readonly height: number }): Promise<void>
  evaluate<T>(expression: string): Promise<T>
  addInitScript(script: string): Promise<void>
  screenshot(options: { readonly path: string }): Promise<unknown>
  emulateMedia(options: { readonly media: 'screen' | 'print' }): Promise<void>
  /** The page's own time; it runs on unless it is fixed. */
  readonly clock: {
    install(): Promise<void>
    setFixedTime(time: number): Promise<void>
    fastForward(milliseconds: number): Promise<void>
  }
  close(): Promise<void>
  context(): { newCDPSession(page: Page): Promise<ProtocolSession> }
  on(event: 'pageerror', listener: (error: Error) => void): void
}

/** Sends commands of the DevTools protocol. */
interface ProtocolSession {
  send(method: string, parameters?: object): Promise<unknown>
}

interface Chromium {
  newPage(options: object): Promise<Page>
  close(): Promise<void>
}

export interface Browser {
  /** A new window, light or dark; errors that it throws are collected. */
  open(width: number, mode: 'light' | 'dark'): Promise<{ readonly page: Page; readonly errors: readonly string[] }>
  /** What a person now sees of the page. */
  look(page: Page): Promise<PageContent>
  close(): Promise<void>
}

const preview = fileURLToPath(new URL('../../preview/', import.meta.url))
export const previewDist = join(preview, 'dist')

/** What a test or a script reports with when something is missing. */
type Asker = Pick<TestContext, 'name' | 'skip'>

/** A headless Chromium with the built page; if either is missing, the test is skipped and the result is undefined. */
export async function browser(t: Asker): Promise<Browser | undefined> {
  const executablePath = installed()
  const missing: readonly (readonly [string, string])[] = [
    ...(executablePath === undefined
      ? [['chromium', 'apt-get install chromium (or name one with CHROME_PATH)'] as const]
      : []),
    ...(existsSync(join(previewDist, 'index.html')) && existsSync(join(preview, 'node_modules/playwright-core'))
      ? []
      : [['the built preview', 'make build-preview'] as const]),
  ]
  return executablePath === undefined || missing.length > 0 ? skip(t, missing) : launched(executablePath)
}

async function launched(executablePath: string): Promise<Browser> {
  const require = createRequire(join(preview, 'package.json'))
  const chromium: Chromium = await require('playwright-core').chromium.launch({
    executablePath,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  const look = bundleOf('test/look.ts')
  return {
    open: async (width, mode) => {
      const page = await chromium.newPage({ viewport: { width, height: 1000 }, colorScheme: mode })
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(error.message))
      return { page, errors }
    },
    look: (page) => page.evaluate<PageContent>(`(() => { ${look}; return bundle.readPageContent() })()`),
    close: () => chromium.close(),
  }
}

/** `make test-preview` requires both; elsewhere, including in CI, the preview is not installed automatically. */
function skip(t: Asker, missing: readonly (readonly [string, string])[]): undefined {
  const names = missing.map(([name]) => name)
  const install = missing.map(([, how]) => how)
  if (process.env['BOTWATCH_PREVIEW'] === 'required')
    throw new Error(
      `${t.name} needs ${names.join(' and ')}: ${install.join('; ')} (nothing is skipped by \`make test-preview\`)`,
    )
  return skipTest(t, names, install)
}

function installed(): string | undefined {
  const given = process.env['CHROME_PATH']
  if (given) return existsSync(given) ? given : undefined
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
}

/** A file of the preview as a script for the browser, bundled with the preview's own bundler; its exports are in `bundle`. */
export function bundleOf(path: string): string {
  const [bundle] = createRequire(join(preview, 'package.json'))('esbuild').buildSync({
    entryPoints: [join(preview, path)],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'bundle',
  }).outputFiles as readonly { readonly text: string }[]
  return bundle?.text ?? ''
}
