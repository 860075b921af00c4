/**
 * mke2fs (e2fsprogs 1.47) as mkfs.ext4, and mkfs (util-linux 2.39) before it: an ext4 file system with the features of Ubuntu's
 * mke2fs.conf, written on a loop device or into a file.
 * Leaves out: ext2 and ext3, other features (-O, -E, -T), contents from a directory (-d), checks for bad blocks.
 */
import { helpHint } from '../../coreutils/help-hint.ts';
import {
  groupStart,
  hasSuperblock,
  inodeCount,
  planGeometry,
  type Ext4Geometry,
} from '../../../formats/ext4/geometry.ts';
import { formatExt4 } from '../../../formats/ext4/new-volume.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Fd, Process } from '../../../protocol/program.ts';
import { command, parseSize, type Invocation } from '../../coreutils/command.ts';
import { notSimulated, plainProgram } from '../plain-program.ts';
import { randomUuid, uuidBytes } from '../uuid.ts';
import { superblockOf } from './ext4-superblock.ts';
import { wakeBlockLayer } from './loop-table.ts';
import { mountedRows } from './mount.ts';

const VERSION = 'mke2fs 1.47.0 (5-Feb-2023)\n';
/** Tables of groups are kept in memory while they are made. */
const LARGEST_BYTES = 64 * 2 ** 30;
const USAGE = `Usage: mke2fs [-c|-l filename] [-b block-size] [-C cluster-size]
	[-i bytes-per-inode] [-I inode-size] [-J journal-options]
	[-G flex-group-size] [-N number-of-inodes] [-d root-directory]
	[-m reserved-blocks-percentage] [-o creator-os]
	[-g blocks-per-group] [-L volume-label] [-M last-mounted-directory]
	[-O feature[,...]] [-r fs-revision] [-E extended-option[,...]]
	[-t fs-type] [-T usage-type ] [-U UUID] [-e errors_behavior][-z undo_file]
	[-jnqvDFSV] device [blocks-count]
`;

const make = (name: string, type: string): ReturnType<typeof command> =>
  command(
    {
      name,
      short: 'b:cg:i:jl:m:no:qr:t:vC:d:DE:FG:I:J:KL:M:N:O:R:ST:U:Ve:z:',
      absent: [...'cgljorvCdDEGIJKMORSTez'],
      usageStatus: 1,
    },
    async (call) => {
      const { io, options, operands } = call;
      if (options.has('V')) {
        await io.raw(`${VERSION}\tUsing EXT2FS Library version 1.47.0\n`);
        return 0;
      }
      const [path, size] = operands;
      if (path === undefined) {
        await io.raw(USAGE);
        return 1;
      }
      const wanted = options.value('t') ?? type;
      if (wanted !== 'ext4') return await notSimulated(io, `${name}${wanted === '' ? '' : ` -t ${wanted}`}`);
      const bad = badNumber(call);
      if (bad !== undefined) {
        await io.warn(bad);
        return 1;
      }
      if (!options.has('q')) await io.raw(VERSION);
      const device = await openDevice(call, path, size);
      return typeof device === 'number' ? device : await format(call, path, device);
    },
  );

export const mkfsExt4 = make('mkfs.ext4', 'ext4');
export const mke2fs = make('mke2fs', '');

function badNumber({ options }: Invocation): string | undefined {
  const block = options.value('b');
  if (block !== undefined && !['1024', '2048', '4096'].includes(block)) return `invalid block size - ${block}`;
  const percent = options.value('m');
  if (percent !== undefined && !(Number(percent) >= 0 && Number(percent) <= 50))
    return `invalid reserved blocks percent - ${percent}`;
  const ratio = options.value('i');
  if (ratio !== undefined && !(Number(ratio) >= 1024 && Number(ratio) <= 67_108_864))
    return `invalid inode ratio ${ratio} (min 1024/max 67108864)`;
  return undefined;
}

interface Target {
  readonly fd: Fd;
  readonly bytes: number;
  /** The file was made just now. */
  readonly isNew: boolean;
}

