// What the record of a test file contains; inside.mjs writes it.

/**
 * The results in order, the running test (the last that started and has not ended), and what keeps the process alive once
 * none runs. If the process was killed, the last line may be incomplete.
 */
export function readRecord(text) {
  const events = text.split('\n').flatMap((line) => (line.endsWith('}') ? [JSON.parse(line)] : []))
  const of = (type) => events.filter((event) => event.type === type)
  const running = []
  for (const event of events) {
    if (event.type === 'begins') running.push(event)
    const at = event.type === 'ends' ? running.findLastIndex(({ name }) => name === event.name) : -1
    if (at >= 0) running.splice(at, 1)
  }
  const began = new Set(of('begins').map(({ path }) => path))
  return {
    results: events.filter(({ type }) => ['passed', 'failed', 'skipped'].includes(type)),
    says: of('says').map(({ text: said }) => said),
    running: running.at(-1)?.path ?? null,
    began: began.size > 0,
    waiting: of('known').filter(({ name, nesting }) => nesting === 0 && !began.has(name)).length,
    finished: of('finished').length > 0,
    open: of('open').at(-1)?.what ?? [],
  }
}

const names = {
  TCPServerWrap: 'a listening server',
  PipeServerWrap: 'a server listening on a pipe',
  TCPSocketWrap: 'a connection',
  ProcessWrap: 'a child process',
  PipeWrap: 'a pipe to a process',
  Timeout: 'a timer',
  FSEventWrap: 'a file watcher',
  Worker: 'a worker',
  MessagePort: 'a message port',
  UDPWrap: 'a UDP socket',
}

/** What keeps a process alive, in words, such as 'a listening server, 2 x a timer'. */
export function openWords(open) {
  const words = open.map((name) => names[name] ?? name)
  return [...new Set(words)]
    .map((word) => {
      const times = words.filter((other) => other === word).length
      return times === 1 ? word : `${times} x ${word}`
    })
    .join(', ')
}
