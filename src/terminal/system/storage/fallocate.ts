/**
 * fallocate (util-linux 2.39): room for a part of a file, or holes in it.
 * Leaves out: collapsing, inserting and zeroing ranges and finding zeros (-d).
 */
import { failed, strerror, type Result } from '../../../protocol/errno.ts';
import type { Fd } from '../../../protocol/program.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { command } from '../../coreutils/command.ts';
import { iecSize, sizeOf } from './iec-size.ts';

export const fallocate = command(
  {
    name: 'fallocate',
    calls: 'short',
    short: 'cdil:no:pvxzh',
    long: {
      'collapse-range': 'c',
      'dig-holes': 'd',
      'insert-range': 'i',
      length: 'l',
      'keep-size': 'n',
      offset: 'o',
      'punch-hole': 'p',
      verbose: 'v',
      posix: 'x',
      'zero-range': 'z',
    },
    absent: ['c', 'd', 'i', 'z'],
    helpOption: '-h',
    usage: '[options] <filename>',
  },
  async (call) => {
    const part = partOf(call);
    if (typeof part === 'string') {
      await call.io.warn(part);
      return 1;
    }
    const { process, io, options } = call;
    const punchHole = options.has('p');
    const { path, offset, length } = part;
    const fd = process.open(path, { read: true, write: true, create: !punchHole }, 0o666);
    if (failed(fd)) {
      await io.warn(`cannot open ${path}: ${strerror(fd)}`);
      return 1;
    }
    const done = allocate(call, fd, offset, length);
    process.close(fd);
    if (failed(done)) {
      await io.warn(`fallocate failed: ${strerror(done)}`);
      return 1;
    }
    if (options.has('v'))
      io.line(`${path}: ${iecSize(length)} (${String(length)} bytes) ${punchHole ? 'hole created' : 'allocated'}.`);
    return await io.end(0);
  },
);

function allocate({ process, options }: Invocation, fd: Fd, offset: number, length: number): Result<void> {
  return process.allocate(fd, offset, length, { keepSize: options.has('n'), punchHole: options.has('p') });
}

/** What is meant, or what is wrong with it. */
function partOf({
  options,
  operands,
}: Invocation): { readonly path: string; readonly offset: number; readonly length: number } | string {
  const [path] = operands;
  const length = options.value('l');
  if (path === undefined) return 'no filename specified';
  if (operands.length > 1) return 'unexpected number of arguments';
  if (length === undefined) return 'no length argument specified';
  const bytes = sizeOf(length);
  if (bytes === undefined || bytes <= 0) return 'invalid length value specified';
  const offset = sizeOf(options.value('o') ?? '0');
  return offset === undefined || offset < 0 ? 'invalid offset value specified' : { path, offset, length: bytes };
}