/** Opens what is to be written on; a status after a complaint. */
async function openDevice({ io, process, options }: Invocation, path: string, size?: string): Promise<Target | number> {
  const asked = size === undefined ? undefined : blocksOf(size, Number(options.value('b') ?? 1024));
  if (size !== undefined && asked === undefined) {
    await io.warn(`invalid blocks '${size}' on device '${path}'`);
    return 1;
  }
  await wakeBlockLayer(process);
  const stat = process.stat(path);
  if (failed(stat) && (stat.errno !== 'ENOENT' || asked === undefined)) {
    await io.raw(
      stat.errno === 'ENOENT'
        ? `The file ${path} does not exist and no size was specified.\n`
        : `Could not stat ${path} --- ${strerror(stat)}\n`,
    );
    return 1;
  }
  if (!failed(stat) && stat.type === 'block' && !/^\/dev\/loop\d+$/.test(path))
    return await refuseDisk(io, process, path);
  const mounted = mountedRows(process).some(([source]) => source === path);
  if (mounted) {
    await io.raw(`${path} is mounted; will not make a filesystem here!\n`);
    return 1;
  }
  if (failed(stat) && !options.has('q')) await io.raw(`Creating regular file ${path}\n`);
  const fd = process.open(path, { read: true, write: true, create: failed(stat) }, 0o644);
  if (failed(fd)) {
    await io.warn(`${strerror(fd)} while trying to determine filesystem size`);
    return 1;
  }
  const end = process.seek(fd, 0, 'end');
  const there = failed(end) ? 0 : end;
  const bytes = asked ?? there;
  if (bytes === 0) {
    await io.warn(
      "Device size reported to be zero.  Invalid partition specified, or\n\tpartition table wasn't reread after running fdisk, due to\n\ta modified partition being busy and in use.  You may need to reboot\n\tto re-read your partition table.\n",
    );
    return 1;
  }
  if (bytes > LARGEST_BYTES) return await notSimulated(io, 'mke2fs on more than 64 GiB');
  if (bytes > there) process.truncate(path, bytes);
  return { fd, bytes, isNew: failed(stat) };
}

const blocksOf = (text: string, blockBytes: number): number | undefined =>
  /^\d+$/.test(text)
    ? Number(text) * blockBytes
    : /^\d+[kmgtKMGT]$/.test(text)
      ? parseSize(text.toUpperCase())
      : undefined;

async function refuseDisk(io: Invocation['io'], process: Process, path: string): Promise<number> {
  const isMounted = mountedRows(process).some(([source]) => source === path);
  if (!isMounted) return await notSimulated(io, `mke2fs ${path}`);
  await io.raw(`${path} is mounted; will not make a filesystem here!\n`);
  return 1;
}

async function format(call: Invocation, path: string, { fd, bytes, isNew }: Target): Promise<number> {
  const { io, options, process } = call;
  const number = (letter: string): number | undefined => {
    const value = options.value(letter);
    return value === undefined ? undefined : Number(value);
  };
  const geometry = planGeometry(bytes, {
    blockBytes: number('b'),
    bytesPerInode: number('i'),
    inodes: number('N'),
    reservedPercent: number('m'),
  });
  if (geometry === undefined) {
    await io.raw(`${path}: Not enough space to build proposed filesystem while setting up superblock\n`);
    return 1;
  }
  const known = await superblockOf(process, path);
  if (known !== undefined && process.isatty(0) && process.isatty(1) && !options.has('F')) {
    const label = known.label === '' ? '' : ` labelled '${known.label}'`;
    await io.raw(`${path} contains a ext4 file system${label}\nProceed anyway? (y,N) `);
    const answer = await process.read(0, 64);
    if (failed(answer) || !/^\s*y/i.test(String.fromCharCode(...answer))) return 1;
  }
  const given = options.value('U');
  const uuid = given === undefined || given === 'random' ? randomUuid(process.random(16)) : given.toLowerCase();
  const uuidIs = uuidBytes(given === 'clear' ? '00000000-0000-0000-0000-000000000000' : uuid);
  if (uuidIs === undefined) {
    await io.raw(`${path}: could not parse UUID: ${given ?? ''}\n\n`);
    return 1;
  }
  const label = options.value('L') ?? '';
  if (label.length > 16) await io.raw(`Warning: label too long; will be truncated to '${label.slice(0, 16)}'\n\n`);
  if (!options.has('q')) await tell(call, geometry, uuid, isNew);
  if (options.has('n')) return await io.end(0);
  const done = await write(process, fd, geometry, { uuid: uuidIs, label: label.slice(0, 16) });
  if (done !== undefined) {
    await io.warn(`${done} while writing out and closing file system`);
    return 1;
  }
  return await io.end(0);
}

