/**
 * The first page of a swap area, as mkswap writes it and the kernel reads it.
 * Source: union swap_header of include/linux/swap.h.
 */
import { decodeUtf8, encodeUtf8 } from '../protocol/bytes.ts';

export const SWAP_PAGE_BYTES = 4096;
const SIGNATURE = 'SWAPSPACE2';
const SIGNATURE_AT = SWAP_PAGE_BYTES - SIGNATURE.length;
/** After a boot sector's room: version, last page, number of bad pages; then UUID and label. */
const INFO_AT = 1024;
const UUID_AT = INFO_AT + 12;
const LABEL_AT = UUID_AT + 16;
const LABEL_BYTES = 16;

export interface SwapHeader {
  /** Number of the last page; the first, number 0, is this header. */
  readonly lastPage: number;
  /** As 8-4-4-4-12 hexadecimal digits. */
  readonly uuid: string;
  /** At most 16 bytes; empty for none. */
  readonly label: string;
}

export function encodeSwapHeader({ lastPage, uuid, label }: SwapHeader): Uint8Array {
  const page = new Uint8Array(SWAP_PAGE_BYTES);
  const view = new DataView(page.buffer);
  view.setUint32(INFO_AT, 1, true);
  view.setUint32(INFO_AT + 4, lastPage, true);
  const digits = uuid.replaceAll('-', '');
  for (let at = 0; at < 16; at += 1) page[UUID_AT + at] = parseInt(digits.slice(2 * at, 2 * at + 2), 16);
  page.set(encodeUtf8(label).subarray(0, LABEL_BYTES), LABEL_AT);
  page.set(encodeUtf8(SIGNATURE), SIGNATURE_AT);
  return page;
}

/** Undefined where the page is none. */
export function decodeSwapHeader(page: Uint8Array): SwapHeader | undefined {
  if (page.length < SWAP_PAGE_BYTES || decodeUtf8(page.subarray(SIGNATURE_AT, SWAP_PAGE_BYTES)) !== SIGNATURE)
    return undefined;
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
  const digits = [...page.subarray(UUID_AT, LABEL_AT)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const label = page.subarray(LABEL_AT, LABEL_AT + LABEL_BYTES);
  const end = label.indexOf(0);
  return {
    lastPage: view.getUint32(INFO_AT + 4, true),
    uuid: digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    label: decodeUtf8(end < 0 ? label : label.subarray(0, end)),
  };
}
