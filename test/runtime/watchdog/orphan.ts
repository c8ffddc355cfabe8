// A bot that sends heartbeats and shuts down cleanly if its watchdog is gone; run by command.test.ts.
import { createHeartbeat } from '../../../runtime/watchdog/index.ts'

const heartbeat = createHeartbeat({
  orphaned: () => {
    console.log('orphaned')
    process.exit(0)
  },
})
setInterval(heartbeat.beat, 20)
console.log(`alive ${process.pid}`)
