import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** Who may read: whoever sends this token as `Authorization: Bearer …`, or this user with this password. */
export type Auth = { readonly token: string } | { readonly user: string; readonly password: string }

interface Gate {
  /** Whether the request carries what is asked for, compared in constant time. */
  readonly isOpenTo: (request: IncomingMessage) => boolean
  /** The header that says what is asked for. */
  readonly challenge: string
}

/** A gate for all where nothing is asked for. */
export function gate(auth: Auth | undefined): Gate {
  if (auth === undefined) return { isOpenTo: () => true, challenge: '' }
  const [scheme, expected] =
    'token' in auth ? (['Bearer', printable('token', auth.token)] as const) : (['Basic', basic(auth)] as const)
  const digest = digestOf(expected)
  return {
    isOpenTo(request) {
      const [, given = '', sent = ''] = /^(\S+) +(.*?) *$/.exec(request.headers.authorization ?? '') ?? []
      // Digests have one length, whatever was sent: how much of it fits cannot be measured.
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
    throw new TypeError('auth: the user is empty or has a colon, expected a name such as prometheus')
  return Buffer.from(`${user}:${printable('password', password)}`).toString('base64')
}

/** Never with the secret in the message. */
function printable(what: string, secret: string): string {
  if (typeof secret !== 'string' || !/^[\x21-\x7e]+$/.test(secret))
    throw new TypeError(
      `auth: the ${what} is empty or holds white space or letters beyond ASCII: trim what was read from a file`,
    )
  return secret
}
