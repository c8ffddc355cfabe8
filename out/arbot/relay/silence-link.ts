import type { ChannelConfig } from './config.ts'

/** A line with a link to a new silence for the alerts of a group, as the channel marks it up; '' without a base URL. */
export function silenceLink(base: string, kind: ChannelConfig['kind'], key: string): string {
  if (!/^https?:\/\/[^\s"'<>()]+$/.test(base)) return ''
  const matchers = key.split('\n').flatMap((pair) => {
    const at = pair.indexOf('=')
    const [label, value] = [pair.slice(0, at), pair.slice(at + 1)]
    // an empty value would match every alert without the label
    return label === 'severity' || value === '' ? [] : [`${label}=${JSON.stringify(value)}`]
  })
  // Markdown would end the link at a parenthesis
  const filter = encodeURIComponent(`{${matchers.join(',')}}`).replace(
    /[()'!*]/g,
    (one) => `%${one.charCodeAt(0).toString(16)}`,
  )
  const url = `${base.replace(/\/+$/, '')}/#/silences/new?filter=${filter}`
  switch (kind) {
    case 'telegram':
      return `\n<a href="${url}">Silence</a>`
    case 'discord':
      return `\n[Silence](${url})`
  }
}
