import { readFile } from 'node:fs/promises'
import { file } from '../../command-line/kinds.ts'
import { option } from '../../command-line/parameter.ts'

/** The options of a command that reads from a protected endpoint. */
export const secretOptions = {
  tokenFile: option(file, 'file with a bearer token for a protected endpoint; or set BOTWATCH_TOKEN'),
  loginFile: option(file, 'file with user:password for a protected endpoint; or set BOTWATCH_LOGIN'),
}

type Wrong = { readonly wrong: string }

/** Where a secret comes from; never the command line, which every process on the machine can read. */
interface Secrets {
  /** A file that holds a bearer token. */
  readonly tokenFile?: string | undefined
  /** A file that holds `user:password`. */
  readonly loginFile?: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
}

/** The Authorization header, null if nothing was given, or what is wrong with what was given. */
export async function authorizationFrom({ tokenFile, loginFile, env }: Secrets): Promise<string | null | Wrong> {
  if (tokenFile !== undefined && loginFile !== undefined)
    return { wrong: '--token-file and --login-file cannot be used together' }
  if (tokenFile !== undefined) return read(tokenFile, tokenOf)
  if (loginFile !== undefined) return read(loginFile, loginOf)
  const [token, login] = [env['BOTWATCH_TOKEN'] ?? '', env['BOTWATCH_LOGIN'] ?? '']
  if (token !== '' && login !== '')
    return { wrong: 'BOTWATCH_TOKEN and BOTWATCH_LOGIN are both set: unset one of them' }
  if (token !== '') return tokenOf(token, 'BOTWATCH_TOKEN')
  return login === '' ? null : loginOf(login, 'BOTWATCH_LOGIN')
}

type Made = (secret: string, from: string) => string | Wrong

async function read(file: string, made: Made): Promise<string | Wrong> {
  try {
    return made((await readFile(file, 'utf8')).replace(/\r?\n$/, ''), file)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return { wrong: `${file}: ${code === 'ENOENT' ? 'no such file, expected one that holds the secret' : message}` }
  }
}

const tokenOf: Made = (token, from) =>
  /^[\x21-\x7e]+$/.test(token)
    ? `Bearer ${token}`
    : { wrong: `${from}: not a valid token, expected one line without spaces` }

const loginOf: Made = (login, from) =>
  /^[^:\r\n]+:[^\r\n]+$/.test(login)
    ? `Basic ${Buffer.from(login).toString('base64')}`
    : { wrong: `${from}: not a valid login, expected one line such as user:password` }
