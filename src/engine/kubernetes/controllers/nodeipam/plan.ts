/** Pod address ranges of nodes (kubernetes pkg/controller/nodeipam/ipam/cidrset). */
import { pow } from '../../../sim/math.ts';

/** `10.244.3.0/24`: the `index`th block of `mask` bits in an IPv4 range; undefined past its end. */
export function blockOf(range: string, mask: number, index: number): string | undefined {
  const [address = '', bits = ''] = range.split('/');
  const prefix = Number(bits);
  if (index >= pow(2, mask - prefix)) return undefined;
  const start = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) + index * pow(2, 32 - mask);
  return `${[24, 16, 8, 0].map((shift) => String(Math.floor(start / pow(2, shift)) % 256)).join('.')}/${String(mask)}`;
}

/** The lowest block from `from` on that is not taken. */
export function planBlock(
  range: string,
  mask: number,
  taken: ReadonlySet<string>,
  from = 0,
): { readonly block: string; readonly index: number } | undefined {
  for (let index = from; ; index += 1) {
    const block = blockOf(range, mask, index);
    if (block === undefined) return undefined;
    if (!taken.has(block)) return { block, index };
  }
}
