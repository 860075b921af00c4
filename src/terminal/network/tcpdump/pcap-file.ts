/** Capture files (pcap, version 2.4): written in the machine's order of bytes and in microseconds, read in either order. */
import type { Raw } from './wire.ts';

const MAGIC = 0xa1b2c3d4;
const ETHERNET = 1;
const HEADER_BYTES = 24;
const RECORD_BYTES = 16;

export function pcapHeader(snapshot: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(HEADER_BYTES));
  view.setUint32(0, MAGIC, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, 4, true);
  view.setUint32(16, snapshot, true);
  view.setUint32(20, ETHERNET, true);
  return new Uint8Array(view.buffer);
}

export function pcapRecord({ bytes, length, timeUs }: Raw, snapshot: number): Uint8Array {
  const kept = bytes.subarray(0, snapshot);
  const out = new Uint8Array(RECORD_BYTES + kept.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, Math.floor(timeUs / 1e6), true);
  view.setUint32(4, Math.floor(timeUs % 1e6), true);
  view.setUint32(8, kept.length, true);
  view.setUint32(12, length, true);
  out.set(kept, RECORD_BYTES);
  return out;
}

/** The packets of a file and how much of each it keeps; undefined where it is no such file. */
export function readPcap(
  bytes: Uint8Array,
): { readonly frames: readonly Raw[]; readonly snapshot: number; readonly linkType: number } | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const little = view.getUint32(0, true) === MAGIC;
  if (!little && view.getUint32(0) !== MAGIC) return undefined;
  const frames: Raw[] = [];
  for (let at = HEADER_BYTES; at + RECORD_BYTES <= bytes.length;) {
    const kept = view.getUint32(at + 8, little);
    frames.push({
      bytes: bytes.slice(at + RECORD_BYTES, at + RECORD_BYTES + kept),
      length: view.getUint32(at + 12, little),
      timeUs: view.getUint32(at, little) * 1e6 + view.getUint32(at + 4, little),
      device: '',
      direction: '',
    });
    at += RECORD_BYTES + kept;
  }
  return { frames, snapshot: view.getUint32(16, little), linkType: view.getUint32(20, little) };
}
