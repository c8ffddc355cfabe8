import { chmod, copyFile, link, mkdir, open, rename, rmdir, unlink, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { errnoOf } from './problem.ts'
import { lstatOf } from './tree.ts'

/** One change to the disk that is about to be made. */
export type Operation = {
  readonly do:
    | 'mkdir'
    | 'create'
    | 'write'
    | 'sync'
    | 'link'
    | 'copy'
    | 'rename'
    | 'unlink'
    | 'rmdir'
    | 'chmod'
    | 'sync-folder'
  readonly path: string
}

/** Called before each change; a thrown error counts as the failure of that change. */
export type Before = (operation: Operation) => void

/** All operations with which the writer changes the disk; nothing else in this folder does. */
export type Disk = ReturnType<typeof createDisk>

export const createDisk = (before: Before = () => {}) => Object.freeze({ ...ofFiles(before), ...ofFolders(before) })

const ofFiles = (before: Before) => {
  const create = async (path: string, content: string, mode: number, durable: boolean): Promise<void> => {
    before({ do: 'create', path })
    const file = await open(path, 'wx', mode)
    try {
      before({ do: 'write', path })
      await file.writeFile(content)
      // Not left to the umask: other users' processes in containers read these files.
      await file.chmod(mode)
      if (durable) {
        before({ do: 'sync', path })
        await file.sync()
      }
    } finally {
      await file.close()
    }
  }

  const copy = async (from: string, to: string): Promise<void> => {
    before({ do: 'copy', path: to })
    const stats = lstatOf(from)
    await copyFile(from, to)
    if (stats !== undefined) await utimes(to, stats.atime, stats.mtime)
    const file = await open(to, 'r+')
    try {
      before({ do: 'sync', path: to })
      await file.sync()
    } finally {
      await file.close()
    }
  }

  return {
    create,
    /** Makes a hard link to a file; false if the file system has no hard links. */
    link: async (from: string, to: string): Promise<boolean> => {
      try {
        before({ do: 'link', path: to })
        await link(from, to)
        return true
      } catch (error) {
        if (noLinks.has(errnoOf(error) ?? '')) return false
        throw error
      }
    },
    /** Makes a hard link to a file, or a copy if the file system has no hard links. */
    keep: async (from: string, to: string): Promise<void> => {
      try {
        before({ do: 'link', path: to })
        await link(from, to)
      } catch (error) {
        if (!noLinks.has(errnoOf(error) ?? '')) throw error
        await copy(from, to)
      }
    },
    rename: async (from: string, to: string): Promise<void> => {
      before({ do: 'rename', path: to })
      await rename(from, to)
    },
    unlink: async (path: string): Promise<void> => {
      before({ do: 'unlink', path })
      await unlink(path)
    },
  }
}

const ofFolders = (before: Before) => ({
  /** Makes a folder that other users may read. */
  mkdir: async (path: string): Promise<void> => {
    before({ do: 'mkdir', path })
    await mkdir(path)
    before({ do: 'chmod', path })
    await chmod(path, 0o755)
  },
  /** Makes a folder and any missing parents. */
  mkdirs: async (path: string): Promise<void> => {
    before({ do: 'mkdir', path })
    await mkdir(path, { recursive: true })
  },
  /** Removes a folder if it exists and is empty. */
  rmdir: async (path: string): Promise<void> => {
    before({ do: 'rmdir', path })
    await rmdir(path).catch((error) => {
      if (!['ENOENT', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(errnoOf(error) ?? '')) throw error
    })
  },
  /** Makes what was created, renamed and removed in a folder survive a power failure; does nothing if folders cannot be synced. */
  syncFolder: async (...segments: readonly string[]): Promise<void> => {
    const path = join(...segments)
    before({ do: 'sync-folder', path })
    const folder = await open(path, 'r').catch((error) => {
      if (unsyncable.has(errnoOf(error) ?? '')) return undefined
      throw error
    })
    try {
      await folder?.sync()
    } catch (error) {
      if (!unsyncable.has(errnoOf(error) ?? '')) throw error
    } finally {
      await folder?.close()
    }
  },
})

const noLinks: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV', 'EACCES'])

const unsyncable: ReadonlySet<string> = new Set([
  'EPERM',
  'EINVAL',
  'ENOTSUP',
  'EOPNOTSUPP',
  'EISDIR',
  'EACCES',
  'EBADF',
])
