// A bot whose main loop goes round once in each millisecond of a clock of its own, for two seconds; run by heartbeat.test.ts.
import { createHeartbeat } from '../../../runtime/watchdog/index.ts'

let now = 0
performance.now = () => now
const heartbeat = createHeartbeat()
for (; now < 2000; now++) heartbeat.beat()
process.send?.({ turns: now })
process.disconnect()
