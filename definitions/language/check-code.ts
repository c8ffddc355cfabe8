/** The code of a check: it stands for one mistake for ever, and is never used again for another. */
export type CheckCode = `BW${number}`
