/** A sandbox as a file: what is stored of it, compressed. */
import { gunzipSync, gzipSync } from 'fflate';
import { topologyOf } from '../src/engine/assembly/topologies.ts';
import { crc32 } from '../src/formats/crc32.ts';
import { decodePlain, encodePlain } from '../src/engine/sim/plain-codec.ts';
import { decodeUtf8, encodeUtf8 } from '../src/protocol/bytes.ts';
import type { Plain } from '../src/protocol/plain.ts';
import type { StoredSandbox } from '../src/protocol/store.ts';

const FORMAT = 'drydock-sandbox-1';
const MAX_BYTES = 256 * 1024 * 1024;

export function writeSandboxFile(stored: StoredSandbox): Uint8Array {
  const { identity, snapshot, log, progress, aside } = stored;
  return gzipSync(
    encodeUtf8(encodePlain({ format: FORMAT, identity, snapshot, log, progress, aside } as unknown as Plain)),
    { mtime: 0 },
  );
}

/** The sandbox in a file, under this id, or why it is none. */
export function readSandboxFile(id: string, bytes: Uint8Array): StoredSandbox | { readonly message: string } {
  try {
    const value = decodePlain(decodeUtf8(unpack(bytes))) as unknown as Partial<StoredSandbox> & {
      readonly format?: string;
    };
    const { format, identity, snapshot, log, progress, aside } = value;
    if (format !== FORMAT || identity === undefined || !Array.isArray(log))
      return { message: 'it is not a Drydock sandbox' };
    if (topologyOf(identity.topology) === undefined)
      return { message: `its topology ${identity.topology} is unknown here` };
    const kept = { ...(snapshot === undefined ? {} : { snapshot }), ...(progress === undefined ? {} : { progress }) };
    return { id, identity, log, attempts: 0, aside: Array.isArray(aside) ? aside : [], ...kept };
  } catch {
    return { message: 'it is damaged, or not a Drydock file' };
  }
}

/** Throws for what is not the whole of a gzip file: fflate itself leaves the sum at the end unread. */
function unpack(bytes: Uint8Array): Uint8Array {
  const end = new DataView(bytes.buffer, bytes.byteOffset + bytes.byteLength - 8, 8);
  const size = end.getUint32(4, true);
  if (size > MAX_BYTES) throw new Error('too large');
  const content = gunzipSync(bytes, { out: new Uint8Array(size) });
  if (crc32(content) !== end.getUint32(0, true)) throw new Error('damaged');
  return content;
}
