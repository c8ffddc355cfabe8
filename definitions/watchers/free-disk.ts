import { node } from '../exporters/node.ts'
import { min, not, series } from '../language/index.ts'

const { node_filesystem_avail_bytes: available, node_filesystem_size_bytes: size } = series(node)
const realDisks = { fstype: not(/tmpfs|overlay|squashfs|ramfs|iso9660/), mountpoint: not(/[/]etc[/].+/) }

/** The share of each disk of the host that is free. */
export const freeDisk = min(available.where(realDisks).div(size.where(realDisks))).by('mountpoint')
