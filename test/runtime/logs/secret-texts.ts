const key = 'k3y"with\\quotes'

/** What the bot says is secret. */
export const knownSecrets: readonly string[] = [key, 'p@ssword']

/** Kept separate, because no file of the repository may look like it contains a private key. */
const privateKey = 'PRIVATE KEY'

/** Texts with secrets, and what is left of them: a name, the text, what is written. */
export const secretTexts: readonly (readonly [name: string, text: string, expected: string])[] = [
  ['a given secret, escaped as in JSON', `asked with ${key} twice: ${key}`, 'asked with [redacted] twice: [redacted]'],
  ['a given secret, in a URL', 'GET /x?k=p%40ssword', 'GET /x?k=[redacted]'],
  [
    'the query string of an exchange',
    'GET /order?symbol=X&signature=abcdef0123&apiKey=zzz9',
    'GET /order?symbol=X&signature=[redacted]&apiKey=[redacted]',
  ],
  ['a header', 'Authorization: Bearer abc.def-ghi', 'Authorization: Bearer [redacted]'],
  ['a bearer token without its header', 'asked with Bearer abc.def-ghi', 'asked with Bearer [redacted]'],
  [
    'a private key',
    `-----BEGIN EC ${privateKey}-----\nMHcCAQ\nEE=\n-----END EC ${privateKey}----- was read`,
    '[redacted] was read',
  ],
  ['a truncated private key', `key: -----BEGIN ${privateKey}-----\nMHcCAQ`, 'key: [redacted]'],
  [
    'a truncated private key in quotes',
    `key "-----BEGIN ${privateKey}-----\nMHcCAQ" is wrong`,
    'key "[redacted]" is wrong',
  ],
  ['a password in a URL', 'redis://me:hunter2@localhost:6379', 'redis://me:[redacted]@localhost:6379'],
  [
    'the token of a Telegram bot',
    `https://api.telegram.org/bot${'1'.repeat(9)}:${'a'.repeat(35)}/sendMessage`,
    'https://api.telegram.org/bot[redacted]/sendMessage',
  ],
  ['a Discord webhook', 'https://discord.com/api/webhooks/123/abc-DEF', 'https://discord.com/api/webhooks/[redacted]'],
  ['JSON inside a line', 'body {"api_key":"abc","symbol":"X"}', 'body {"api_key":"[redacted]","symbol":"X"}'],
  ['basic credentials', 'asked with Basic dXNlcjpwYXNz', 'asked with Basic [redacted]'],
  [
    'every name of a secret',
    'API-KEY=a1, client_secret: b2, passwd=c3, passphrase=d4, private-key=e5, authorization=f6, refreshToken=g7',
    'API-KEY=[redacted], client_secret: [redacted], passwd=[redacted], passphrase=[redacted], private-key=[redacted], authorization=[redacted], refreshToken=[redacted]',
  ],
  ['a long token', `token=${'ab12'.repeat(5)}`, 'token=[redacted]'],
  [
    'a coin called a token (which is not a secret)',
    'token=SOL, token: 0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48',
    'token=SOL, token: 0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48',
  ],
  [
    'a password after letters of another script and before a space that is not ASCII',
    '비밀password=abc\u00a0다음, ſecret=x',
    '비밀password=[redacted]\u00a0다음, ſecret=x',
  ],
  [
    'ordinary words (which are not secrets)',
    'token bucket is empty, the secret of order 12 is patience',
    'token bucket is empty, the secret of order 12 is patience',
  ],
]
