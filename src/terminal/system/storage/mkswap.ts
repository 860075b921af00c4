/**
 * mkswap (util-linux 2.39): writes the header of a swap area.
 * Leaves out: bad blocks (-c), other page sizes and byte orders, files and offsets within them, old versions, UUIDs by time.
 */
import { helpHint } from '../../coreutils/help-hint.ts';
import { encodeSwapHeader, decodeSwapHeader, SWAP_PAGE_BYTES } from '../../../formats/swap-header.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { FileStat } from '../../../protocol/program.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { command } from '../../coreutils/command.ts';
import { iecSize } from './iec-size.ts';
import { readStart } from './read-start.ts';
import { randomUuid } from '../uuid.ts';

const CLEAR_UUID = '00000000-0000-0000-0000-000000000000';
/** A header page and at least nine more. */
const FEWEST_PAGES = 10;

export const mkswap = command(
  {
    name: 'mkswap',
    calls: 'short',
    short: 'cfp:qL:v:U:e:o:s:F',
    long: {
      check: 'c',
      force: 'f',
      pagesize: 'p',
      quiet: 'q',
      label: 'L',
      swapversion: 'v',
      uuid: 'U',
      endianness: 'e',
      offset: 'o',
      size: 's',
      file: 'F',
      verbose: 'verbose',
      lock: 'lock::',
    },
    absent: ['c', 'p', 'e', 'o', 's', 'F', 'lock'],
    helpOption: '-h',
    usage: '[options] device [size]',
  },
  async (call) => {
    const { process, io, options, operands } = call;
    const [path, size] = operands;
    const refusal = refusalOf(call);
    if (refusal !== undefined || path === undefined) {
      await io.warn(refusal ?? 'error: Nowhere to set up swap on?');
      if (path === undefined) await io.raw(`${helpHint(io)}\n`);
      return 1;
    }
    const fd = process.open(path, { read: true, write: true });
    const stat = failed(fd) ? fd : process.fstat(fd);
    if (failed(fd) || failed(stat)) {
      await io.warn(`cannot open ${path}: ${strerror(failed(fd) ? fd : 'EIO')}`);
      return 1;
    }
    const pages = Math.floor((size === undefined ? stat.size : Number(size) * 1024) / SWAP_PAGE_BYTES);
    if (pages < FEWEST_PAGES) {
      await io.warn('error: swap area needs to be at least 40 KiB');
      return 1;
    }
    if (pages * SWAP_PAGE_BYTES > stat.size) {
      const [asked, there] = [pages * (SWAP_PAGE_BYTES / 1024), Math.floor(stat.size / 1024)];
      await io.warn(`error: size ${String(asked)} KiB is larger than device size ${String(there)} KiB`);
      return 1;
    }
    if (!options.has('q')) await remark(call, path, stat);
    const label = options.value('L') ?? '';
    const given = options.value('U')?.toLowerCase();
    const fresh = given === undefined || given === 'random';
    const uuid = fresh ? randomUuid(process.random(16)) : given === 'clear' ? CLEAR_UUID : given;
    const written = await process.write(fd, encodeSwapHeader({ lastPage: pages - 1, uuid, label }));
    if (failed(written)) {
      await io.warn(`${path}: unable to write signature page: ${strerror(written)}`);
      return 1;
    }
    const bytes = (pages - 1) * SWAP_PAGE_BYTES;
    if (!options.has('q')) {
      io.line(`Setting up swapspace version 1, size = ${iecSize(bytes)} (${String(bytes)} bytes)`);
      io.line(`${label === '' ? 'no label, ' : `LABEL=${label}, `}UUID=${uuid}`);
    }
    return await io.end(0);
  },
);

/** What is wrong before the area is looked at. */
function refusalOf({ options, operands }: Invocation): string | undefined {
  const version = options.value('v');
  if (version !== undefined && !/^\d+$/.test(version)) return `parsing version number failed: '${version}'`;
  if (version !== undefined && version !== '1') return `swapspace version ${version} is not supported`;
  const size = operands[1];
  if (size !== undefined && !/^\d+$/.test(size)) return `invalid block count argument: '${size}'`;
  const uuid = options.value('U');
  return uuid === undefined ||
    /^(?:random|clear)$/i.test(uuid) ||
    /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(uuid)
    ? undefined
    : 'error: parsing UUID failed';
}

async function remark({ process, io }: Invocation, path: string, stat: FileStat): Promise<void> {
  const mode = stat.mode & 0o7777;
  const allowed = stat.type === 'block' ? 0o660 : 0o600;
  if (stat.type === 'file' && (mode & ~allowed) !== 0)
    await io.warn(
      `${path}: insecure permissions ${mode.toString(8).padStart(4, '0')}, fix with: chmod ${allowed.toString(8).padStart(4, '0')} ${path}`,
    );
  if (stat.type === 'file' && stat.uid !== 0)
    await io.warn(`${path}: insecure file owner ${String(stat.uid)}, fix with: chown 0:0 ${path}`);
  if (stat.type === 'file' && stat.blocks * 512 < stat.size)
    await io.raw(
      `\nmkswap: ${path} contains holes or other unsupported extents.\n        This swap file can be rejected by kernel on swap activation!\n        Use --verbose for more details.\n\n`,
    );
  const first = await readStart(process, path, SWAP_PAGE_BYTES);
  if (first !== undefined && decodeSwapHeader(first) !== undefined)
    await io.warn(`${path}: warning: wiping old swap signature.`);
}
