import { Alert } from '@grafana/ui'

interface SentenceProps {
  readonly text: string
  readonly severity?: 'error' | 'warning'
  /** Whether a screen reader interrupts for it. */
  readonly announced?: boolean
}

/** An error or warning shown on the page. */
export function Sentence({ text, severity = 'error', announced = true }: SentenceProps) {
  return (
    <div data-sentence={severity}>
      <Alert title={text} severity={severity} role={announced ? 'alert' : 'note'} />
    </div>
  )
}
