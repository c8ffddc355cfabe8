import type { Proofs } from '../case.ts'
import { target } from './target.ts'

const distance = (symbol: string) => `mcbot_liquidation_distance_pct{symbol="${symbol}"}`
const liquidation = (limit: number, severity: 'critical' | 'warning', from: string): Proofs[string] => ({
  fires: {
    'one of two positions is closer than the limit': {
      given: { [distance('SOLUSDT')]: `60x7 ${limit - 0.01}x31 60x19`, [distance('BTCUSDT')]: '60x60' },
      from,
      to: '13m',
      labels: { ...target, symbol: 'SOLUSDT', severity },
      says: `SOLUSDT is liquidated if its price moves by another ${limit - 0.01} % against it, limit ${limit} %`,
    },
    'nothing is left': {
      given: { [distance('SOLUSDT')]: '60x7 0x31 60x19' },
      from,
      to: '13m',
      labels: { ...target, symbol: 'SOLUSDT', severity },
      says: `SOLUSDT is liquidated if its price moves by another 0 % against it, limit ${limit} %`,
    },
    'the position is closed': {
      given: { [distance('SOLUSDT')]: `60x7 ${limit - 1}x31 stale` },
      from,
      // three minutes after its last sample
      to: '13m',
      labels: { ...target, symbol: 'SOLUSDT', severity },
      says: `SOLUSDT is liquidated if its price moves by another ${limit - 1} % against it, limit ${limit} %`,
    },
  },
  silent: {
    'at the limit': { [distance('SOLUSDT')]: `60x7 ${limit}x60` },
    'not for long enough': { [distance('SOLUSDT')]: `60x7 1x${severity === 'critical' ? 1 : 3} 60x40` },
  },
  healthy: { [distance('SOLUSDT')]: '100x60' },
})

const margin = (maintenance: string, balance: string) => ({
  mcbot_maintenance_margin_usdt: maintenance,
  mcbot_margin_balance_usdt: balance,
})
const marginRatio = (limit: number, severity: 'critical' | 'warning', from: string): Proofs[string] => ({
  fires: {
    'more is required than the limit': {
      given: margin(`100x7 ${limit * 10 + 1}x31 100x19`, '1000x60'),
      from,
      to: '13m',
      labels: { ...target, severity },
      says: `the margin ratio is ${limit}.1 %, limit ${limit} %; at 100 %, or if it is negative, the exchange liquidates all cross positions`,
    },
    'less than nothing is left': {
      given: margin('100x60', '1000x7 -50x31 1000x19'),
      from,
      to: '13m',
      labels: { ...target, severity },
      says: `the margin ratio is -200 %, limit ${limit} %; at 100 %, or if it is negative, the exchange liquidates all cross positions`,
    },
  },
  silent: {
    'at the limit': margin(`100x7 ${limit * 10}x60`, '1000x60'),
    'not for long enough': margin(`100x7 990x${severity === 'critical' ? 1 : 3} 100x40`, '1000x60'),
    'exactly nothing is left, which LiquidationImminent reports': margin('100x60', '1000x7 0x31 1000x19'),
    'no position and no money': margin('0x60', '0x60'),
  },
  healthy: margin('10x60', '1000x60'),
})

/** How close the exchange is to closing positions itself. */
export const liquidationProofs: Proofs = {
  LiquidationImminent: liquidation(5, 'critical', '2m30s'),
  LiquidationCritical: liquidation(10, 'critical', '2m30s'),
  LiquidationNear: liquidation(20, 'warning', '3m'),
  MarginRatioCritical: marginRatio(80, 'critical', '2m30s'),
  MarginRatioHigh: marginRatio(50, 'warning', '3m'),
}
