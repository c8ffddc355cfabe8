import { repeatable } from './trees.ts'

type Pick = <T>(of: readonly T[]) => T
export interface Chance {
  readonly random: () => number
  readonly pick: Pick
  readonly maybe: (share: number) => boolean
}
/** Random choices that are repeatable for a seed. */
export function chance(seed: number): Chance {
  const random = repeatable(seed)
  for (let i = 0; i < 8; i++) random()
  return {
    random,
    pick: (of) => of[Math.floor(random() * of.length)] as never,
    maybe: (share) => random() < share,
  }
}

type Kind = 'scalar' | 'string' | 'vector' | 'matrix'

/** A valid expression as people and programs write it: spaces, comments, upper and lower case, parentheses and numbers of every form. */
export function randomText(
  c: Chance,
  depth: number,
  kind: Kind = c.pick(['vector', 'vector', 'vector', 'scalar', 'matrix', 'string']),
): string {
  const parts = tokens(c, depth, kind)
  return parts
    .map((part) => part + gap(c))
    .join('')
    .trim()
}

/** The words of an expression; there may be space between any two. */
function tokens(c: Chance, depth: number, kind: Kind): string[] {
  switch (kind) {
    case 'string':
      return stringTokens(c)
    case 'scalar':
      return scalarTokens(c, depth)
    case 'matrix':
      return matrixTokens(c, depth)
    case 'vector':
      return vectorTokens(c, depth)
  }
}

const stringTokens = (c: Chance): string[] => (c.maybe(0.1) ? ['(', quotedText(c), ')'] : [quotedText(c)])

function scalarTokens(c: Chance, depth: number): string[] {
  const { pick } = c
  const scalar = () => tokens(c, depth - 1, 'scalar')
  if (depth <= 0) return [numberText(c)]
  return pick([
    () => [numberText(c)],
    () => ['(', ...scalar(), ')'],
    () => [pick(['-', '+']), ...scalar()],
    () => [...scalar(), pick(['+', '-', '*', '/', '%', '^', ' atan2 ']), ...scalar()],
    () => [...scalar(), pick(['==', '<', '>=', '!=']), ' bool ', ...scalar()],
    () => ['scalar', '(', ...tokens(c, depth - 1, 'vector'), ')'],
    () => ['time', '(', ')'],
    () => ['pi', '(', ')'],
  ])()
}

function matrixTokens(c: Chance, depth: number): string[] {
  const { pick, maybe } = c
  if (depth <= 0 || maybe(0.5)) return [...selectorText(c), '[', lengthText(c), ']', ...moments(c)]
  return [
    ...pick([() => ['(', ...tokens(c, depth - 1, 'vector'), ')'], () => selectorText(c)])(),
    '[',
    lengthText(c),
    ':',
    ...(maybe(0.5) ? [lengthText(c)] : []),
    ']',
    ...moments(c),
  ]
}

function vectorTokens(c: Chance, depth: number): string[] {
  const { pick, maybe } = c
  const vector = () => tokens(c, depth - 1, 'vector')
  const scalar = () => tokens(c, depth - 1, 'scalar')
  const labels = () =>
    list(c, ['a', 'le', 'on', 'offset', 'bool', 'group_left', 'by', '"a b"', 'sum', 'start', 'start_', '_x'])
  const none: readonly string[] = []
  if (depth <= 0) return [...selectorText(c), ...moments(c)]
  return pick([
    () => [...selectorText(c), ...moments(c)],
    () => ['(', ...vector(), ')'],
    () => [pick(['-', '+']), ...vector()],
    () => [...vector(), operatorText(c), ...(maybe(0.5) ? vector() : scalar())],
    () => [...scalar(), operatorText(c), ...vector()],
    () => [
      ...vector(),
      pick([' and ', ' or ', ' unless ', ' AND ', ' Or ']),
      ...(maybe(0.3) ? [pick([' on', ' ignoring']), ...labels()] : none),
      ' ',
      ...vector(),
    ],
    () => [
      ...vector(),
      operatorText(c),
      pick([' on', ' ignoring']),
      ...labels(),
      ...(maybe(0.4)
        ? [pick([' group_left ', ' group_right ', ' GROUP_LEFT ']), ...(maybe(0.6) ? list(c, ['x', 'y']) : none)]
        : none),
      ' ',
      ...vector(),
    ],
    () => aggregateText(c, vector(), scalar(), labels()),
    () => [
      pick(['abs', 'ceil', 'sort', 'absent', 'timestamp', 'sgn', 'histogram_count', 'histogram_avg', 'ln']),
      '(',
      ...vector(),
      ')',
    ],
    () => [
      pick(['rate', 'increase', 'delta', 'last_over_time', 'resets', 'absent_over_time', 'stdvar_over_time']),
      '(',
      ...tokens(c, depth - 1, 'matrix'),
      ')',
    ],
    () => ['clamp_min', '(', ...vector(), ',', ...scalar(), ')'],
    () => ['round', '(', ...vector(), ...(maybe(0.5) ? [',', ...scalar()] : none), ')'],
    () => [pick(['hour', 'month']), '(', ...(maybe(0.5) ? vector() : none), ')'],
    () => ['vector', '(', ...scalar(), ')'],
    () => ['histogram_quantile', '(', ...scalar(), ',', ...vector(), ')'],
    () => ['predict_linear', '(', ...tokens(c, depth - 1, 'matrix'), ',', ...scalar(), ')'],
    () => ['label_replace', '(', ...vector(), ...Array.from({ length: 4 }, () => [',', quotedText(c)]).flat(), ')'],
    () => [
      'label_join',
      '(',
      ...vector(),
      ...Array.from({ length: pick([2, 3, 5]) }, () => [',', quotedText(c)]).flat(),
      ')',
    ],
  ])()
}

