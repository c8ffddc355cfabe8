import type { FileItems } from '../rule-file.ts'
import { classicItems, elementsOf, type Library } from './classic.ts'
import { at, isObject, type Json, listOf, stringOf } from './json.ts'
import { v2Items } from './v2.ts'

/** All queries in files of dashboards and library panels, in either schema, as exported, provisioned or from the API. */
export function readDashboards(files: readonly { readonly file: string; readonly text: string }[]): FileItems {
  const wrong: string[] = []
  const read = files.flatMap(({ file, text }) => {
    try {
      return [{ file, text, json: JSON.parse(text) as Json }]
    } catch (error) {
      wrong.push(`${file}${placeOf(error as Error, text)}: not valid JSON: ${told(error as Error)}`)
      return []
    }
  })
  const library: Library = new Map(read.flatMap(({ json }) => sharedIn(json)))
  const items = read.flatMap(({ file, text, json }) => {
    const found = dashboardsIn(json)
    if (found.length === 0 && sharedIn(json).length === 0) {
      wrong.push(`${file}: no dashboard found, expected one with \`panels\`, \`rows\` or, in schema v2, \`elements\``)
      return []
    }
    return found.flatMap(({ schema, of }) => (schema === 'v2' ? v2Items : classicItems)(of, text, file, library))
  })
  return { items, wrong }
}

type Found = { readonly schema: 'classic' | 'v2'; readonly of: Json }

/** The dashboards in a JSON document, however they are wrapped. */
function dashboardsIn(json: Json): readonly Found[] {
  if (Array.isArray(json)) return (json as readonly Json[]).flatMap(dashboardsIn)
  const items = listOf(at(json, 'items'))
  if (items.length > 0) return items.flatMap(dashboardsIn)
  if (isObject(at(json, 'elements'))) return [{ schema: 'v2', of: json }]
  if (Array.isArray(at(json, 'panels')) || Array.isArray(at(json, 'rows'))) return [{ schema: 'classic', of: json }]
  for (const wrapped of [at(json, 'dashboard'), at(json, 'spec')])
    if (isObject(wrapped)) return dashboardsIn(wrapped as Json)
  const text = stringOf(at(json, 'json'))
  try {
    return text === null ? [] : dashboardsIn(JSON.parse(text) as Json)
  } catch {
    return []
  }
}

/** The library panels in a file: one as the API returns it, or several. */
function sharedIn(json: Json): readonly (readonly [string, Json])[] {
  const inner = at(json, 'result') ?? json
  if (listOf(at(inner, 'elements')).length > 0) return elementsOf(at(inner, 'elements'))
  const uid = stringOf(at(inner, 'uid'))
  const model = at(inner, 'model')
  return uid === null || model === undefined ? [] : [[uid, model]]
}

function placeOf({ message }: Error, text: string): string {
  const position = /at position (\d+)/.exec(message)?.[1]
  return position === undefined ? '' : `:${text.slice(0, Number(position)).split('\n').length}`
}

const told = ({ message }: Error) =>
  message
    .replace(/ in JSON at position.*$/s, '')
    .replace(/\n/g, '\\n')
    .slice(0, 120)
