/** A way to break definitions: where it applies, and the replacement text; null if it would break nothing. */
export interface DefectKind {
  readonly name: string
  /** Paths below the folder of the bot. */
  readonly files: RegExp
  readonly find: RegExp
  /** What the mistake imports, under names that no file has; `bot` is the way from the file to the folder of the bot. */
  readonly head?: (bot: string) => string
  readonly put: (found: RegExpExecArray, sources: SourceFiles) => string | null
}

/** The text of each file of a bot, by its path in the folder of the bot. */
export type SourceFiles = ReadonlyMap<string, string>

/** One small mistake in one file. */
export interface PlantedDefect {
  readonly kind: string
  readonly file: string
  readonly line: number
  /** The text before, and the text now. */
  readonly from: string
  readonly to: string
  readonly text: string
}

/** At most this many defects of a kind, spread over all the places where it applies. */
export function defectsOf(kind: DefectKind, sources: SourceFiles, most: number): readonly PlantedDefect[] {
  const all = [...sources].flatMap(([file, text]) =>
    kind.files.test(file)
      ? [...text.matchAll(new RegExp(kind.find, `${kind.find.flags.replace('g', '')}g`))].flatMap((found) => {
          const to = kind.put(found as RegExpExecArray, sources)
          if (to === null || to === found[0]) return []
          const at = found.index
          const head = kind.head?.(file.includes('/') ? '..' : '.')
          const changed =
            (head === undefined ? '' : `${head}\n`) + text.slice(0, at) + to + text.slice(at + found[0].length)
          const line = text.slice(0, at).split('\n').length
          return [{ kind: kind.name, file, line, from: found[0], to, text: changed }]
        })
      : [],
  )
  if (all.length <= most) return all
  return Array.from({ length: most }, (_, i) => all[Math.floor((i * all.length) / most)] as PlantedDefect)
}
