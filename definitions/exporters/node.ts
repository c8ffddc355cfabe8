import { bytes, counter, external, gauge, open, seconds } from '../language/metrics.ts'

const filesystem = {
  device: open({ max: 50 }),
  device_error: open({ max: 5 }),
  fstype: open({ max: 20 }),
  mountpoint: open({ max: 50 }),
}

/** The node exporter metrics of the host that rules and panels use. */
export const node = external({
  node_cpu_seconds_total: counter({
    help: 'Seconds that each CPU spent in each mode.',
    unit: seconds,
    labels: { cpu: open({ max: 256 }), mode: open({ max: 10 }) },
  }),
  node_memory_MemAvailable_bytes: gauge({ help: 'Memory available to programs.', unit: bytes }),
  node_memory_MemTotal_bytes: gauge({ help: 'Total memory of the host.', unit: bytes }),
  node_filesystem_avail_bytes: gauge({
    help: 'Filesystem space available to non-root users.',
    unit: bytes,
    labels: filesystem,
  }),
  node_filesystem_size_bytes: gauge({ help: 'Filesystem size.', unit: bytes, labels: filesystem }),
})
