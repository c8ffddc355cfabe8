import { decompress, unpackTar } from './archive.ts'

/** Unpacks the wanted files of a Debian package below a folder; its scripts are never run. */
export async function unpackDeb(deb: Buffer, folder: string, wanted: (path: string) => boolean): Promise<void> {
  const data = readAr(deb).find((member) => member.name.startsWith('data.tar'))
  if (!data) throw new Error('not a Debian package: it has no data.tar')
  await unpackTar(decompress(data.name, data.bytes), folder, wanted)
}

/** The members of an `ar` archive, which is the outer layer of a Debian package. */
export function readAr(bytes: Buffer): readonly Readonly<{ name: string; bytes: Buffer }>[] {
  const magic = '!<arch>\n'
  if (bytes.toString('latin1', 0, magic.length) !== magic)
    throw new Error('not an ar archive: its first line is missing')
  const members: { name: string; bytes: Buffer }[] = []
  for (let at = magic.length; at < bytes.length; ) {
    const header = bytes.toString('latin1', at, at + 60)
    const size = Number(header.slice(48, 58))
    if (header.length < 60 || !header.endsWith('`\n') || !Number.isInteger(size)) {
      throw new Error(`a broken ar archive: no member begins at byte ${at}`)
    }
    const start = at + 60
    if (start + size > bytes.length) throw new Error(`a broken ar archive: it ends inside the member at byte ${at}`)
    members.push({ name: header.slice(0, 16).trim().replace(/\/$/, ''), bytes: bytes.subarray(start, start + size) })
    at = start + size + (size % 2)
  }
  return members
}
