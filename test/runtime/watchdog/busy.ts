// A bot whose main loop runs once per millisecond of a fake clock, for two seconds; run by heartbeat.test.ts.
import { createHeartbeat } from '../../../runtime/watchdog/index.ts'

let now = 0
performance.now = () => now
const heartbeat = createHeartbeat()
for (; now < 2000; now++) heartbeat.beat()
process.send?.({ turns: now })
process.disconnect()
