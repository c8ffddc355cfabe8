/** The code of a check, which identifies one kind of mistake and is never reused for another. */
export type CheckCode = `BW${number}`
