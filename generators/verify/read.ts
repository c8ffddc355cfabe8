import type { ExposedFamily, Exposition, ExpositionFormat, Flaw, Sample, Unreadable } from './exposition.ts'
import { readComment } from './read-comment.ts'
import { readSample } from './read-sample.ts'
import { familyNames, openMetricsOnly, suffixesOf } from './types.ts'

/** A family while its lines are read. */
interface Open {
  readonly name: string
  type: string | null
  help: string | null
  unit: string | null
  readonly line: number
  readonly samples: Sample[]
}

/** An exposition as data, or the first reason why the text is not one. */
export function readExposition(text: string, format: ExpositionFormat): Exposition | Unreadable {
  const whole = unreadable(text, format)
  if (whole !== null) return whole
  const families = new Map<string, Open>()
  const flaws = new Map<string, Flaw>()
  const note = (family: Open, line: number, given: string, expected: string) => {
    const key = `${family.name} ${given}`
    // Once per family, however often it occurs.
    if (!flaws.has(key)) flaws.set(key, { line, family: family.name, given, expected })
  }
  let current: Open | null = null
  let number = 0
  let ended = false
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at)
    const line = text.slice(at, end)
    at = end + 1
    number += 1
    const wrong = (why: string): Unreadable => ({ line: number, wrong: why })
    if (ended) return wrong("there is text after '# EOF'")
    if (line.endsWith('\r')) return wrong('its lines end in CR LF, expected LF only')
    if (line.trim() === '') {
      if (format === 'openmetrics') return wrong('the line is empty, which OpenMetrics does not allow')
      continue
    }
    if (line.startsWith('#')) {
      const comment = readComment(line, format)
      if (typeof comment === 'string') return wrong(comment)
      if (comment.word === 'end') ended = true
      if (comment.word === 'end' || comment.word === 'none') continue
      const known: Open | undefined = families.get(comment.of)
      const family: Open = known ?? opened(comment.of, number)
      if (known === undefined) families.set(comment.of, family)
      else if (family[comment.word] !== null)
        note(family, number, `a second ${comment.word.toUpperCase()} line`, 'one per metric')
      else if (family.samples.length > 0)
        note(family, number, `${comment.word.toUpperCase()} after its samples`, 'before the first sample')
      family[comment.word] ??= comment.text
      current = family
      continue
    }
    const sample = readSample(format === 'text' ? line.trimStart() : line, format, number)
    if (typeof sample === 'string') return wrong(sample)
    const family: Open = familyOf(sample.name, format, families, current) ?? opened(sample.name, number)
    if (!families.has(family.name)) families.set(family.name, family)
    else if (family !== current && family.samples.length > 0)
      note(family, number, "its samples are interleaved with another family's", 'all samples of a family together')
    family.samples.push(sample)
    current = family
  }
  if (format === 'openmetrics' && !ended)
    return { line: number, wrong: `it is truncated: OpenMetrics ends with '# EOF'` }
  return { format, families: [...families.values()].map(closed), flaws: [...flaws.values()] }
}

/** Which of the two formats a text without a Content-Type is in. */
export function formatOf(text: string): ExpositionFormat {
  if (/(?:^|\n)# EOF\n?$/.test(text)) return 'openmetrics'
  const onlyThere = new RegExp(`^# (?:UNIT |TYPE \\S+ (?:${openMetricsOnly.join('|')})$)`, 'm')
  return onlyThere.test(text) ? 'openmetrics' : 'text'
}

function unreadable(text: string, format: ExpositionFormat): Unreadable | null {
  if (text.trim() === '') return { line: 0, wrong: 'it is empty: no metrics' }
  if (/^\s*<(?:!doctype|html|\?xml|[a-z]+[ >])/i.test(text))
    return { line: 0, wrong: 'it is an HTML page, not metrics' }
  if (/^\s*[{[]/.test(text)) return { line: 0, wrong: 'it is JSON, not metrics' }
  if (text.endsWith('\n')) return null
  const line = text.split('\n').length
  // Only the last line feed is missing: some programs omit it.
  if (format === 'openmetrics' && text.endsWith('\n# EOF'))
    return { line, wrong: "there is no line feed after '# EOF'" }
  return {
    line,
    wrong: `it is truncated in the middle of a line: ${JSON.stringify(text.slice(text.lastIndexOf('\n') + 1).slice(0, 40))}`,
  }
}

function familyOf(
  sample: string,
  format: ExpositionFormat,
  families: ReadonlyMap<string, Open>,
  current: Open | null,
): Open | null {
  const fits = ({ name, type }: Open) => suffixesOf(format, type).some((suffix) => name + suffix === sample)
  if (current !== null && fits(current)) return current
  const known = familyNames(sample).flatMap((name) => families.get(name) ?? [])
  // A family with this name but another type is still the one meant.
  return known.find(fits) ?? known.find(({ name }) => name === sample) ?? null
}

const opened = (name: string, line: number): Open => ({ name, type: null, help: null, unit: null, line, samples: [] })
const closed = (family: Open): ExposedFamily => family
