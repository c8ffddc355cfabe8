/** The kinds of problems with a target, by which the command line and the tests distinguish them. */
type ProblemCode =
  | 'illegal-path'
  | 'reserved-path'
  | 'colliding-paths'
  | 'hand-edited'
  | 'foreign'
  | 'in-the-way'
  | 'link'
  | 'not-a-folder'
  | 'broken-manifest'
  | 'newer-manifest'
  | 'unfinished'
  | 'broken-journal'
  | 'busy'
  | 'cannot-read'
  | 'cannot-write'

/** One reason why nothing was written: where, what, why, and what to do. */
export type Problem = {
  readonly code: ProblemCode
  /** As the user would type it: the target as given, with the file's path below it. */
  readonly path: string
  readonly message: string
  readonly fix: string
}

/** The errno of a failed file operation, such as `ENOENT`; undefined for any other error. */
export const errnoOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

/** A failed file operation as a problem; any other error is rethrown, since it is a bug. */
export const fileProblem = (code: 'cannot-read' | 'cannot-write', path: string, error: unknown): Problem => {
  const errno = errnoOf(error)
  if (errno === undefined || !/^E[A-Z0-9]+$/.test(errno)) throw error
  const [reason, fix] = reasons[errno] ?? [`the system reported ${errno}`, 'Find the cause, then run again.']
  const verb = code === 'cannot-read' ? 'be read' : 'be written'
  return { code, path, message: `cannot ${verb}: ${reason}.`, fix }
}

const reasons: Readonly<Record<string, readonly [reason: string, fix: string]>> = {
  ENOSPC: ['the disk is full (ENOSPC)', 'Free some space, then run again.'],
  EDQUOT: ['the disk quota is exceeded (EDQUOT)', 'Free some space, then run again.'],
  EACCES: ['permission denied (EACCES)', 'Get write access to it (`ls -ld` shows the owner), then run again.'],
  EPERM: ['the operation is not permitted (EPERM)', 'Check the owner and attributes of the path, then run again.'],
  EROFS: ['the file system is read-only (EROFS)', 'Mount it writable or choose another folder with `--out`.'],
  EXDEV: [
    'the folder and its parent are on different file systems (EXDEV)',
    'Choose a folder with `--out` whose parent is on the same file system; only then can a file be replaced in one step.',
  ],
  ENOTDIR: ['there is a file where a folder is needed (ENOTDIR)', 'Move that file away, then run again.'],
  EEXIST: ['it already exists (EEXIST)', 'Move it away, then run again.'],
  EISDIR: ['there is a folder where a file is needed (EISDIR)', 'Move that folder away, then run again.'],
  ENOTEMPTY: ['the folder is not empty (ENOTEMPTY)', 'Move its contents away, then run again.'],
  ELOOP: ['its symbolic links form a loop (ELOOP)', 'Remove the links, then run again.'],
  ENAMETOOLONG: ['the name is too long (ENAMETOOLONG)', 'Shorten the name in the definitions or the path of `--out`.'],
  EMFILE: ['too many files are open (EMFILE)', 'Raise `ulimit -n`, then run again.'],
  EIO: ['the disk reports an error (EIO)', 'Check the disk, then run again.'],
}
