/** A value escaped so that RE2 matches it literally. */
export const verbatim = (value: string): string => value.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')
