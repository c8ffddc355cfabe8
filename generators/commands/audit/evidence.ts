import { open } from 'node:fs/promises'
import type { Evidence } from '../../audit/evidence.ts'
import { fromContract } from '../../audit/from-contract.ts'
import { fromExposition } from '../../audit/from-exposition.ts'
import { readSource, shownTarget } from '../verify/source.ts'
import { isPrometheus, type PrometheusQuestion, readPrometheus } from './prometheus.ts'

type Wrong = { readonly wrong: string }

/** The evidence at a URL or in a file: an exposition, a contract.json, or a Prometheus server. */
export async function evidenceOf(target: string, asked: PrometheusQuestion): Promise<Evidence | Wrong> {
  const shown = shownTarget(target)
  if (/^https?:\/\//i.test(target)) {
    if (await isPrometheus(target, asked)) return readPrometheus(target, shown, asked)
  } else if (await isJson(target)) {
    const { contractIn } = await import('../verify/contract.ts')
    const contract = await contractIn(target)
    return 'wrong' in contract ? contract : fromContract(contract, shown)
  }
  const exposition = await readSource(target, { authorization: asked.authorization ?? null })
  return 'wrong' in exposition ? exposition : fromExposition(exposition, shown)
}

/** Whether a file begins like JSON; one that cannot be read is reported later. */
async function isJson(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'r')
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(64), 0, 64, 0)
      return /^\s*[{[]/.test(buffer.toString('utf8', 0, bytesRead))
    } finally {
      await file.close()
    }
  } catch {
    return false
  }
}
