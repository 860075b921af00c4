/**
 * mkswap (util-linux 2.39): writes the header of a swap area.
 * Leaves out: other page sizes, byte orders and versions, and the check for bad blocks.
 */
import { failed, strerror } from '../../protocol/errno.ts';
import { command, type Invocation } from '../coreutils/command.ts';
import { textToBytes } from '../text.ts';
import { shownSize } from './fallocate.ts';
import { randomUuid, uuidBytes } from './uuid.ts';

const PAGE = 4_096;
const SMALLEST_PAGES = 10;
const SIGNATURE = textToBytes('SWAPSPACE2');

/** The first page of an area: version, last page, UUID and label after 1 KiB, the signature at its end. */
function swapHeader(pages: number, uuid: string, label: string): Uint8Array {
  const header = new Uint8Array(PAGE);
  const view = new DataView(header.buffer);
  view.setUint32(1_024, 1, true);
  view.setUint32(1_028, pages - 1, true);
  header.set(uuidBytes(uuid) ?? [], 1_036);
  header.set(textToBytes(label).subarray(0, 15), 1_052);
  header.set(SIGNATURE, PAGE - SIGNATURE.length);
  return header;
}

export const mkswap = command(
  {
    name: 'mkswap',
    short: 'cfqp:L:v:U:e:o:V',
    long: {
      check: 'c',
      force: 'f',
      quiet: 'q',
      pagesize: 'p',
      label: 'L',
      swapversion: 'v',
      uuid: 'U',
      endianness: 'e',
      offset: 'o',
      version: 'V',
    },
    absent: [...'cpveo'],
    helpOption: '-h',
    usage: '[options] device [size]',
  },
  async (call) => {
    const { process, io, options, operands } = call;
    const [path] = operands;
    if (path === undefined) {
      await io.raw("mkswap: error: Nowhere to set up swap on?\nTry 'mkswap --help' for more information.\n");
      return 1;
    }
    const stat = process.stat(path);
    if (failed(stat)) return await refuse(call, `cannot open ${path}: ${strerror(stat)}`);
    const uuid = options.value('U') ?? randomUuid(process.random(16));
    if (uuidBytes(uuid) === undefined) return await refuse(call, 'error: parsing UUID failed');
    const pages = Math.floor(stat.size / PAGE);
    if (pages < SMALLEST_PAGES)
      return await refuse(call, `error: swap area needs to be at least ${String((SMALLEST_PAGES * PAGE) / 1_024)} KiB`);
    if ((stat.mode & 0o77) !== 0 && !options.has('q'))
      await io.warn(
        `${path}: insecure permissions ${octal(stat.mode)}, fix with: chmod ${octal(stat.mode & ~0o77)} ${path}`,
      );
    const label = options.value('L') ?? '';
    const written = await writeHeader(call, path, swapHeader(pages, uuid, label));
    if (written !== undefined) return written;
    if (!options.has('q')) {
      const size = (pages - 1) * PAGE;
      io.line(`Setting up swapspace version 1, size = ${shownSize(size)} (${String(size)} bytes)`);
      io.line(`${label === '' ? 'no label' : `LABEL=${label}`}, UUID=${uuid}`);
    }
    return await io.end(0);
  },
);

const octal = (mode: number): string => (mode & 0o777).toString(8).padStart(4, '0');

async function refuse({ io }: Invocation, text: string): Promise<1> {
  await io.warn(text);
  return 1;
}

/** Answers a status where it could not be written. */
async function writeHeader(call: Invocation, path: string, header: Uint8Array): Promise<number | undefined> {
  const { process, io } = call;
  const fd = process.open(path, { read: true, write: true });
  if (failed(fd)) return await refuse(call, `cannot open ${path}: ${strerror(fd)}`);
  const before = process.seek(fd, PAGE - SIGNATURE.length, 'set');
  const old = failed(before) ? before : await process.read(fd, SIGNATURE.length);
  const wiped = !failed(old) && old.join() === SIGNATURE.join();
  if (wiped && !call.options.has('q')) await io.warn(`${path}: warning: wiping old swap signature.`);
  const start = process.seek(fd, 0, 'set');
  const written = failed(start) ? start : await process.write(fd, header);
  process.close(fd);
  return failed(written)
    ? await refuse(call, `${path}: unable to write signature page: ${strerror(written)}`)
    : undefined;
}
