import type { LabelSet } from './firing.ts'

/** Values of a series, one every `step` seconds; null at the first time that it has none, and undefined after that. */
export interface Samples {
  /** With `__name__`. */
  readonly labels: LabelSet
  readonly from: number
  readonly step: number
  readonly values: readonly (number | null | undefined)[]
}

/** Headers of a request with samples for the remote-write receiver of Prometheus. */
export const writeHeaders = Object.freeze({
  'content-type': 'application/x-protobuf',
  'content-encoding': 'snappy',
  'x-prometheus-remote-write-version': '0.1.0',
})

/** The body of such a request: the protobuf message WriteRequest, in a snappy block of one literal. */
export function writeRequest(series: readonly Samples[]): Buffer<ArrayBuffer> {
  const message = Buffer.concat(series.map((one) => field(1, timeSeries(one))))
  // the tag of a literal whose length, less one, is in the next four bytes
  const literal = Buffer.from([0xfc, 0, 0, 0, 0])
  literal.writeUInt32LE(message.length - 1, 1)
  return Buffer.concat([varint(message.length), literal, message])
}

function timeSeries({ labels, ...samples }: Samples): Buffer {
  const sorted = Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1))
  const pairs = sorted.map(([name, value]) => field(1, Buffer.concat([text(1, name), text(2, value)])))
  return Buffer.concat([...pairs, samplesIn(samples)])
}

/** The NaN by which Prometheus marks the end of a series: JavaScript cannot tell it from other NaNs. */
const stale = Buffer.from([0x02, 0, 0, 0, 0, 0, 0xf0, 0x7f])
const longestSample = 24

/** Written into one buffer: a week has millions of samples. */
function samplesIn({ from, step, values }: Omit<Samples, 'labels'>): Buffer {
  const bytes = Buffer.alloc(values.length * longestSample)
  let end = 0
  values.forEach((value, i) => {
    if (value === undefined) return
    const start = end
    bytes[end] = 0x12
    bytes[end + 2] = 0x09
    if (value === null) stale.copy(bytes, end + 3)
    else bytes.writeDoubleLE(value, end + 3)
    bytes[end + 11] = 0x10
    end += 12
    let left = (from + i * step) * 1000
    for (; left > 127; left = Math.floor(left / 128)) bytes[end++] = (left % 128) | 128
    bytes[end++] = left
    bytes[start + 1] = end - start - 2
  })
  return bytes.subarray(0, end)
}

const text = (number: number, value: string) => field(number, Buffer.from(value))

/** A field of a message that has a length. */
const field = (number: number, body: Buffer) =>
  Buffer.concat([Buffer.from([(number << 3) | 2]), varint(body.length), body])

function varint(value: number): Buffer {
  const bytes: number[] = []
  let left = value
  for (; left > 127; left = Math.floor(left / 128)) bytes.push((left % 128) | 128)
  return Buffer.from([...bytes, left])
}
