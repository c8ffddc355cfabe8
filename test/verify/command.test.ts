import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { readSource } from '../../generators/commands/verify/source.ts'
import { contentTypes, type Format } from '../../runtime/format.ts'
import { runVerify, withServer } from './command.ts'
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

test('a bot that fits: exit 0 and one line that says what was seen', async () => {
  const path = file('good.txt', text)
  assert.deepEqual(await runVerify([path, ...withContract, '--strict']), {
    status: 0,
    stdout: `${path} fits the contract of tb: 13 of 13 metrics seen, 34 series in the text format\n`,
    stderr: '',
  })
})

test('a bot that does not fit: exit 1, as a table and as JSON', async () => {
  const path = file('bad.txt', text.replace('Bars seen.', 'Bars.'))
  const told = await runVerify([path, ...withContract])
  assert.equal(told.status, 1)
  assert.match(told.stdout, /^refused \(1\)\n {2}METRIC .*\n {2}tb_bars_total {2}1 +help +"Bars\." +"Bars seen\."\n/)
  const json = await runVerify([path, ...withContract, '--json'])
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
        fix: 'copy the help text from the contract exactly',
        refused: true,
      },
    ],
  })
})

test('without --contract the contract from the definitions is used, chosen by --bot', async () => {
  const { status, stdout } = await runVerify([file('other.txt', text), '--bot', 'mcbot'])
  assert.equal(status, 1)
  assert.match(stdout, /does not fit the contract of mcbot: \d+ findings; 0 of \d+ metrics seen, 34 series/)
})

test('a URL is requested as Prometheus does: OpenMetrics first, text if there is nothing else or with --format text', async () => {
  const asked: string[] = []
  await withServer(
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
  ['empty', '', ' it is empty: no metrics'],
  ['a page', '<!doctype html>\n<title>x</title>\n', ' it is an HTML page, not metrics'],
  ['JSON', '{"status":"success"}\n', ' it is JSON, not metrics'],
  ['a binary', Buffer.from([0x89, 0x50, 0, 1]), ' it is binary, not text: an exposition is UTF-8'],
  ['Latin-1', Buffer.from('# HELP a caf\xe9\na 1\n', 'latin1'), ' it is binary, not text: an exposition is UTF-8'],
  ['gzip', gzipSync(text), ' it is compressed with gzip: decompress it first'],
  ['truncated text', text.slice(0, 300), /^\d+: it is truncated in the middle of a line: ".*"$/.source],
  [
    'truncated OpenMetrics',
    openMetrics.slice(0, openMetrics.lastIndexOf('# EOF')),
    /^\d+: it is truncated: OpenMetrics ends with '# EOF'$/.source,
  ],
  ['prose', 'Hello, world.\n', `1: Hello: its value is not a number: ","`],
]

for (const [name, content, wrong] of files)
  test(`${name}: one clear line`, async () => {
    const path = file('given', content)
    const read = await readSource(path)
    assert.ok('wrong' in read)
    assert.ok(read.wrong.startsWith(`${path}:`))
    const told = read.wrong.slice(path.length + 1)
    assert.equal(told.includes('\n'), false)
    if (wrong.startsWith('^')) assert.match(told, new RegExp(wrong))
    else assert.equal(told, wrong)
  })

test('a target or contract that cannot be read: exit 2, one line on stderr, nothing on stdout', async () => {
  const missing = join(folder, 'none')
  const notThere = 'no such file, expected one with an exposition or a URL such as http://127.0.0.1:8000/metrics'
  const cases: readonly (readonly [readonly string[], string])[] = [
    [[missing, ...withContract], `${missing}: ${notThere}`],
    [[folder, ...withContract], `${folder}: it is a folder, expected a file or a URL`],
    [
      ['localhost:8000', ...withContract],
      'localhost:8000: no such file; if it is an address, use http://localhost:8000/metrics',
    ],
    [['http://', ...withContract], 'http://: not a valid URL, expected one such as http://127.0.0.1:8000/metrics'],
    [['x', '--contract', missing], `${missing}: no such file; \`botwatch generate\` writes out/<bot>/contract.json`],
    [
      ['x', '--contract', file('half.json', '{}')],
      `${join(folder, 'half.json')}: not a valid contract.json for this version of botwatch: format: Invalid input: expected 1; bot: Invalid input: expected string, received undefined; hash: Invalid input: expected string, received undefined`,
    ],
    [['x', '--bot', 'nobody'], "no bot 'nobody' in definitions/index.ts, only mcbot, tradingbot and arbot"],
  ]
  for (const [args, why] of cases)
    assert.deepEqual(await runVerify(args), { status: 2, stdout: '', stderr: `botwatch verify: ${why}\n` })
})

test('for a URL without metrics the message says what it returns instead, and never prints a password', async () => {
  await withServer(
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
        ['/', `it is an HTML page, not metrics; add the path, such as ${url}/metrics`],
        ['/404', 'it returned 404 Not Found: add the path of the metrics, such as /metrics'],
        ['/401', 'it returned 401 Unauthorized: authentication required; pass --token-file FILE or --login-file FILE'],
        ['/cut', 'the connection was closed before the response was complete'],
        ['/slow', 'no complete response within 0.5 s'],
        ['/protobuf', 'it responded with protobuf although text was requested: verify reads only the two text formats'],
        ['/endless', "it is larger than 1 MiB, too large for a bot's metrics: nothing was compared"],
      ]
      for (const [path, why] of cases) {
        // Only one has to be late: the others take as long as a busy machine does.
        const limits = { timeout: path === '/slow' ? 500 : 60_000, maxBytes: 2 ** 20 }
        assert.deepEqual(await readSource(login + path, limits), { wrong: `${url}${path}: ${why}` })
      }
      assert.ok('families' in (await readSource(`${login}/login`)))
    },
  )
  const gone = await withServer(
    () => {},
    async (url) => url,
  )
  assert.deepEqual(await readSource(`${gone}/metrics`), {
    wrong: `${gone}/metrics: nothing listens at ${new URL(gone).host}: is the bot running?`,
  })
})

