/** A math expression of Grafana, such as `$A / ${B} > 0.5`. */
export type Formula =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'reference'; readonly ref: string }
  | { readonly kind: 'call'; readonly fn: string; readonly args: readonly Formula[] }
  | { readonly kind: 'sign'; readonly op: '!' | '-'; readonly of: Formula }
  | { readonly kind: 'operation'; readonly op: string; readonly left: Formula; readonly right: Formula }

type Wrong = { readonly wrong: string }

const token =
  /\s*(?:\$\{([^}]+)\}|\$(\w+)|((?:0[xX][\da-fA-F]+)|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([a-zA-Z]\w*)|(\*\*|&&|\|\||[<>=!]=|[-+*/%<>!(),])|(\S))/y

/** Binary operators by precedence, the weakest first; all are left-associative. */
const levels: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!=', '>', '<', '>=', '<='],
  ['+', '-'],
  ['*', '/', '%'],
  ['**'],
]

type Token = { readonly kind: 'reference' | 'number' | 'word' | 'sign' | 'end'; readonly text: string }

/** The tree of a math expression, or why it is none. */
export function parseFormula(text: string): Formula | Wrong {
  const tokens = tokensOf(text)
  let next = 0
  const isSign = (...signs: readonly string[]) => {
    const { kind, text: found } = tokens[next] as Token
    return kind === 'sign' && signs.includes(found)
  }
  const unexpected = (): Wrong => {
    const { kind, text: found } = tokens[next] as Token
    return { wrong: kind === 'end' ? 'it ends too early' : `unexpected ${JSON.stringify(found)}` }
  }
  const level = (at: number): Formula | Wrong => {
    if (at === levels.length) return operand()
    let left = level(at + 1)
    while (!('wrong' in left) && isSign(...(levels[at] as readonly string[]))) {
      const op = (tokens[next++] as Token).text
      const right = level(at + 1)
      left = 'wrong' in right ? right : { kind: 'operation', op, left, right }
    }
    return left
  }
  const closed = (of: Formula | Wrong): Formula | Wrong => {
    if ('wrong' in of) return of
    if (!isSign(')')) return unexpected()
    next++
    return of
  }
  const call = (fn: string): Formula | Wrong => {
    if (!isSign('(')) return unexpected()
    next++
    const args: Formula[] = []
    while (!isSign(')')) {
      if (args.length > 0) {
        if (!isSign(',')) return unexpected()
        next++
      }
      const arg = level(0)
      if ('wrong' in arg) return arg
      args.push(arg)
    }
    return closed({ kind: 'call', fn, args })
  }
  const operand = (): Formula | Wrong => {
    const { kind, text: found } = tokens[next] as Token
    if (kind === 'sign' && (found === '(' || found === '!' || found === '-')) {
      next++
      if (found === '(') return closed(level(0))
      const of = operand()
      return 'wrong' in of ? of : { kind: 'sign', op: found, of }
    }
    if (kind === 'sign' || kind === 'end') return unexpected()
    next++
    if (kind === 'reference') return { kind, ref: found }
    return kind === 'number' ? { kind, value: Number(found) } : call(found)
  }
  const whole = level(0)
  return 'wrong' in whole || (tokens[next] as Token).kind === 'end' ? whole : unexpected()
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  token.lastIndex = 0
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [, braced, bare, number, word, sign, other] = found
    const ref = braced ?? bare
    if (ref !== undefined) tokens.push({ kind: 'reference', text: ref })
    else if (number !== undefined) tokens.push({ kind: 'number', text: number })
    else if (word !== undefined) tokens.push({ kind: 'word', text: word })
    else tokens.push({ kind: 'sign', text: sign ?? other ?? '' })
  }
  return [...tokens, { kind: 'end', text: '' }]
}

/** What a math expression refers to, each once. */
export function formulaReferences(of: Formula): readonly string[] {
  const below = (one: Formula): readonly string[] => {
    switch (one.kind) {
      case 'number':
        return []
      case 'reference':
        return [one.ref]
      case 'call':
        return one.args.flatMap(below)
      case 'sign':
        return below(one.of)
      case 'operation':
        return [...below(one.left), ...below(one.right)]
    }
  }
  return [...new Set(below(of))]
}
