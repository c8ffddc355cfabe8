/** What happens to the bot in operation, and how often its owner may be notified. */
export const scenarios = Object.freeze({})
