import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { byCodeUnit } from '../../definitions/language/code-unit.ts'
import type { JournalStep } from './journal.ts'
import { type Manifest, parseManifest, printManifest } from './manifest.ts'
import { foldersAbove, manifestPath } from './path.ts'
import { fileProblem, type Problem } from './problem.ts'
import { type FolderTree, lstatOf, readTree, sha256 } from './tree.ts'

/** A file with its text before and after; null if it is absent. */
export type FileChange = { readonly path: string; readonly old: string | null; readonly new: string | null }

/** What a run changes; if there are problems, nothing. Paths are relative to the target and sorted. */
export type Plan = {
  readonly target: string
  readonly added: readonly FileChange[]
  readonly changed: readonly FileChange[]
  readonly removed: readonly FileChange[]
  readonly unchanged: readonly string[]
  /** Hand-edited files among the changed and removed ones; only with `force`. */
  readonly overwritten: readonly string[]
  /** The manifest, if its bytes change; it is in none of the lists. */
  readonly manifest: FileChange | null
  readonly problems: readonly Problem[]
}

/** True if writing the plan changes the disk. */
export const hasChanges = (plan: Plan): boolean =>
  plan.manifest !== null || plan.added.length + plan.changed.length + plan.removed.length > 0

/** A plan that only reports problems. */
export const refusedPlan = (target: string, problems: readonly Problem[]): Plan => ({
  target,
  added: [],
  changed: [],
  removed: [],
  unchanged: [],
  overwritten: [],
  manifest: null,
  problems,
})

/** A plan with the steps that carry it out and the new texts by path. */
export type Draft = {
  readonly plan: Plan
  readonly steps: readonly JournalStep[]
  readonly texts: ReadonlyMap<string, string>
}

/** Compares the target with what should be there; the paths of `files` must be legal. Only reads. */
export const draftOf = (target: string, files: ReadonlyMap<string, string>, force: boolean): Draft => {
  const texts = new Map([...files, [manifestPath, printManifest(files)]])
  const listed = readManifest(target)
  if ('code' in listed) return { plan: refusedPlan(target, [listed]), steps: [], texts }
  const tree = readTree(target, new Set([...texts.keys(), ...listed.keys()]))

  const problems: Problem[] = [...tree.problems, ...tree.foreign.map((path) => stray(target, path))]
  const plan = { added: [], changed: [], removed: [], unchanged: [], overwritten: [] } as {
    readonly [List in 'added' | 'changed' | 'removed']: FileChange[]
  } & { readonly [List in 'unchanged' | 'overwritten']: string[] }
  let manifest: FileChange | null = null

  for (const path of [...new Set([...texts.keys(), ...listed.keys()])].sort()) {
    const seen = tree.files.get(path)
    const text = texts.get(path)
    const change: FileChange = { path, old: seen?.text ?? null, new: text ?? null }
    if (text !== undefined && tree.folders.has(path) && !isVacated(path, tree, listed)) {
      problems.push(folderInTheWay(target, path))
    }
    const isSame = text !== undefined && seen?.hash === sha256(text)
    if (path === manifestPath) {
      if (!isSame) manifest = change
      continue
    }
    if (seen !== undefined && !isSame && seen.hash !== listed.get(path)) {
      if (!listed.has(path)) problems.push(fileInTheWay(target, path))
      else if (force) plan.overwritten.push(path)
      else problems.push(handEdited(target, path, seen.text))
    }
    if (isSame) plan.unchanged.push(path)
    else if (text === undefined) seen !== undefined && plan.removed.push(change)
    else (seen === undefined ? plan.added : plan.changed).push(change)
  }
  return {
    plan: { target, ...plan, manifest, problems },
    steps: problems.length > 0 ? [] : stepsOf(tree, texts, listed),
    texts,
  }
}

const stepsOf = (tree: FolderTree, texts: ReadonlyMap<string, string>, listed: Manifest): readonly JournalStep[] => {
  const gone = [...listed.keys()].filter((path) => !texts.has(path)).sort()
  const needed = new Set([...texts.keys()].flatMap(foldersAbove))
  const replaced = [...tree.folders].filter((folder) =>
    [folder, ...foldersAbove(folder)].some((path) => texts.has(path)),
  )
  const emptied = new Set([...gone.flatMap(foldersAbove), ...replaced])
  const isLast = (path: string): number => (path === manifestPath ? 1 : 0)
  return [
    ...gone.flatMap((path): JournalStep[] => {
      const seen = tree.files.get(path)
      return seen === undefined ? [] : [{ do: 'remove', path, old: seen.hash }]
    }),
    ...[...emptied]
      .filter((path) => tree.folders.has(path) && !needed.has(path))
      .sort((a, b) => byCodeUnit(b, a))
      .map((path): JournalStep => ({ do: 'rmdir', path })),
    ...(tree.exists ? [] : [{ do: 'mkdir', path: '' } as const]),
    ...[...needed]
      .filter((path) => !tree.folders.has(path))
      .sort()
      .map((path): JournalStep => ({ do: 'mkdir', path })),
    ...[...texts.keys()]
      .sort((a, b) => isLast(a) - isLast(b) || byCodeUnit(a, b))
      .flatMap((path): JournalStep[] => {
        const old = tree.files.get(path)?.hash ?? null
        const hash = sha256(texts.get(path) ?? '')
        return old === hash ? [] : [{ do: 'put', path, old, new: hash }]
      }),
  ]
}

const readManifest = (target: string): Manifest | Problem => {
  const path = join(target, manifestPath)
  try {
    // A link or a folder in its place is reported with the rest of the tree.
    return lstatOf(path)?.isFile() ? parseManifest(target, readFileSync(path, 'utf8')) : new Map<string, string>()
  } catch (error) {
    return fileProblem('cannot-read', path, error)
  }
}

const isVacated = (folder: string, tree: FolderTree, listed: Manifest): boolean => {
  const isBelow = (path: string): boolean => path.startsWith(`${folder}/`)
  return !tree.own.some(isBelow) && [...tree.files.keys()].some((path) => isBelow(path) && listed.has(path))
}

const stray = (target: string, path: string): Problem => ({
  code: 'foreign',
  path: join(target, path),
  message: 'is neither generated nor in the manifest: botwatch did not write it, so it will not remove it.',
  fix: 'Move it out of the folder; `--force` does not delete it. Your own settings belong in `.env` or `secrets/`.',
})

const fileInTheWay = (target: string, path: string): Problem => ({
  code: 'foreign',
  path: join(target, path),
  message: 'would be generated, but there is a different file that is not in the manifest: botwatch did not write it.',
  fix: 'Move it away, then run again; `--force` does not overwrite it.',
})

const folderInTheWay = (target: string, path: string): Problem => ({
  code: 'in-the-way',
  path: join(target, path),
  message: 'would be generated as a file, but there is a folder that is not entirely generated.',
  fix: 'Move the folder away, then run again; `--force` does not delete it.',
})

const handEdited = (target: string, path: string, text: string): Problem => ({
  code: 'hand-edited',
  path: join(target, path),
  message: /^<{7} /m.test(text)
    ? 'contains merge markers (`<<<<<<<`): it differs from what botwatch wrote.'
    : 'was edited by hand: the edit would be lost.',
  fix: 'Make the change in the definitions, then run generate with `--force`, which overwrites this file.',
})