const list = (c: Chance, of: readonly string[]): string[] => {
  const chosen = of.filter(() => c.maybe(0.25)).flatMap((label, i) => (i === 0 ? [label] : [',', label]))
  return ['(', ...chosen, ...(chosen.length > 0 && c.maybe(0.1) ? [','] : []), ')']
}

const operatorText = (c: Chance): string =>
  c.pick(['+', '-', '*', '/', '%', '^', ' atan2 ', ' ATAN2 ', '==', '!=', '>', '<', '>=', '<=', '== bool ', '<bool '])

function aggregateText(c: Chance, of: string[], scalar: string[], labels: string[]): string[] {
  const { pick, maybe } = c
  const [op, first] = pick([
    ['sum', []],
    ['MAX', []],
    ['stdvar', []],
    ['group', []],
    ['topk', [...scalar, ',']],
    ['quantile', [...scalar, ',']],
    ['count_values', [quotedText(c), ',']],
  ] as const)
  const clause = maybe(0.3) ? [] : [pick([' by ', ' without ', ' BY ']), ...labels]
  return maybe(0.5) ? [op, ...clause, '(', ...first, ...of, ')'] : [op, '(', ...first, ...of, ')', ...clause]
}

function selectorText(c: Chance): string[] {
  const { pick, maybe } = c
  const name = pick([
    'x',
    'up',
    'a:b',
    ':a',
    '_a1',
    'sum',
    'by',
    'offset',
    'and',
    'start',
    'without',
    'rate',
    'infinity',
    'time',
    'X2_total',
    'group',
  ])
  const asked = Array.from({ length: pick([0, 1, 1, 2, 3]) }, () => [
    pick(['a', 'le', 'offset', 'on', 'sum', '"a.b"', "'ü'", 'inf']),
    ...pick([
      () => [pick(['=', '!=']), quotedText(c)],
      () => [
        pick(['=~', '!~']),
        pick(['"a|b"', "'x.*'", '"[a-c]+\\\\.d"', '`\\d{2,3}`', '"(?i)x"', '"(?:a|b)?"', '".+"', '""']),
      ],
    ])(),
  ])
  const braces = asked.flatMap((one, i) => (i === 0 ? one : [',', ...one]))
  const comma = braces.length > 0 && maybe(0.1) ? [','] : []
  return pick([
    () => (braces.length === 0 ? [name] : [name, '{', ...braces, ...comma, '}']),
    () => [name, '{', ...braces, ...comma, '}'],
    () => ['{', '"x.y"', ...(braces.length === 0 ? [] : [',', ...braces]), '}'],
    () => ['{', ...braces, ...(braces.length === 0 ? [] : [',']), 'job', '=', '"x"', '}'],
  ])()
}

function moments(c: Chance): string[] {
  const offset = [' offset ', ...(c.maybe(0.3) ? [c.pick(['-', '+'])] : []), lengthText(c)]
  const at = [
    ' @ ',
    ...c.pick([
      () => [c.pick(['', '-', '+']) + c.pick(['1700000000', '1.5', '0x10', '5m'])],
      () => [c.pick(['start', 'end', 'START']), '(', ')'],
    ])(),
  ]
  return c.pick([[], [], [], offset, at, [...offset, ...at], [...at, ...offset]])
}

const lengthText = (c: Chance): string =>
  c.pick(['5m', '1h30m', '1d', '90s', '1w2d', '1500ms', '300', '0x1F', '2.5', '1_000', '1y'])
const numberText = (c: Chance): string =>
  c.pick([
    '0',
    '1',
    '2.5',
    '.5',
    '5.',
    '1e3',
    '1E-3',
    '5.e+2',
    '0x1F',
    '0X_a',
    '0xabe',
    '0x1e5',
    '017',
    '089',
    '1_000',
    '1_0.2_5',
    'Inf',
    'inf',
    'NaN',
    'nan',
    '5m',
    '1h30m',
    '9007199254740993',
    '1e-320',
  ])
const quotedText = (c: Chance): string =>
  c.pick([
    '"a"',
    "'b'",
    '`c\\d`',
    '""',
    '"a\\nb"',
    "'it\\'s'",
    '"\\u00e9\\x41\\101\\U0001F600"',
    '"\\xc3\\xa9\\344"',
    '"$1-$x"',
    '"#"',
    '"ü 語"',
    '`"\'\n`',
    '"\\\\"',
  ])
const gap = (c: Chance): string => c.pick(['', '', '', '', ' ', ' ', '  ', '\n', '\t', ' # a (comment]\n', '\r\n'])
