// What a run prints.

/** The maximum number of lines for failures in the summary: one screen. */
const screen = 40

/** The marks of passed and skipped tests; failures are printed in full. */
const marks = { passed: '✔', skipped: '-' }

/** A finished file: one line, its failures in full, and the diagnostics of its tests. */
export function fileLines({ file, seconds, passed, skipped, failures, says, output, results }, { each }) {
  const counts = [
    `${passed} passed`,
    ...(failures.length === 0 ? [] : [`${failures.length} failed`]),
    ...(skipped === 0 ? [] : [`${skipped} skipped`]),
  ].join(', ')
  const sign = failures.length === 0 ? '✔' : '✖'
  return [
    `${sign} ${file}: ${counts} (${seconds.toFixed(1)} s)`,
    ...(each
      ? results.filter(({ type }) => type in marks).map(({ type, path }) => `    ${marks[type]} ${path.join(' > ')}`)
      : []),
    ...says.flatMap((text) => indented(text, '    ℹ ')),
    ...failures.flatMap((failure) => [
      `    ✖ ${title(failure)}`,
      ...indented(failure.message, '        '),
      ...failure.stack.map((frame) => `    ${frame}`),
    ]),
    ...(failures.length > 0 || each ? indented(output.trimEnd(), '    | ') : []),
  ]
}

/** The end of a stage: how much of its budget it took. */
export function stageLine({ name, failed, seconds, budget }) {
  const time = seconds > budget ? `${seconds.toFixed(0)} s, over its budget of ${budget} s` : ofBudget(seconds, budget)
  return `== ${name}: ${failed ? 'FAILED' : 'passed'} in ${time}`
}
const ofBudget = (seconds, budget) => `${seconds.toFixed(0)} s${Number.isFinite(budget) ? ` of ${budget} s` : ''}`

/** The stages that exceeded their budget, with their slowest files and the load of the machine. */
export function overBudget(stages, files, load, processors) {
  const over = stages.filter(({ seconds, budget }) => seconds > budget)
  if (over.length === 0) return []
  return [
    ...over.map((stage) => {
      const slowest = files.filter((one) => one.stage === stage.name).sort((a, b) => b.seconds - a.seconds)
      const named = slowest.slice(0, 3).map(({ file, seconds }) => `${file} ${seconds.toFixed(0)} s`)
      return `OVER BUDGET: ${stage.name} took ${ofBudget(stage.seconds, stage.budget)}${named.length === 0 ? '' : ` (${named.join(', ')})`}`
    }),
    `(load average ${load.toFixed(1)} on ${processors} processors; the budgets are for a machine that does nothing else)`,
  ]
}

/** Every failure with its location, the start of its message and the command to rerun it, on one screen. */
export function failureLines(failures) {
  if (failures.length === 0) return []
  const of = (most) => failures.map((failure) => failureOf(failure, most))
  const most = [8, 6, 4, 3, 2].find((lines) => of(lines).flat().length < screen) ?? 1
  const shown = []
  for (const lines of of(most)) {
    if (shown.flat().length + lines.length >= screen) break
    shown.push(lines)
  }
  const more = failures.length - shown.length
  return [`${failures.length} failed:`, ...shown.flat(), ...(more === 0 ? [] : [`  and ${more} more, above`])]
}

function failureOf(failure, most) {
  if ('again' in failure) return [`  ✖ ${failure.stage}: see its output above`, `    ${failure.again}`]
  const message = failure.message.split('\n').filter((line) => line.trim() !== '' && !opening.test(line))
  const shown = message.slice(0, most)
  const cut = message.length - shown.length
  return [
    `  ✖ ${short(title(failure))}`,
    ...(failure.path.length === 0 ? [] : [`    ${failure.at}`]),
    ...shown.map((line) => `      ${short(line)}`),
    ...(cut === 0 ? [] : [`      … ${cut} more ${cut === 1 ? 'line' : 'lines'}`]),
    `    ${rerun(failure)}`,
  ]
}

/** How the message of every failed comparison starts. */
const opening = /^(Expected values to be (strictly|loosely) (deep-)?equal:|\+ actual - expected)/

const title = ({ file, path }) => (path.length === 0 ? file : path.join(' > '))
const short = (line) => (line.length <= 140 ? line : `${line.slice(0, 139)}…`)
const indented = (text, by) =>
  text === ''
    ? []
    : text
        .split('\n')
        .map((line, i) => `${i === 0 ? by : by.replace(/\S/g, by.includes('|') ? '|' : ' ')}${line}`.trimEnd())

/** The command that reruns a failed test. */
function rerun({ file, path }) {
  if (path.length === 0) return `npm test -- ${file}`
  // a pattern matches top-level tests only
  const name = path[0].split(' > ')[0].split('\n')[0]
  return `npm test -- ${file} --name ${quoted(name)}`
}
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`

/** The tests that were skipped, and what to install for them. */
export function skippedLines(skipped) {
  if (skipped.length === 0) return []
  return [
    `${skipped.length} tests were skipped, because a server or a browser is missing:`,
    ...skipped.map(({ test, missing }) => `  ${test}: ${missing.join(', ')}`),
    ...[...new Set(skipped.flatMap(({ install }) => install))].map((install) => `to run them: ${install}`),
  ]
}
