import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parse,
  parseAllDocuments,
  stringify,
} from 'yaml'
import { fileHeader } from './header.ts'

/** A value as YAML: never wrapped, never aliased, quoted wherever a YAML 1.1 parser would read a text as something else. */
export const yaml = (value: unknown): string =>
  stringify(value, { lineWidth: 0, aliasDuplicateObjects: false, compat: 'yaml-1.1' })

/** A generated YAML file; further lines explain what it does. */
export const yamlFile = (value: unknown, ...more: readonly string[]): string => fileHeader('#', ...more) + yaml(value)

/** The value of a YAML text; throws if it is not valid YAML. */
export const readYaml = (text: string): unknown => parse(text)

/** A part of a YAML text and its line, counted from 1. */
export interface YamlNode {
  readonly line: number
  readonly of: string | number | boolean | null | readonly YamlNode[] | ReadonlyMap<string, YamlNode>
}

/** How many parts a text may have after its aliases are expanded. */
const mostParts = 2_000_000
const tooMuch = Symbol('too much')

/** Why a text is not valid YAML; line 0 if it is about the whole text. */
export type NoYaml = { readonly line: number; readonly wrong: string }

/** Every document of a YAML text with the lines of its parts, or the first reason why it is not valid. */
export function readWhole(text: string): readonly YamlNode[] | NoYaml {
  try {
    return allIn(text)
  } catch (error) {
    if (error === tooMuch) return { line: 0, wrong: 'its aliases expand to too many values' }
    // the call stack overflowed
    if (error instanceof RangeError) return { line: 0, wrong: 'it is nested too deeply' }
    throw error
  }
}

function allIn(text: string): readonly YamlNode[] | NoYaml {
  const lines = new LineCounter()
  const all = parseAllDocuments(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false })
  const documents = 'empty' in all ? [] : all
  const [error] = documents.flatMap(({ errors }) => errors)
  const lineOf = (at: number) => Math.max(1, lines.linePos(at).line)
  if (error !== undefined) return { line: lineOf(error.pos[0]), wrong: error.message.split('\n')[0] ?? '' }
  let parts = 0
  const placed = (node: unknown, document: Document): YamlNode => {
    parts += 1
    if (parts > mostParts) throw tooMuch
    if (isAlias(node)) return placed(node.resolve(document), document)
    const line = lineOf(isNode(node) ? (node.range?.[0] ?? 0) : 0)
    if (isSeq(node)) return { line, of: node.items.map((item) => placed(item, document)) }
    if (isMap(node)) {
      const map = new Map<string, YamlNode>()
      for (const { key, value } of node.items) {
        const name = isScalar(key) ? String(key.value) : String(key)
        const made = placed(value, document)
        if (name !== '<<') map.set(name, made)
        else
          for (const one of Array.isArray(made.of) ? (made.of as readonly YamlNode[]) : [made])
            if (one.of instanceof Map) for (const [of, part] of one.of) if (!map.has(of)) map.set(of, part)
      }
      return { line, of: map }
    }
    const value = isScalar(node) ? node.value : null
    return {
      line,
      of: typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null,
    }
  }
  return documents.map((document) => placed(document.contents, document))
}
