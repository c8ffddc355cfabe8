import { readdirSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Files } from '../model/model.ts'
import type { Plan } from '../write/plan.ts'
import type { Problem } from '../write/problem.ts'
import { write } from '../write/write.ts'

/** Restores the previous content of folders that were written, because another bot's could not be; returns what could not be restored. */
export async function putBack(
  written: readonly { readonly plan: Plan; readonly files: Files }[],
): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  for (const { plan, files } of written) {
    const before = new Map([
      ...plan.unchanged.map((path) => [path, files.get(path) ?? ''] as const),
      ...[...plan.changed, ...plan.removed].map((change) => [change.path, change.old ?? ''] as const),
    ])
    const undone = await write(plan.target, before, { force: true })
    problems.push(...undone.problems)
    // The writer leaves an empty manifest where there was nothing before.
    if (plan.manifest?.old === null && before.size === 0 && undone.problems.length === 0) {
      rmSync(join(plan.target, 'manifest.json'), { force: true })
      if (readdirSync(plan.target).length === 0) rmdirSync(plan.target)
    }
  }
  return problems
}
