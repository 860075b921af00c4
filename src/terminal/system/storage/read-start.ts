import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';

/** The first bytes of a file or a device, at most so many; undefined where it cannot be read. */
export async function readStart(process: Process, path: string, bytes: number): Promise<Uint8Array | undefined> {
  const fd = process.open(path, { read: true });
  if (failed(fd)) return undefined;
  const start = await process.read(fd, bytes);
  process.close(fd);
  return failed(start) ? undefined : start;
}
