import { instanceOf, scrapedTarget } from '../case.ts'

export const target = scrapedTarget('mcbot')
export const instance = instanceOf(target)
