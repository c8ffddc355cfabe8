/** How a channel formats text: escaping and markup. All parts are pieces of Go templates. */
export interface Dialect {
  /** The value of an expression, escaped. */
  readonly escaped: (expression: string) => string
  /** The same for steps, in which commands are between backticks. */
  readonly escapedSteps: (expression: string) => string
  /** By what factor escaping can lengthen a text. */
  readonly growth: number
  /** Prints a variable that holds escaped text. */
  readonly print: (variable: string) => string
  /** Fixed words, escaped at generation. */
  readonly literal: (words: string) => string
  readonly bold: (inside: string) => string
  readonly link: (url: string, words: string) => string
}

/** Telegram's HTML. */
export const telegram: Dialect = {
  escaped: (expression) => `html ${expression}`,
  // in Telegram a tap copies code
  escapedSteps: (expression) => `reReplaceAll "\\x60([^\\x60\\n]+)\\x60" "<code>$1</code>" (html ${expression})`,
  growth: 5,
  // Alertmanager renders Telegram's templates as HTML: without safeHtml it would escape a second time
  print: (variable) => `{{ ${variable} | safeHtml }}`,
  literal: (words) => words.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'),
  bold: (inside) => `<b>${inside}</b>`,
  link: (url, words) => `<a href="{{ ${url} }}">${words}</a>`,
}

const escapedInMarkdown = (expression: string) =>
  `reReplaceAll "([\\\\\\\\*_~\\x60|>#\\\\[\\\\]()<@-])" "\\\\$1" ${expression}`

/** Discord's Markdown; commands keep their backticks, since nothing can be escaped inside code. */
export const discord: Dialect = {
  escaped: escapedInMarkdown,
  escapedSteps: escapedInMarkdown,
  growth: 2,
  print: (variable) => `{{ ${variable} }}`,
  literal: (words) => words.replace(/[\\*_~`|>#[\]()<@-]/g, '\\$&'),
  bold: (inside) => `**${inside}**`,
  link: (url, words) => `[${words}]({{ ${url} }})`,
}