test('--watch waits until every metric has been seen in some scrape', async () => {
  const metrics = busyMetrics()
  const whole = await metrics.render()
  const parts = [whole.replace(/^tb_trading_mode.*\n/gm, ''), whole.replace(/^.*tb_bars_total.*\n/gm, '')]
  let scrapes = 0
  await withServer(
    (_, response) => response.setHeader('Content-Type', contentTypes.text).end(parts[Math.min(scrapes++, 1)]),
    async (url) => {
      const { status, stdout, stderr } = await runVerify([
        `${url}/metrics`,
        ...withContract,
        '--watch',
        '--within',
        '60s',
      ])
      assert.equal(stderr, '12 of 13 seen; waiting for tb_trading_mode\n')
      assert.equal(
        stdout,
        `${url}/metrics fits the contract of tb: 13 of 13 metrics seen, ${parts[1]?.split('\n').filter((line) => /^[^#]/.test(line)).length} series in the text format\n`,
      )
      assert.deepEqual([status, scrapes], [0, 2])
    },
  )
})

test('--watch ends at its deadline or when interrupted, and reports what was not seen', async () => {
  const part = text.replace(/^tb_trading_mode.*\n/gm, '')
  await withServer(
    (_, response) => response.setHeader('Content-Type', contentTypes.text).end(part),
    async (url) => {
      const late = await runVerify([url, ...withContract, '--watch', '--within', '4s'])
      const progress = '12 of 13 seen; waiting for tb_trading_mode\n'
      assert.equal(late.stderr, `${progress}botwatch verify: no series was ever seen for tb_trading_mode\n`)
      assert.match(
        late.stdout,
        /^declared, no series yet \(1\): tb_trading_mode\n\nhttp.* fits the contract of tb: 12 of 13/,
      )
      assert.equal(late.status, 1)
      const stopped = await runVerify([url, ...withContract, '--watch'], 'SIGINT')
      assert.equal(stopped.status, 1)
      assert.match(stopped.stdout, /12 of 13 metrics seen/)
    },
  )
  const gone = await withServer(
    () => {},
    async (url) => url,
  )
  assert.deepEqual(await runVerify([gone, ...withContract, '--watch', '--within', '4s']), {
    status: 2,
    stdout: '',
    stderr: `botwatch verify: ${gone}/: nothing listens at ${new URL(gone).host}: is the bot running?\n`,
  })
})
