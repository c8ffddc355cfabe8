export type { EventFigures } from './figures.ts'
export { createEventQueue, type EventQueue, type EventQueueOptions } from './queue.ts'
export { type EmitterUpdates, type End, type EventUpdates, recordEvents } from './record-events.ts'
