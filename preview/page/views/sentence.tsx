import { Alert } from '@grafana/ui'

/** An error or warning shown on the page. */
export function Sentence({
  text,
  severity = 'error',
}: {
  readonly text: string
  readonly severity?: 'error' | 'warning'
}) {
  return (
    <div data-sentence={severity}>
      <Alert title={text} severity={severity} />
    </div>
  )
}
