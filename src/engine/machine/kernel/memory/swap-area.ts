/** What swapon(2) finds in a file or a partition. Source: setup_swap_extents and read_swap_header of mm/swapfile.c. */
import { decodeSwapHeader, SWAP_PAGE_BYTES } from '../../../../formats/swap-header.ts';
import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import type { Vnode } from '../../files/vnode.ts';

/** The bytes that can be swapped to. EINVAL, told to `log`, for what is no swap area. */
export function swapAreaBytes(node: Vnode, log: (message: string) => void): Result<number> {
  const stat = node.stat();
  if (stat.type !== 'file' && stat.type !== 'block') return fail('EINVAL');
  const page = node.read(0, SWAP_PAGE_BYTES);
  if (failed(page)) return page;
  const header = decodeSwapHeader(page);
  if (header === undefined) {
    log('Unable to find swap-space signature');
    return fail('EINVAL');
  }
  const sizeBytes = header.lastPage * SWAP_PAGE_BYTES;
  if (stat.type === 'file' && stat.size < sizeBytes + SWAP_PAGE_BYTES) {
    log('Swap area shorter than signature indicates');
    return fail('EINVAL');
  }
  if (stat.type === 'file' && stat.blocks * 512 < stat.size) {
    log('swapon: swapfile has holes');
    return fail('EINVAL');
  }
  return sizeBytes;
}
