import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** The credentials a reader must send: this token as `Authorization: Bearer …`, or this user and password. */
export type Auth = { readonly token: string } | { readonly user: string; readonly password: string }

interface Gate {
  /** Whether the request carries the right credentials, compared in constant time. */
  readonly isOpenTo: (request: IncomingMessage) => boolean
  /** Value of the WWW-Authenticate header. */
  readonly challenge: string
}

/** Checks requests against the credentials; without credentials every request passes. */
export function gate(auth: Auth | undefined): Gate {
  if (auth === undefined) return { isOpenTo: () => true, challenge: '' }
  const [scheme, expected] =
    'token' in auth ? (['Bearer', printable('token', auth.token)] as const) : (['Basic', basic(auth)] as const)
  const digest = digestOf(expected)
  return {
    isOpenTo(request) {
      const [, given = '', sent = ''] = /^(\S+) +(.*?) *$/.exec(request.headers.authorization ?? '') ?? []
      // Digests all have the same length, so that timing does not reveal how much of the input was right.
      const fits = timingSafeEqual(digestOf(sent), digest)
      return fits && given.toLowerCase() === scheme.toLowerCase()
    },
    challenge: `${scheme} realm="metrics"${scheme === 'Basic' ? ', charset="UTF-8"' : ''}`,
  }
}

export function refuse(response: ServerResponse, { challenge }: Gate): void {
  const text = 'not authorized\n'
  response.writeHead(401, {
    'WWW-Authenticate': challenge,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': text.length,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  })
  response.end(text)
}

const digestOf = (text: string) => createHash('sha256').update(text).digest()

function basic({ user, password }: { readonly user: string; readonly password: string }): string {
  if (typeof user !== 'string' || user === '' || user.includes(':'))
    throw new TypeError('auth: the user is empty or contains a colon, expected a name such as prometheus')
  return Buffer.from(`${user}:${printable('password', password)}`).toString('base64')
}

/** The error never contains the secret. */
function printable(what: string, secret: string): string {
  if (typeof secret !== 'string' || !/^[\x21-\x7e]+$/.test(secret))
    throw new TypeError(
      `auth: the ${what} is empty or contains white space or non-ASCII characters: trim what was read from a file`,
    )
  return secret
}
