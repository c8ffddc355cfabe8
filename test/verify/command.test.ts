import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { readSource } from '../../generators/commands/verify/source.ts'
import { contentTypes, type Format } from '../../runtime/format.ts'
import { serving, verify } from './command.ts'
import { busyMetrics, contract } from './fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'botwatch-verify-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const contractFile = file('contract.json', JSON.stringify(contract))
const [text, openMetrics] = await Promise.all([busyMetrics().render('text'), busyMetrics().render('openmetrics')])
const withContract = ['--contract', contractFile]

test('a bot that fits: exit 0, one line that says what was seen', async () => {
  const path = file('good.txt', text)
  assert.deepEqual(await verify([path, ...withContract, '--strict']), {
    status: 0,
    stdout: `${path} fits the contract of tb: 13 of 13 metrics seen, 34 series in the text format\n`,
    stderr: '',
  })
})

test('a bot that does not: exit 1, and the same as JSON', async () => {
  const path = file('bad.txt', text.replace('Bars seen.', 'Bars.'))
  const told = await verify([path, ...withContract])
  assert.equal(told.status, 1)
  assert.match(told.stdout, /^refused \(1\)\n {2}METRIC .*\n {2}tb_bars_total {2}1 +help +"Bars\." +"Bars seen\."\n/)
  const json = await verify([path, ...withContract, '--json'])
  assert.deepEqual([json.status, json.stderr], [1, ''])
  const { seen, ...report } = JSON.parse(json.stdout) as Record<string, unknown>
  assert.equal((seen as string[]).length, 13)
  assert.deepEqual(report, {
    where: path,
    fits: false,
    bot: 'tb',
    hash: contract.hash,
    format: 'text',
    declared: 13,
    waiting: [],
    series: 34,
    unseen: [],
    findings: [
      {
        code: 'help',
        metric: 'tb_bars_total',
        line: 1,
        given: '"Bars."',
        expected: '"Bars seen."',
        fix: 'take the help from the contract, word for word',
        refused: true,
      },
    ],
  })
})

test('without a contract that of the definitions counts, by the name of the bot', async () => {
  const { status, stdout } = await verify([file('other.txt', text), '--bot', 'mcbot'])
  assert.equal(status, 1)
  assert.match(stdout, /does not fit the contract of mcbot: \d+ findings; 0 of \d+ metrics seen, 34 series/)
})

test('a URL is asked for OpenMetrics, as Prometheus does, and for text where it has nothing else or --format says so', async () => {
  const asked: string[] = []
  await serving(
    (request, response) => {
      asked.push(request.headers.accept ?? '')
      const format: Format =
        request.url === '/both' && /openmetrics/.test(request.headers.accept ?? '') ? 'openmetrics' : 'text'
      response.setHeader('Content-Type', contentTypes[format]).setHeader('Content-Encoding', 'gzip')
      response.end(gzipSync(format === 'text' ? text : openMetrics))
    },
    async (url) => {
      const formats = async (target: string, format?: Format) => {
        const read = await readSource(target, { format })
        return 'wrong' in read ? read.wrong : read.format
      }
      assert.equal(await formats(`${url}/both`), 'openmetrics')
      assert.equal(await formats(`${url}/both`, 'text'), 'text')
      assert.equal(await formats(`${url}/one`), 'text')
      assert.equal(await formats(`${url}/one`, 'openmetrics'), 'text')
    },
  )
  assert.deepEqual(
    asked.map((accept) => accept.split(',')[0]),
    [
      'application/openmetrics-text;version=1.0.0',
      'text/plain;version=0.0.4',
      'application/openmetrics-text;version=1.0.0',
      'application/openmetrics-text;version=1.0.0',
    ],
  )
})

