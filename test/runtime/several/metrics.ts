import { catalogue, counter } from '../../../runtime/metrics.ts'

/** Its value tells which process or thread answered. */
export const twinMetrics = catalogue('tb', { orders_total: counter({ help: 'Orders.' }) })
