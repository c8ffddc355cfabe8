import type { TreeCursor } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'

/** A node of the grammar's syntax tree, as plain data: walking the grammar's own nodes costs more than parsing. */
export interface Syntax {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly children: readonly Syntax[]
}

const strict = parser.configure({ strict: true })

/** The grammar's tree of a text; undefined if it cannot parse it. */
export function syntaxOf(source: string): Syntax | undefined {
  try {
    return plain(strict.parse(source).cursor())
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** The first child with that name; null if there is none. */
export const child = (at: Syntax, name: string): Syntax | null => {
  for (const one of at.children) if (one.name === name) return one
  return null
}

const none: readonly Syntax[] = Object.freeze([])
function plain(cursor: TreeCursor): Syntax {
  const { name, from, to } = cursor
  if (!cursor.firstChild()) return { name, from, to, children: none }
  const children: Syntax[] = []
  do children.push(plain(cursor))
  while (cursor.nextSibling())
  cursor.parent()
  return { name, from, to, children }
}
