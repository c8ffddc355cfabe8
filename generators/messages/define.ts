/** A Go template definition: each line prints its own content; the comment at its end keeps the line break out of the message. */
export const define = (name: string, lines: readonly string[]): string =>
  [`{{ define "${name}" }}`, ...lines, '{{ end }}\n'].join('{{/**/ -}}\n')
