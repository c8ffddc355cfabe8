import type { InputSeries, Proofs } from '../case.ts'
import { target } from './target.ts'

const history = (equity: string, drawdown: string, withdrawals = '0x90'): InputSeries => ({
  mcbot_equity_usdt: equity,
  mcbot_drawdown_pct: drawdown,
  mcbot_withdrawals_usdt_total: withdrawals,
})
const warning = { ...target, severity: 'warning' }
const says = (points: string) =>
  `the bot has lost its peak: by 30 days of history the drawdown is deeper by ${points} % of the peak, limit 5 %`

/** The drawdown of the bot, and that of the history of its equity. */
export const peakProofs: Proofs = {
  PeakLost: {
    every: '1m',
    evaluate: '1m',
    fires: {
      'a restart forgets a drawdown of 14 %, until it is won back': {
        given: history('1000x9 860x50 990x40', '0x9 14x9 0x80'),
        from: '25m',
        to: '1h4m',
        labels: warning,
        says: says('14'),
      },
      'a restart without its state, after which the withdrawals count from 0 again': {
        // the peak of 1000 is 850 after the withdrawal, and 722.5 is 15 % below it
        given: history('1000x9 850x9 722.5x30 840x40', '0x19 15x9 0x60', '0x9 150x19 0x60'),
        from: '35m',
        to: '54m',
        labels: warning,
        says: says('12.75'),
      },
    },
    silent: {
      'the bot says the same': history('1000x9 860x60', '0x9 14x60'),
      'it says less, but not by more than the limit': history('1000x9 950x60', '0x70'),
      'it says more: its peak is older than 30 days': history('1000x9 860x60', '30x9 39x60'),
      'for less than five minutes': history('1000x9 860x4 1000x60', '0x70'),
      'a third is withdrawn': history('1200x9 800x60', '0x70', '0x9 400x60'),
      'nearly everything is withdrawn': history('1000x9 10x60', '0x70', '0x9 990x60'),
      'a withdrawal while the bot is down': history('1000x9 _x9 800x60', '0x9 _x9 0x60', '0x9 _x9 200x60'),
      'a withdrawal before a restart': history('1000x9 800x60', '0x70', '0x9 200x20 0x40'),
      'half is withdrawn in a drawdown of 20 %, which the rest wins back': history(
        '1000x9 800x9 400x9 500x60',
        '0x9 20x19 0x60',
        '0x19 400x70',
      ),
      'a deposit': history('1000x9 3000x60', '0x70'),
      'the account was always empty': history('0x60', '0x60'),
      'the account owes more than it had': history('0x9 -50x60', '0x70'),
    },
    healthy: history('1000x9 990x60', '0x9 1x60'),
  },
}
