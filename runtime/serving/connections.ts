import type { Server } from 'node:http'
import type { Socket } from 'node:net'

interface Connection {
  readonly socket: Socket
  readonly from: string
  /** Requests that are not answered yet. */
  running: number
  answered: boolean
}

/**
 * Keeps at most `most` connections open. A further one is always accepted; it displaces one of the address that has most of
 * them: the oldest that never sent a whole request, or else the one that has been idle longest, or else the oldest.
 */
export function limitConnections(server: Server, most: number): void {
  // In the order in which they became idle, or were opened.
  const open = new Map<Socket, Connection>()
  server.on('connection', (socket: Socket) => {
    if (open.size >= most) {
      const least = leastOf(busiest([...open.values()]))
      if (least !== undefined) open.delete(least.socket)
      least?.socket.destroy()
    }
    open.set(socket, { socket, from: socket.remoteAddress ?? '', running: 0, answered: false })
    socket.once('close', () => open.delete(socket))
  })
  server.on('request', ({ socket }, response) => {
    const connection = open.get(socket)
    if (connection === undefined) return
    connection.running++
    response.once('close', () => {
      connection.running--
      connection.answered = true
      if (!open.delete(socket)) return
      open.set(socket, connection)
    })
  })
}

/** The connections of the address that has most of them, so that one client cannot displace those of another. */
function busiest(connections: readonly Connection[]): readonly Connection[] {
  const by = new Map<string, Connection[]>()
  for (const connection of connections) {
    const same = by.get(connection.from)
    if (same === undefined) by.set(connection.from, [connection])
    else same.push(connection)
  }
  return [...by.values()].reduce((a, b) => (b.length > a.length ? b : a))
}

const leastOf = (connections: readonly Connection[]): Connection | undefined =>
  connections.find(({ running, answered }) => running === 0 && !answered) ??
  connections.find(({ running }) => running === 0) ??
  connections[0]
