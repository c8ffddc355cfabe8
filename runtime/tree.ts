/** Values by a path of strings of fixed length; paths are never joined into one key, so two paths cannot collide. */
export interface PathTree<T> {
  readonly get: (path: readonly string[]) => T | undefined
  readonly set: (path: readonly string[], leaf: T) => void
  readonly delete: (path: readonly string[]) => void
  readonly root: () => Branch<T> | T | undefined
  readonly clear: () => void
}

export type Branch<T> = Map<unknown, Branch<T> | T>

export function createTree<T>(): PathTree<T> {
  let root: Branch<T> | T | undefined
  return {
    root: () => root,
    clear() {
      root = undefined
    },
    get(path) {
      let node: Branch<T> | T | undefined = root
      for (const text of path) {
        if (node === undefined) return undefined
        node = (node as Branch<T>).get(text)
      }
      return node as T | undefined
    },
    set(path, leaf) {
      if (path.length === 0) {
        root = leaf
        return
      }
      root ??= new Map()
      let node = root as Branch<T>
      for (const text of path.slice(0, -1)) {
        const next = (node.get(text) ?? new Map()) as Branch<T>
        node.set(text, next)
        node = next
      }
      node.set(path.at(-1), leaf)
    },
    delete(path) {
      const branches: Branch<T>[] = []
      let node: Branch<T> | T | undefined = root
      for (const text of path) {
        if (node === undefined) return
        branches.push(node as Branch<T>)
        node = (node as Branch<T>).get(text)
      }
      for (let i = path.length - 1; i >= 0; i--) {
        branches[i]?.delete(path[i])
        if ((branches[i]?.size ?? 0) > 0) return
      }
    },
  }
}
