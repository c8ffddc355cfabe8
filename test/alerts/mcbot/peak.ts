import type { InputSeries, Proofs } from '../case.ts'
import { peakLostProof } from '../peak-lost.ts'
import { target } from './target.ts'

const history = (equity: string, drawdown: string, withdrawals = '0x90'): InputSeries => ({
  mcbot_equity_usdt: equity,
  mcbot_drawdown_pct: drawdown,
  mcbot_withdrawals_usdt_total: withdrawals,
})
const warning = { ...target, severity: 'warning' }
const understated = (points: string) =>
  `the equity is further below its highest value of 30 days than the drawdown says: by ${points} % of that value, limit 5 %`

/** Since when the bot has kept its peak; and its drawdown, compared with that of the history of its equity. */
export const peakProofs: Proofs = {
  PeakLost: peakLostProof('mcbot_peak_since_timestamp', warning),
  DrawdownUnderstated: {
    every: '1m',
    evaluate: '1m',
    fires: {
      'the peak in the state file is too low, until the drawdown is won back': {
        given: history('1000x9 860x50 990x40', '0x9 14x9 0x80'),
        from: '25m',
        to: '1h4m',
        labels: warning,
        says: understated('14'),
      },
    },
    silent: {
      'the bot says the same': history('1000x9 860x60', '0x9 14x60'),
      'it says less, but not by more than the limit': history('1000x9 950x60', '0x70'),
      'it says more: its peak is older than 30 days': history('1000x9 860x60', '30x9 39x60'),
      'for less than five minutes': history('1000x9 860x4 1000x60', '0x70'),
      'a large withdrawal': history('1000x9 10x60', '0x70', '0x9 990x60'),
      'a withdrawal while the bot is down': history('1000x9 _x9 800x60', '0x9 _x9 0x60', '0x9 _x9 200x60'),
      'a second one while it is down, as large as all before': history(
        '1000x9 900x9 _x9 750x60',
        '0x19 _x9 0x60',
        '0x9 100x9 _x9 150x60',
      ),
      'another one while it is down, of the same amount as all before': history(
        '1000x9 _x9 800x60',
        '0x9 _x9 0x60',
        '200x9 _x9 200x60',
      ),
      'a withdrawal before a restart': history('1000x9 800x60', '0x70', '0x9 200x20 0x40'),
      'half is withdrawn in a drawdown of 20 %, which the rest wins back': history(
        '1000x9 800x9 400x9 500x60',
        '0x9 20x19 0x60',
        '0x19 400x70',
      ),
      'a withdrawal that is deposited again': history('1000x9 500x9 1000x60', '0x79', '0x9 500x70'),
      'a deposit': history('1000x9 3000x60', '0x70'),
      'the account was always empty': history('0x60', '0x60'),
      'the account owes more than it had': history('0x9 -50x60', '0x70'),
    },
    healthy: history('1000x9 990x60', '0x9 1x60'),
  },
}
