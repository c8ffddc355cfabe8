import { type Holes, labelHoles, plainText, type Text, type ValueHole, valueHole } from './text.ts'

/** A text of an alert as it is written: words, or a function of the labels and the value. */
export type Summary = string | ((labels: Holes<string>, value: ValueHole<string>) => Text)

/** The text with its placeholders, and the labels that it uses but the alert does not have. */
export function alertText(
  name: string,
  option: 'summary' | 'resolved',
  given: Summary,
  labels: readonly string[],
): { readonly text: Text; readonly unknown: readonly string[] } {
  if (typeof given === 'string') return { text: plainText(given), unknown: [] }
  const unknown = new Set<string>()
  try {
    const made: unknown = given(
      labelHoles(labels, (label) => unknown.add(label)),
      valueHole() as ValueHole<string>,
    )
    if (typeof made !== 'object' || made === null || !('text' in made))
      throw new TypeError(`its ${option} does not return text\`…\`: write it as a text\`…\` template`)
    return { text: made as Text, unknown: [...unknown] }
  } catch (cause) {
    throw new Error(`alert ${name}: ${(cause as Error).message}`, { cause })
  }
}
