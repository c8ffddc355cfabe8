/** With its first letter in upper case. */
export const capitalized = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
