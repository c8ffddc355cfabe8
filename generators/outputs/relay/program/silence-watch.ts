import { type AlertmanagerView, lookAgain } from './alertmanager.ts'

/** Has Alertmanager look at every alert again when a silence has ended: what still fires would be sent only when its cooldown is over. */
export function silenceWatch(alertmanager: string): (view: AlertmanagerView) => void {
  let known: readonly string[] = []
  return ({ silences }) => {
    const hasEnded = known.some((id) => !silences.includes(id))
    known = silences
    if (hasEnded) void lookAgain(alertmanager)
  }
}
