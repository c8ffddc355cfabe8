import { instanceOf, targetOf } from '../case.ts'

export const target = targetOf('mcbot')
export const instance = instanceOf(target)
