/** How the content of a file gets into another one: whole, as it comes, or with holes by SEEK_DATA and SEEK_HOLE of lseek(2). */
import { EMPTY_BYTES } from '../../../protocol/bytes.ts';
import { failed, type Result } from '../../../protocol/errno.ts';
import type { Fd, FileStat, Process } from '../../../protocol/program.ts';

/** Holes of the copy: where the source has them, wherever it reads as zeros, or none. */
export type Sparse = 'auto' | 'always' | 'never';

/** Bytes read at once. */
const PIECE_BYTES = 262_144;
/** The block of a file system, below which no hole is worth while. */
const HOLE_BYTES = 4_096;

/** Copies a file's content, or what a pipe or a device gives to its end. The copy gets the mode that `stat` says. */
export async function copyContent(
  process: Process,
  source: string,
  destination: string,
  stat: FileStat,
  sparse: Sparse = 'auto',
): Promise<Result<void>> {
  const isFile = stat.type === 'file';
  const hasHoles = isFile && stat.blocks * 512 < stat.size;
  if (isFile && sparse !== 'always' && !hasHoles) {
    const bytes = process.readFile(source);
    return failed(bytes) ? bytes : process.writeFile(destination, bytes, { mode: stat.mode });
  }
  const copy = sparse === 'always' ? copyWithoutZeros : hasHoles && sparse === 'auto' ? copyExtents : copyUpTo;
  const length = await copyOpened(process, source, destination, stat, copy);
  return failed(length) ? length : process.truncate(destination, hasHoles ? stat.size : length);
}

/** Answers the copy's length, not counting a hole at its end. */
type Copy = (process: Process, from: Fd, to: Fd) => Promise<Result<number>>;

async function copyOpened(
  process: Process,
  source: string,
  destination: string,
  stat: FileStat,
  copy: Copy,
): Promise<Result<number>> {
  const from = process.open(source, { read: true });
  if (failed(from)) return from;
  const to = openCopy(process, destination, stat.mode);
  const done = failed(to) ? to : await copy(process, from, to);
  process.close(from);
  if (!failed(to)) process.close(to);
  return done;
}

/** What is there is opened as it is, and made only where nothing is: a sticky directory tells these apart. */
function openCopy(process: Process, destination: string, mode: number): Result<Fd> {
  const there = process.open(destination, { write: true, truncate: true });
  if (!failed(there) || there.errno !== 'ENOENT') return there;
  return process.open(destination, { write: true, create: true, truncate: true }, mode);
}

async function copyExtents(process: Process, from: Fd, to: Fd): Promise<Result<number>> {
  for (let at = 0; ;) {
    const begin = process.seek(from, at, 'data');
    // ENXIO: no more data.
    if (failed(begin)) return begin.errno === 'ENXIO' ? at : begin;
    const end = process.seek(from, begin, 'hole');
    if (failed(end)) return end;
    process.seek(from, begin, 'set');
    process.seek(to, begin, 'set');
    const copied = await copyUpTo(process, from, to, end - begin);
    if (failed(copied)) return copied;
    at = end;
  }
}

async function copyUpTo(process: Process, from: Fd, to: Fd, count = Infinity): Promise<Result<number>> {
  for (let done = 0; ;) {
    const bytes = done < count ? await process.read(from, Math.min(PIECE_BYTES, count - done)) : EMPTY_BYTES;
    if (failed(bytes)) return bytes;
    if (bytes.length === 0) return done;
    const written = await process.write(to, bytes);
    if (failed(written)) return written;
    done += bytes.length;
  }
}

/** Blocks that hold nothing but zeros become holes. */
async function copyWithoutZeros(process: Process, from: Fd, to: Fd): Promise<Result<number>> {
  for (let done = 0; ;) {
    const bytes = await process.read(from, PIECE_BYTES);
    if (failed(bytes)) return bytes;
    if (bytes.length === 0) return done;
    for (const [begin, end] of dataRuns(bytes)) {
      process.seek(to, done + begin, 'set');
      const written = await process.write(to, bytes.subarray(begin, end));
      if (failed(written)) return written;
    }
    done += bytes.length;
  }
}

/** The runs of blocks that are not all zeros. */
function* dataRuns(bytes: Uint8Array): Generator<readonly [begin: number, end: number]> {
  let begin: number | undefined;
  for (let at = 0; at < bytes.length; at += HOLE_BYTES) {
    const isHole = bytes.subarray(at, at + HOLE_BYTES).every((byte) => byte === 0);
    if (!isHole) begin ??= at;
    else if (begin !== undefined) {
      yield [begin, at];
      begin = undefined;
    }
  }
  if (begin !== undefined) yield [begin, bytes.length];
}