const files: readonly (readonly [string, string | Buffer, string])[] = [
  ['empty', '', ' it is empty: not one metric'],
  ['a page', '<!doctype html>\n<title>x</title>\n', ' it is a page of HTML, not metrics'],
  ['JSON', '{"status":"success"}\n', ' it is JSON, not metrics'],
  ['a binary', Buffer.from([0x89, 0x50, 0, 1]), ' it is binary, not text: an exposition is UTF-8'],
  ['Latin-1', Buffer.from('# HELP a caf\xe9\na 1\n', 'latin1'), ' it is binary, not text: an exposition is UTF-8'],
  ['gzip', gzipSync(text), ' it is compressed with gzip: decompress it first'],
  ['truncated text', text.slice(0, 300), /^\d+: it breaks off in the middle of a line: ".*"$/.source],
  [
    'truncated OpenMetrics',
    openMetrics.slice(0, openMetrics.lastIndexOf('# EOF')),
    /^\d+: it breaks off: OpenMetrics ends in '# EOF'$/.source,
  ],
  ['prose', 'Hello, world.\n', `1: Hello: its value is no number: ","`],
]

for (const [name, content, wrong] of files)
  test(`${name} is one clear line`, async () => {
    const path = file('given', content)
    const read = await readSource(path)
    assert.ok('wrong' in read)
    assert.ok(read.wrong.startsWith(`${path}:`))
    const told = read.wrong.slice(path.length + 1)
    assert.equal(told.includes('\n'), false)
    if (wrong.startsWith('^')) assert.match(told, new RegExp(wrong))
    else assert.equal(told, wrong)
  })

test('what cannot be read ends with exit 2 and one line, and nothing on stdout', async () => {
  const missing = join(folder, 'none')
  const notThere = 'no such file, expected one with an exposition or a URL such as http://127.0.0.1:8000/metrics'
  const cases: readonly (readonly [readonly string[], string])[] = [
    [[missing, ...withContract], `${missing}: ${notThere}`],
    [[folder, ...withContract], `${folder}: this is a folder, expected a file or a URL`],
    [
      ['localhost:8000', ...withContract],
      'localhost:8000: no such file; for an address write http://localhost:8000/metrics',
    ],
    [['http://', ...withContract], 'http://: this is no URL, expected one such as http://127.0.0.1:8000/metrics'],
    [withContract, 'verify what? Name a URL such as http://127.0.0.1:8000/metrics, or a file'],
    [['x', ...withContract, '--format', 'json'], '--format: expected text or openmetrics'],
    [['x', ...withContract, '--watch', '--within', '0s'], '--within: expected a duration such as 30s or 5m'],
    [['x', ...withContract, '--within', '5m'], '--within is how long --watch lasts: give both'],
    [['x', ...withContract, '--bot', 'mcbot'], '--bot and --contract both name a contract: give one of them'],
    [['x', '--contract', missing], `${missing}: no such file; \`botwatch generate\` writes out/<bot>/contract.json`],
    [
      ['x', '--contract', file('half.json', '{}')],
      `${join(folder, 'half.json')}: it is no contract.json of this botwatch: format: Invalid input: expected 1; bot: Invalid input: expected string, received undefined; hash: Invalid input: expected string, received undefined`,
    ],
    [['x', '--bot', 'nobody'], "definitions/index.ts: there is no bot 'nobody'; there are: mcbot"],
  ]
  for (const [args, why] of cases)
    assert.deepEqual(await verify(args), { status: 2, stdout: '', stderr: `verify: ${why}\n` })
})

