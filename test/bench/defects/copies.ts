import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defectsOf, type PlantedDefect, type SourceFiles } from './kind.ts'
import { defectKinds } from './kinds.ts'

/** All defects of a bot, at most this many of a kind. */
export const defectsIn = (sources: SourceFiles, most: number): readonly PlantedDefect[] =>
  defectKinds.flatMap((kind) => defectsOf(kind, sources, most))

export function sourceFilesOf(folder: string): SourceFiles {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    files
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort()
      .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
  )
}

/** Makes a copy of the bot for each defect, in its own folder next to the language that it imports; returns the names of the folders. */
export function writeCopies(
  definitions: string,
  bot: string,
  to: string,
  defects: readonly (PlantedDefect | null)[],
): readonly string[] {
  mkdirSync(to, { recursive: true })
  for (const shared of ['language', 'exporters']) symlinkSync(join(definitions, shared), join(to, shared))
  return defects.map((defect, i) => {
    const name = `d${i}`
    cpSync(join(definitions, bot), join(to, name), { recursive: true })
    writeFileSync(join(to, name, 'bots.ts'), `import { ${bot} } from './index.ts'\n\nexport const bots = [${bot}]\n`)
    if (defect !== null) writeFileSync(join(to, name, defect.file), defect.text)
    return name
  })
}