/** What it says meanwhile; a terminal shows counts that are wiped out again. */
async function tell({ io, options }: Invocation, geometry: Ext4Geometry, uuid: string, isNew: boolean): Promise<void> {
  const { blocks, blockBytes, groups, journalBlocks } = geometry;
  const wiped = (most: number): string => {
    const width = String(most).length;
    const shown = `${'0'.padStart(width)}/${String(most)}`;
    const [back, blank] = ['\b'.repeat(shown.length), ' '.repeat(shown.length)];
    return `${shown}${back}${blank}${back}`;
  };
  if (journalBlocks === 0) await io.raw('\nFilesystem too small for a journal\n');
  if (!isNew && !options.has('n'))
    io.out(`Discarding device blocks: ${wiped(blocks)}done                            \n`);
  io.line(
    `Creating filesystem with ${String(blocks)} ${String(blockBytes / 1024)}k blocks and ${String(inodeCount(geometry))} inodes`,
  );
  const backups: number[] = [];
  for (let group = 1; group < groups; group += 1) if (hasSuperblock(group)) backups.push(groupStart(geometry, group));
  if (backups.length > 0) {
    io.line(`Filesystem UUID: ${uuid}`);
    io.line(`Superblock backups stored on blocks: \n${wrapped(backups)}`);
  }
  io.line('');
  if (options.has('n')) return;
  const groupCounts = wiped(groups);
  io.out(`Allocating group tables: ${groupCounts}done                            \n`);
  io.out(`Writing inode tables: ${groupCounts}done                            \n`);
  if (journalBlocks > 0) io.line(`Creating journal (${String(journalBlocks)} blocks): done`);
  io.out(`Writing superblocks and filesystem accounting information: ${groupCounts}done\n\n`);
}

/** Block numbers in lines below 76 columns. */
function wrapped(numbers: readonly number[]): string {
  const lines: string[] = [];
  let line = '';
  for (const [at, number] of numbers.entries()) {
    const word = `${at === 0 ? '' : ', '}${String(number)}`;
    if (line.length + word.length > 70) {
      lines.push(`${line}, `);
      line = String(number);
    } else line += word;
  }
  return [...lines, line].map((each) => `\t${each}`).join('\n');
}

/** Clears the device and writes the file system; answers what went wrong. */
async function write(
  process: Process,
  fd: Fd,
  geometry: Ext4Geometry,
  { uuid, label }: { readonly uuid: Uint8Array; readonly label: string },
): Promise<string | undefined> {
  const { blocks, blockBytes, journalBlocks } = geometry;
  process.allocate(fd, 0, blocks * blockBytes, { punchHole: true, keepSize: true });
  const now = Math.floor(process.time().realtimeUs / 1_000_000);
  const parts: (readonly [offset: number, bytes: Uint8Array])[] = [];
  formatExt4(
    geometry,
    {
      uuid,
      hashSeed: process.random(16),
      label,
      lastMounted: '',
      madeAt: now,
      mountedAt: 0,
      writtenAt: now,
      mounts: 0,
    },
    (offset, bytes) => {
      parts.push([offset, bytes]);
    },
  );
  for (const [offset, bytes] of parts) {
    const end = bytes.findLastIndex((byte) => byte !== 0) + 1;
    if (end === 0) continue;
    process.seek(fd, offset, 'set');
    const written = await process.write(fd, bytes.subarray(0, Math.ceil(end / blockBytes) * blockBytes));
    if (failed(written)) return strerror(written);
  }
  // The journal is empty, and has its room.
  if (journalBlocks > 0) {
    const journal = parts.find(([, bytes]) => bytes[0] === 0xc0 && bytes[1] === 0x3b);
    if (journal !== undefined) process.allocate(fd, journal[0], journalBlocks * blockBytes, { keepSize: true });
  }
  return undefined;
}

/** mkfs (util-linux): finds the program of a type; what is not its own option is that program's. */
export const mkfs = plainProgram('mkfs', async ({ process, io, args }) => {
  const rest: string[] = [];
  let type = 'ext2';
  let isVerbose = false;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '-t' || arg === '--type') type = args[(at += 1)] ?? '';
    else if (arg === '-v' || arg === '--verbose') isVerbose = true;
    else if (arg === '-V' || arg === '--version') {
      io.line('mkfs from util-linux 2.39.3');
      return await io.end(0);
    } else rest.push(arg);
  }
  if (rest.length === 0) {
    await io.warn(`no device specified\n${helpHint(io)}`);
    return 1;
  }
  const program = `mkfs.${type}`;
  if (isVerbose) io.line([program, ...rest].join(' '));
  await io.flush();
  const done = await process.exec(`/usr/sbin/${program}`, [program, ...rest], process.env);
  await io.warn(`failed to execute ${program}: ${failed(done) ? strerror(done) : ''}`);
  return 1;
});
