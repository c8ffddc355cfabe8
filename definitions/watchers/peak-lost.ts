import { check, decide, look } from '../language/index.ts'

type Panel = Parameters<typeof look>[0]

interface KeptPeak {
  /** What it is the peak of, such as the equity. */
  readonly of: string
  /** The file in the state folder of the bot. */
  readonly file: string
  readonly drawdown: Panel
  readonly curve: Panel
}

/** How a wrong peak in the state folder is repaired. */
export const repairPeak = (file: string) =>
  decide(
    `To repair it, stop the bot, restore ${file} in its state folder from a backup, or write the true peak into it and since when it had been kept: {"peak":12345.6,"since":"2026-11-01T00:00:00Z"}. Then start the bot again.`,
  )

/** What every alert on a lost peak has in common; since when the peak has been kept is compared with 30 days of its history. */
export const peakLost = ({ of, file, drawdown, curve }: KeptPeak) =>
  ({
    severity: 'warning',
    remindEvery: '1d',
    resolved: 'the bot has its old peak back, or has kept the new one for 30 days',
    runbook: {
      cause: `The bot has started without its state, as with an empty folder or volume: it measures its drawdown by a peak that began with what the ${of} was then. Alerts on the drawdown come too late, or never.`,
      steps: [
        look(drawdown, 'how deep was it before it fell to zero in one step?'),
        look(curve, 'how far is it below its highest value?'),
        check(
          `${file} in the state folder of the bot`,
          'does it exist, is its folder mounted, and can the bot write to it?',
        ),
        repairPeak(file),
        decide(
          `If you wanted a new peak, keep the file instead: with "peak":0 and its old "since", the peak begins at the ${of}, and nothing is reported as lost.`,
        ),
      ],
    },
  }) as const
