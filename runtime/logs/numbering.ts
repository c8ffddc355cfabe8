import { randomBytes } from 'node:crypto'

/**
 * Creates a function that ends each JSON line with the id of this run and the number of the line in it. It is called
 * only for lines that are written, so a missing number is a lost line, and a repeated one was delivered twice.
 */
export function createNumbering(): (line: string) => string {
  const run = randomBytes(4).toString('hex')
  let seq = 0
  return (line) => {
    seq += 1
    return `${line.slice(0, line.lastIndexOf('}'))},"run":"${run}","seq":${seq}}\n`
  }
}
