// A bot with a busy main loop; run by heartbeat.test.ts.
import { createHeartbeat } from '../../../runtime/watchdog/index.ts'

const heartbeat = createHeartbeat()
const started = performance.now()
let turns = 0
while (performance.now() - started < 1200) {
  heartbeat.beat()
  turns += 1
}
process.send?.({ turns, milliseconds: performance.now() - started })
process.disconnect()
