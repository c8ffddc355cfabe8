import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { needs } from '../servers/skipped.ts'
import { project } from './project.ts'

Object.assign(process.env, { PROMTOOL: '/nowhere/promtool', AMTOOL: '/nowhere/amtool', VMALERT: '/nowhere/vmalert' })
const root = fileURLToPath(new URL('../../', import.meta.url))

/** A bot with a log and one more panel, with a figure as LogsQL text. */
function withText(text: string) {
  const made = project()
  made.write(
    'definitions/index.ts',
    `import { dashboard, lines, ms, stat } from '${root}definitions/language/index.ts'
import { events, logsBot } from '${root}test/fixtures/logs-bot.ts'
const more = dashboard({
  title: 'More',
  panels: {
    waited: stat({
      title: 'Waited',
      show: lines(events.order_failed).pipes(${JSON.stringify(text)}, '5m').as(ms, ['symbol']),
    }),
  },
})
export const bots = [{ ...logsBot, dashboards: { ...logsBot.dashboards, more } }]
`,
  )
  return made
}
/** What is said about something. */
const about = (stdout: string, subject: string) =>
  stdout
    .split('\n\n')
    .find((one) => one.includes(`\n  ${subject}: `))
    ?.replace(/:\d+\n/, '\n')

test('check points at the part of LogsQL text that is wrong', async () => {
  const { stdout } = await withText('extract "after <waited>ms" from eror | stats max(waited)').run('check')
  assert.equal(
    about(stdout, 'panel More/Waited'),
    `error: line-field at definitions/index.ts
  panel More/Waited: its text: it reads eror, which no line has there
    extract "after <waited>ms" from eror | stats max(waited)
                                    ^^^^
  did you mean error?`,
  )
})

test('check says what it cannot know about LogsQL text', async () => {
  const { stdout } = await withText('unpack_json from error | stats max(waited)').run('check')
  assert.equal(
    about(stdout, 'panel More/Waited'),
    `warning: logsql-unknown at definitions/index.ts
  panel More/Waited: its text: whether there is a field waited depends on what unpack_json finds, which nothing declares
    unpack_json from error | stats max(waited)
                                       ^^^^^^
  name what it takes: unpack_json … fields (waited)`,
  )
})

test('vmalert checks the syntax of queries on lines if it is installed', async (t) => {
  const tools = await needs(t, 'vmalert')
  if (tools === undefined) return
  process.env['VMALERT'] = [tools.vmalert.path, ...tools.vmalert.args].join(' ')
  t.after(() => Object.assign(process.env, { VMALERT: '/nowhere/vmalert' }))
  const right = await withText('extract "after <waited>ms" from error | stats max(waited)').run('check')
  assert.match(right.stdout, /, with vmalert\n/)
  assert.doesNotMatch(right.stdout, /BW953/)
  const wrong = await withText('extract "after <waited>ms" from error | stats maxx(waited)').run('check')
  assert.match(
    wrong.stdout,
    /^error: BW953 vmalert at .*\n {2}bot tb: vmalert rejects the generated files: .*unknown stats func "maxx"/m,
  )
})
