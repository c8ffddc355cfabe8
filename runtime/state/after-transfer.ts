/** A reference value, such as a peak, as it would be if what was transferred had always been there, or never. */
export function afterTransfer(reference: number, value: number, amount: number): number {
  if (amount === 0) return reference
  const before = value - amount
  // an account that was empty starts again
  return before > 0 ? (reference * value) / before : value
}
