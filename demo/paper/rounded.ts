/** The nearest number with this many decimals. */
export const roundedTo = (value: number, decimals: number): number => Number(value.toFixed(decimals))