test('an address that gives no metrics says what it gives instead, and never a password', async () => {
  await serving(
    (request, response) => {
      const to: Readonly<Record<string, () => void>> = {
        '/': () => response.setHeader('Content-Type', 'text/html').end('<p>status</p>'),
        '/404': () => response.writeHead(404).end('none'),
        '/401': () => response.writeHead(401).end(request.headers.authorization),
        '/login': () =>
          request.headers.authorization === `Basic ${Buffer.from('me:pass:word').toString('base64')}`
            ? response.end(text)
            : response.writeHead(403).end(),
        '/cut': () => {
          response.setHeader('Content-Length', `${text.length + 10}`)
          response.write(text, () => response.destroy())
        },
        '/slow': () => response.write('a 1\n'),
        '/protobuf': () => response.setHeader('Content-Type', 'application/vnd.google.protobuf; proto=x').end('a'),
        '/endless': () => {
          const more = () => {
            while (response.write('a 1\n'.repeat(5000)));
          }
          response.on('drain', more)
          more()
        },
      }
      to[request.url ?? '']?.()
    },
    async (url) => {
      const login = url.replace('//', '//me:pass%3Aword@')
      const cases: readonly (readonly [string, string])[] = [
        ['/', `it is a page of HTML, not metrics; name the path too, such as ${url}/metrics`],
        ['/404', 'it answered 404 Not Found: name the path at which the metrics are, such as /metrics'],
        [
          '/401',
          'it answered 401 Unauthorized: it wants to know who asks; give --token-file FILE or --login-file FILE',
        ],
        ['/cut', 'the connection broke off before the answer was whole'],
        ['/slow', 'no whole answer within 0.5 s'],
        ['/protobuf', 'it answered in protobuf although text was asked for: verify reads the two text formats'],
        ['/endless', "it is longer than 1 MiB, which no bot's metrics are: nothing was compared"],
      ]
      for (const [path, why] of cases) {
        // Only one has to be late: the others take as long as a busy machine does.
        const limits = { timeout: path === '/slow' ? 500 : 60_000, maxBytes: 2 ** 20 }
        assert.deepEqual(await readSource(login + path, limits), { wrong: `${url}${path}: ${why}` })
      }
      assert.ok('families' in (await readSource(`${login}/login`)))
    },
  )
  const gone = await serving(
    () => {},
    async (url) => url,
  )
  assert.deepEqual(await readSource(`${gone}/metrics`), {
    wrong: `${gone}/metrics: nothing listens at ${new URL(gone).host}: does the bot run?`,
  })
})

test('--watch waits until everything was seen in one scrape or another', async () => {
  const metrics = busyMetrics()
  const whole = await metrics.render()
  const parts = [whole.replace(/^tb_trading_mode.*\n/gm, ''), whole.replace(/^.*tb_bars_total.*\n/gm, '')]
  let scrapes = 0
  await serving(
    (_, response) => response.setHeader('Content-Type', contentTypes.text).end(parts[Math.min(scrapes++, 1)]),
    async (url) => {
      const { status, stdout, stderr } = await verify([`${url}/metrics`, ...withContract, '--watch', '--within', '60s'])
      assert.equal(stderr, '12 of 13 seen; waiting for tb_trading_mode\n')
      assert.equal(
        stdout,
        `${url}/metrics fits the contract of tb: 13 of 13 metrics seen, ${parts[1]?.split('\n').filter((line) => /^[^#]/.test(line)).length} series in the text format\n`,
      )
      assert.deepEqual([status, scrapes], [0, 2])
    },
  )
})

test('--watch ends at its deadline with what was not seen, and when it is interrupted', async () => {
  const part = text.replace(/^tb_trading_mode.*\n/gm, '')
  await serving(
    (_, response) => response.setHeader('Content-Type', contentTypes.text).end(part),
    async (url) => {
      const late = await verify([url, ...withContract, '--watch', '--within', '4s'])
      const progress = '12 of 13 seen; waiting for tb_trading_mode\n'
      assert.equal(late.stderr, `${progress}verify: not one series was seen of tb_trading_mode\n`)
      assert.match(
        late.stdout,
        /^declared, without a series yet \(1\): tb_trading_mode\n\nhttp.* fits the contract of tb: 12 of 13/,
      )
      assert.equal(late.status, 1)
      const stopped = await verify([url, ...withContract, '--watch'], 'SIGINT')
      assert.equal(stopped.status, 1)
      assert.match(stopped.stdout, /12 of 13 metrics seen/)
    },
  )
  const gone = await serving(
    () => {},
    async (url) => url,
  )
  assert.deepEqual(await verify([gone, ...withContract, '--watch', '--within', '4s']), {
    status: 2,
    stdout: '',
    stderr: `verify: ${gone}/: nothing listens at ${new URL(gone).host}: does the bot run?\n`,
  })
})
