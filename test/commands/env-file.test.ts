import assert from 'node:assert/strict'
import { chmodSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { envFileFindings } from '../../generators/commands/check/env-file.ts'
import { runCompose } from '../../generators/commands/docker-compose.ts'
import { composeWithEnvFile } from '../../generators/commands/env-file.ts'
import { dotenvLine } from '../../generators/stack/dotenv-line.ts'
import { accountsBot } from '../fixtures/accounts-bot.ts'
import { composeWithoutEngine } from './compose-without-engine.ts'
import { stackFolder } from './stack-folder.ts'

const pass = 'GRAFANA_PASSWORD=x\n'
const inQuotes = "put the password in single quotes (GRAFANA_PASSWORD='…')"
const unset =
  'a `$` in the value is followed by the name of a variable that is not set, so Docker Compose would cut it out: put the value in single quotes.'
const follows =
  'text follows the closing quote of the value, and Docker Compose would read it as another setting: if a quote is part of the value, put a backslash before it.'
const label = 'expected at most 128 characters without quotes, backslashes, braces, `$` and control characters.'

/** Text of `.env`, and the one problem in it. */
const refused: readonly (readonly [text: string, problem: string])[] = [
  [
    `${pass}BOT_ENV=live\n`,
    "2: BOT_ENV is 'live', but BOT_IMAGE and BOT_TARGET are empty, so the paper bot would be monitored as live: name the real bot in one of them, or set BOT_ENV to paper.",
  ],
  [
    `${pass}BOT_IMAGE=me/bot:1\nBOT_ENV=live\nBOT_IMAGE=\n`,
    "3: BOT_ENV is 'live', but BOT_IMAGE and BOT_TARGET are empty, so the paper bot would be monitored as live: name the real bot in one of them, or set BOT_ENV to paper.",
  ],
  [
    `${pass}BOT_TARGET=paper-bot:8000\nBOT_ENV=live\n`,
    "2: BOT_TARGET is 'paper-bot:8000', which is a container of this stack that does not run if BOT_TARGET is set: leave BOT_TARGET empty.",
  ],
  [
    `${pass}BOT_TARGET=bot:8000\n`,
    "2: BOT_TARGET is 'bot:8000', which is a container of this stack that does not run if BOT_TARGET is set: leave BOT_TARGET empty, or name an image in BOT_IMAGE.",
  ],
  [`${pass}BOT_INSTANCE='say "hi"'\n`, `2: BOT_INSTANCE is 'say "hi"', ${label}`],
  [`${pass}BOT_INSTANCE=a\\b\n`, `2: BOT_INSTANCE is 'a\\b', ${label}`],
  [`${pass}BOT_INSTANCE="a\tb"\n`, `2: BOT_INSTANCE is 'a\tb', ${label}`],
  [`${pass}BOT_INSTANCE='a\nb'\n`, '2: BOT_INSTANCE has several lines, so a quote is missing.'],
  [
    `${pass}BOT_IMAGE="two words"\n`,
    "2: BOT_IMAGE is 'two words', expected the name of an image, such as you/yourbot:1.0.",
  ],
  [`${pass}GRAFANA_PORT=99999\n`, "2: GRAFANA_PORT is '99999', expected a port from 1 to 65535."],
  [`${pass}GRAFANA_PORT=9090\n`, '2: PROMETHEUS_PORT and GRAFANA_PORT are both 9090: give each its own port.'],
  [
    `${pass}GRAFANA_PUBLIC_URL=grafana.example.org\n`,
    "2: GRAFANA_PUBLIC_URL is 'grafana.example.org', expected a URL that starts with http:// or https://.",
  ],
  [
    `${pass}HOST_GATEWAY=docker0\n`,
    "2: HOST_GATEWAY is 'docker0', expected an IP address, or nothing if the engine sets it.",
  ],
  [`${pass}FAULTS=yes\n`, "2: FAULTS is 'yes', expected 1 for on or 0 for off."],
  ['GRAFANA_PASSWORD=pa$$wo$rd\n', `1: ${unset}`],
  [
    'GRAFANA_PASSWORD=pa$$word\n',
    `1: GRAFANA_PASSWORD contains a \`$\`, which starts a variable, so it would be changed: ${inQuotes}.`,
  ],
  ['GRAFANA_PASSWORD="hunter2$x"\n', `1: ${unset}`],
  [
    'GRAFANA_PASSWORD="hunter\\n2"\n',
    `1: GRAFANA_PASSWORD contains a \`\\\`, which double quotes would change: ${inQuotes}.`,
  ],
  [
    'GRAFANA_PASSWORD=hunter2 #hash\n',
    `1: \` #\` starts a comment, so GRAFANA_PASSWORD would end before it: ${inQuotes}, and a comment in a line of its own.`,
  ],
  ['GRAFANA_PASSWORD="hunter2"hash\nA=1\n', `1: ${follows}`],
  ['A=1\nGRAFANA_PASSWORD="hunter2\nBOT_ENV=paper\n', '2: the quote (") at the start of the value is never closed.'],
  ['A=1\nGRAFANA_PASSWORD="hunter2\nA="1"\n', `2: ${follows}`],
  ["GRAFANA_PASSWORD='hunter2\nA='\n", '1: GRAFANA_PASSWORD has several lines, so a quote is missing.'],
  [
    'GRAFANA_PASSWORD=pa${hunter2\n',
    '1: a `${` is not the start of a variable: if the `$` is part of the value, put the value in single quotes.',
  ],
  [`${pass}EXCHANGE_SECRET=ab$hunter2\n`, `2: ${unset}`],
  [`${pass}hunter2`, '2: the line has no name before its value: expected NAME=value.'],
  [
    `${pass}hunter2!=1\n`,
    '2: the text before the `=` is not a name (letters, digits, _, . and - only), or the line belongs to a value whose quotes end too early.',
  ],
]
for (const [text, problem] of refused)
  test(`refused with its line, and without a secret: ${JSON.stringify(text)}`, async (t) => {
    const stack = await stackWith(t, text)
    if (stack === null) return
    const wrong = await composeWithEnvFile(stack)
    assert.deepEqual('problems' in wrong ? wrong.problems.map((one) => one.slice(stack.folder.length)) : wrong, [
      `/.env:${problem}`,
    ])
    assert.doesNotMatch(JSON.stringify(wrong), /hunter2|hash|rd"/)
    const [found] = await envFileFindings(mcbot, stack.folder)
    assert.equal(`${found?.file}:${found?.line}: ${found?.message}`, `${stack.folder}/.env:${problem}`)
  })

const addresses: readonly (readonly [address: string, problem: string | null])[] = [
  ['10.0.0.5:8000', null],
  ['host.docker.internal:1', null],
  ['my_bot-2.example.org:65535', null],
  ['[2001:db8::5]:8000', null],
  ['10.0.0.5:99999', 'expected a port from 1 to 65535, such as host.docker.internal:8000'],
  ['10.0.0.5:0', 'expected a port from 1 to 65535, such as host.docker.internal:8000'],
  ...['10.0.0.5', ':8000', '10.0.0.5:', 'a b:1', 'a/b:1', 'me@host:1', '::1:8000'].map(
    (address) => [address, 'expected host:port, such as host.docker.internal:8000'] as const,
  ),
  ...['10.0.0.256:1', '1.2.3.4.5:1', '[2001:::5]:1', '-bot:1', 'bot-:1', 'a..b:1', 'bücher:1'].map(
    (address) => [address, 'expected the name or the IP address of a host, such as host.docker.internal:8000'] as const,
  ),
  ...['0.0.0.0:8000', '0:8000', '[::]:8000', '[::ffff:0.0.0.0]:8000', '0x0:8000'].map(
    (address) =>
      [
        address,
        'which is where a server listens on all addresses, not an address to reach it at; for a process on this machine use host.docker.internal:8000',
      ] as const,
  ),
  ...['127.0.0.1:8000', '127.1:8000', '2130706433:8000', 'LOCALHOST:8000', 'x.localhost:8000', '[::1]:8000'].map(
    (address) =>
      [
        address,
        "which inside Prometheus' container is the container itself; for a process on this machine use host.docker.internal:8000",
      ] as const,
  ),
  ...['255.255.255.255:1', '224.0.0.1:1', '[ff02::1]:1'].map(
    (address) =>
      [address, 'which is not the address of one host; expected host:port, such as host.docker.internal:8000'] as const,
  ),
]
test('an address at which Prometheus cannot reach a bot is refused with the reason', async (t) => {
  for (const [address, problem] of addresses) {
    const stack = await stackWith(t, `${pass}BOT_TARGET=${address}\n`)
    if (stack === null) return
    const read = await composeWithEnvFile(stack)
    assert.deepEqual(
      'problems' in read ? read.problems : null,
      problem === null ? null : [`${stack.folder}/.env:2: BOT_TARGET is '${address}', ${problem}.`],
    )
  }
})

// biome-ignore lint/suspicious/noTemplateCurlyInString: a password
for (const password of ['pa$$wo$rd', 'ab #hash', `both ' and "`, '\\n\\', '${x}'])
  test(`a password reaches Grafana unchanged if it is written as the file needs it: ${password}`, async (t) => {
    const stack = await stackWith(t, `${dotenvLine('GRAFANA_PASSWORD', password)}\nBOT_ENV=paper # not live\n`)
    if (stack === null) return
    const read = await composeWithEnvFile(stack)
    assert.ok(!('problems' in read), JSON.stringify(read))
    const { stdout } = await runCompose(read.compose, stack.folder, ['config', '--format', 'json'])
    const { services } = JSON.parse(stdout) as { services: { grafana: { environment: Record<string, string> } } }
    // `config` prints a file that Compose could read again
    const printed = services.grafana.environment['GF_SECURITY_ADMIN_PASSWORD']?.replaceAll('$$', '$')
    assert.equal(printed, password)
  })

test('the shell decides nothing that .env decides, and an old line of profiles is reported', async (t) => {
  const stack = await stackWith(t, `${pass}BOT_IMAGE=me/bot:1\nBOT_ENV=live\nCOMPOSE_PROFILES=image\n`)
  if (stack === null) return
  const env: NodeJS.ProcessEnv = {
    ...stack.compose.env,
    BOT_ENV: 'paper',
    BOT_TARGET: 'evil:1',
    COMPOSE_FILE: '/etc/x.yaml',
    OTHER: 'y',
  }
  const read = await composeWithEnvFile({ ...stack, compose: { ...stack.compose, env } })
  assert.ok(!('problems' in read))
  const { PATH, HOME, DOCKER_HOST } = env
  assert.deepEqual(read.compose.env, {
    ...{ PATH, HOME, DOCKER_HOST, OTHER: 'y' },
    COMPOSE_PROFILES: 'paper-bot-as-paper,bot-from-image',
  })
  assert.deepEqual(stack.said, [
    `BOT_ENV, BOT_TARGET and COMPOSE_FILE of this shell are ignored: ${stack.folder}/.env decides`,
    `${stack.folder}/.env:4: for \`docker compose\` without botwatch, change the line to COMPOSE_PROFILES=paper-bot-as-paper,bot-from-image`,
  ])
})

test('a file that other users of the machine could read is closed, and that is said', async (t) => {
  const stack = await stackWith(t, `${pass}COMPOSE_PROFILES=paper-bot-as-paper,bot-from-image\n`)
  if (stack === null) return
  const path = join(stack.folder, '.env')
  chmodSync(path, 0o644)
  assert.ok('compose' in (await composeWithEnvFile(stack)))
  assert.equal((statSync(path).mode & 0o777).toString(8), '640')
  assert.deepEqual(stack.said, [
    `${path} was open to every user of this machine (mode 644) and no longer is; if others use this machine, change the password in it`,
  ])
})

test('a file that is not UTF-8 and one that is missing are one sentence each', async (t) => {
  const stack = await stackWith(t, pass)
  if (stack === null) return
  const path = join(stack.folder, '.env')
  writeFileSync(path, Buffer.from([0x41, 0x3d, 0xff, 0x0a]))
  assert.deepEqual(await composeWithEnvFile(stack), { problems: [`${path} is not UTF-8 text: save it as UTF-8.`] })
  const elsewhere = { ...stack, folder: join(stack.folder, 'none') }
  assert.deepEqual(await composeWithEnvFile(elsewhere), {
    problems: [`${elsewhere.folder}/.env is missing, so nothing was started: run \`make up\`, which creates it.`],
  })
})

test('what Docker Compose reports about a file never contains a value', async (t) => {
  const stack = await stackWith(t, pass)
  if (stack === null) return
  const texts = [
    'A="hunter2',
    "A='hunter2",
    'hunter2!=1',
    'A=1 $hunter2',
    'A=${hunter2',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Compose fills it in
    'A=${B:?hunter2}',
    'hunter2 x=1',
  ]
  for (const text of texts) {
    writeFileSync(join(stack.folder, '.env'), `${pass}${text}\n`)
    const ran = await runCompose(stack.compose, stack.folder, ['config', '--quiet'])
    assert.notEqual(ran.stderr, '', text)
    assert.doesNotMatch(ran.stderr, /hunter2/, text)
  }
})

test('free labels are refused like the instance', async (t) => {
  const stack = await stackWith(t, `${pass}BOT_IMAGE=me/bot:1\nBOT_LABEL_ACCOUNT='ma"in'\n`)
  if (stack === null) return
  const read = await composeWithEnvFile({ ...stack, bot: accountsBot() })
  assert.deepEqual('problems' in read ? read.problems : [], [
    `${stack.folder}/.env:3: BOT_LABEL_ACCOUNT is 'ma"in', ${label}`,
  ])
})

async function stackWith(t: TestContext, env: string) {
  const compose = await composeWithoutEngine(t)
  if (compose === null) return null
  const folder = await stackFolder(t)
  writeFileSync(join(folder, '.env'), env, { mode: 0o600 })
  const said: string[] = []
  return { bot: mcbot, folder, compose, said, say: (line: string) => void said.push(line) }
}
