import { botwatch } from './botwatch.ts'
import { handMade } from './hand-made.ts'
import { openTelemetry } from './opentelemetry.ts'
import { promClient, prometheusIo } from './prom-client.ts'

/** The libraries measured; the others are compared with the second. */
export const peers = Object.freeze([botwatch, promClient, prometheusIo, openTelemetry, handMade])
