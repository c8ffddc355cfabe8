import { min, not } from '../../language/index.ts'
import { hostMetrics } from '../series.ts'

const realDisks = { fstype: not(/tmpfs|overlay|squashfs|ramfs|iso9660/), mountpoint: not(/[/]etc[/].+/) }

/** The share of each disk of the host that is free. */
export const freeDisk = min(
  hostMetrics.node_filesystem_avail_bytes.where(realDisks).div(hostMetrics.node_filesystem_size_bytes.where(realDisks)),
).by('mountpoint')
