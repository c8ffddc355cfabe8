import { bytes, counter, external, gauge, open, seconds } from '../language/metrics.ts'

const filesystem = {
  device: open({ max: 50 }),
  device_error: open({ max: 5 }),
  fstype: open({ max: 20 }),
  mountpoint: open({ max: 50 }),
}

/** The machine, as node exporter sees it, as far as rules and panels use it. */
export const node = external({
  node_cpu_seconds_total: counter({
    help: 'Seconds that each processor spent in each mode.',
    unit: seconds,
    labels: { cpu: open({ max: 256 }), mode: open({ max: 10 }) },
  }),
  node_memory_MemAvailable_bytes: gauge({ help: 'Memory that programs can still have.', unit: bytes }),
  node_memory_MemTotal_bytes: gauge({ help: 'Memory of the machine.', unit: bytes }),
  node_filesystem_avail_bytes: gauge({ help: 'Room that is left to ordinary users.', unit: bytes, labels: filesystem }),
  node_filesystem_size_bytes: gauge({ help: 'Size of the file system.', unit: bytes, labels: filesystem }),
})
