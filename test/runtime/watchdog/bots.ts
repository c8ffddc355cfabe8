/** One-line bots, as commands for the watchdog. */
const bot = (code: string): readonly [string, ...string[]] => [process.execPath, '-e', code]
const beats = "setInterval(() => process.send({ botwatch: 'beat' }), 20)"

export const crashingBot = bot("process.send({ botwatch: 'beat' }); setTimeout(() => process.exit(4), 50)")
export const silentBot = bot('setInterval(() => {}, 1000)')
/** Sends a heartbeat once it ignores SIGTERM. */
export const stubbornBot = bot(
  "process.on('SIGTERM', () => console.log('no')); process.send({ botwatch: 'beat' }); setInterval(() => {}, 1000)",
)
export const livelyBot = bot(beats)
/** Sends its watchdog messages that are not heartbeats. */
export const chattingBot = bot("setInterval(() => process.send({ botwatch: 'beet' }), 20)")
export const endingBot = bot("console.log('done'); console.error('and well')")
export const botCrashingAfter = (ms: number) => bot(`${beats}; setTimeout(() => process.exit(1), ${ms})`)
/** Writes this many bytes, and exits with code 0 only once all of them were accepted. */
export const talkativeBot = (bytes: number) =>
  bot(`for (let i = 0; i < ${bytes / 1000}; i++) require('fs').writeSync(1, 'x'.repeat(999) + '\\n')`)
/** Starts a process that outlives it, and prints its pid. */
export const parentProgram = bot(
  "const p = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' }); console.log(p.pid); setTimeout(() => process.exit(5), 200)",
)
export const pythonBot: readonly [string, ...string[]] = [
  'python3',
  '-c',
  `import os, time
while True:
    os.write(int(os.environ['NODE_CHANNEL_FD']), b'{"botwatch":"beat"}\\n')
    time.sleep(0.02)`,
]
