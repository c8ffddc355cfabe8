import { formatPatch, OMIT_HEADERS, structuredPatch } from 'diff'
import { byCodeUnit } from '../../definitions/language/code-unit.ts'
import type { FileChange, Plan } from './plan.ts'

/** Lines of a file's difference shown by default. */
const defaultLines = 60

/**
 * The difference between what is on disk (`-`) and what is generated (`+`), as a unified diff with three lines
 * of context, at most `lines` lines per file. The manifest is shown only if nothing else differs.
 */
export const diff = (plan: Plan, lines: number = defaultLines): string => {
  const changes = [...plan.added, ...plan.changed, ...plan.removed].sort((a, b) => byCodeUnit(a.path, b.path))
  const shown = changes.length === 0 && plan.manifest !== null ? [plan.manifest] : changes
  return shown.map((change) => diffOf(plan.target, change, lines)).join('')
}

const diffOf = (target: string, { path, old, new: text }: FileChange, lines: number): string => {
  const name = `${target}/${path}`
  const patch = structuredPatch(name, name, old ?? '', text ?? '', undefined, undefined, { context: 3, maxEditLength })
  const head = [`--- ${old === null ? '/dev/null' : name}`, `+++ ${text === null ? '/dev/null' : name}`]
  const body =
    patch === undefined
      ? [`${countOf(old)} lines become ${countOf(text)}: too many differences to show`]
      : formatPatch(patch, OMIT_HEADERS).replace(/\n$/, '').split('\n')
  const left = body.length - lines
  const capped = left > 1 ? [...body.slice(0, lines), `... and ${left} more lines`] : body
  return `${[...head, ...capped.map(visible)].join('\n')}\n`
}

/** Beyond this many added and removed lines a comparison is slow and nobody reads it. */
const maxEditLength = 2_000

const countOf = (text: string | null): number => (text === null ? 0 : text.split('\n').length - 1)

/** Makes control characters visible: a file that differs only in CR LF must look different, and none may reach the terminal. */
const visible = (line: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
  line.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (sign) =>
    sign < ' ' ? String.fromCharCode(0x2400 + sign.charCodeAt(0)) : '\u2421',
  )
