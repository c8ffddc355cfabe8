import { botwatch } from './botwatch.ts'
import { handMade } from './hand-made.ts'
import { openTelemetry } from './opentelemetry.ts'
import { promClient, prometheusIo } from './prom-client.ts'

/** Who is measured; the second is what the others are compared with. */
export const peers = Object.freeze([botwatch, promClient, prometheusIo, openTelemetry, handMade])
