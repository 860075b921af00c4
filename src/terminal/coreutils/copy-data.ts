/** How cp copies a file with holes: SEEK_DATA and SEEK_HOLE of lseek(2). */
import { failed, type Result } from '../../protocol/errno.ts';
import type { Fd, FileStat, Process } from '../../protocol/program.ts';

/** Bytes read at once. */
const PIECE_BYTES = 262_144;

/** Copies what is not hole, and leaves holes where they are. */
export async function copyData(
  process: Process,
  source: string,
  destination: string,
  stat: FileStat,
): Promise<Result<void>> {
  const done = await copyOpened(process, source, destination, stat, copyExtents);
  return failed(done) ? done : process.truncate(destination, stat.size);
}

/** Copies what a pipe or a device gives, to its end. */
export const copyStream = async (
  process: Process,
  source: string,
  destination: string,
  stat: FileStat,
): Promise<Result<void>> => await copyOpened(process, source, destination, stat, copyUpTo);

async function copyOpened(
  process: Process,
  source: string,
  destination: string,
  stat: FileStat,
  copy: (process: Process, from: Fd, to: Fd) => Promise<Result<void>>,
): Promise<Result<void>> {
  const from = process.open(source, { read: true });
  if (failed(from)) return from;
  const to = process.open(destination, { write: true, create: true, truncate: true }, stat.mode);
  const done = failed(to) ? to : await copy(process, from, to);
  process.close(from);
  if (!failed(to)) process.close(to);
  return done;
}

async function copyExtents(process: Process, from: Fd, to: Fd): Promise<Result<void>> {
  for (let at = 0; ;) {
    const begin = process.seek(from, at, 'data');
    // ENXIO: no more data.
    if (failed(begin)) return begin.errno === 'ENXIO' ? undefined : begin;
    const end = process.seek(from, begin, 'hole');
    if (failed(end)) return end;
    process.seek(from, begin, 'set');
    process.seek(to, begin, 'set');
    const copied = await copyUpTo(process, from, to, end - begin);
    if (failed(copied)) return copied;
    at = end;
  }
}

async function copyUpTo(process: Process, from: Fd, to: Fd, count = Infinity): Promise<Result<void>> {
  for (let done = 0; done < count;) {
    const bytes = await process.read(from, Math.min(PIECE_BYTES, count - done));
    if (failed(bytes)) return bytes;
    if (bytes.length === 0) return undefined;
    const written = await process.write(to, bytes);
    if (failed(written)) return written;
    done += bytes.length;
  }
}
