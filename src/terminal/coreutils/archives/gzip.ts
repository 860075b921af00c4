/**
 * gzip, gunzip, zcat. Names and times come from the simulation's files, so that one input has one output.
 * Models: -c -d -f -k -l -n -q -r -S -t -v -1…-9. Leaves out: -N, -L, --rsyncable; .Z files.
 */
import { Gunzip, Gzip, gzipSync } from 'fflate';
import type { Result } from '../../../protocol/errno.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import { concatBytes } from '../../../protocol/bytes.ts';
import type { FileStat } from '../../../protocol/program.ts';
import { readAll } from '../../io.ts';
import { strftime } from '../../strftime.ts';
import type { Applet, Invocation } from '../command.ts';
import { command } from '../command.ts';

/** What a .gz file holds; undefined where it is none or damaged. */
export function unpack(
  bytes: Uint8Array,
):
  | { readonly type: 'data'; readonly bytes: Uint8Array }
  | { readonly type: 'foreign' }
  | { readonly type: 'broken'; readonly message: string } {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return { type: 'foreign' };
  const parts: Uint8Array[] = [];
  try {
    const stream = new Gunzip((piece) => {
      parts.push(piece);
    });
    stream.push(bytes, true);
  } catch (error) {
    return {
      type: 'broken',
      message:
        error instanceof Error && /unexpected EOF/i.test(error.message)
          ? 'unexpected end of file'
          : 'invalid compressed data--format violated',
    };
  }
  return { type: 'data', bytes: concatBytes(parts) };
}

/** A packer that hands on what is ready; nothing in its header depends on the machine. */
export function packer(write: (piece: Uint8Array) => void): (bytes: Uint8Array, last: boolean) => void {
  const stream = new Gzip({ mtime: 0, level: 6 }, write);
  return (bytes, last) => {
    stream.push(bytes, last);
  };
}

const SUFFIXES = ['.gz', '.tgz', '.z', '.Z', '.taz', '-gz', '-z'];
/** The suffix of a name that says that it is packed. */
const suffixOf = (name: string, own: string): string | undefined =>
  [own, ...SUFFIXES].find((suffix) => name.endsWith(suffix) && name.length > suffix.length);

function zip(name: 'gzip' | 'gunzip' | 'zcat'): Applet {
  return command(
    {
      name,
      calls: 'short',
      short: 'ab:cdfhklLmMnNqrS:tvV123456789',
      busybox: 'cdfkt123456789qvnr stdout to-stdout force decompress verbose no-name test',
      absent: ['L', 'N', 'rsyncable'],
      hint: (called) => `Try \`${called} --help' for more information.`,
      long: {
        stdout: 'c',
        'to-stdout': 'c',
        decompress: 'd',
        uncompress: 'd',
        force: 'f',
        keep: 'k',
        list: 'l',
        'no-name': 'n',
        name: 'N',
        quiet: 'q',
        recursive: 'r',
        test: 't',
        verbose: 'v',
        suffix: 'S',
        license: 'L',
        synchronous: 'synchronous',
        rsyncable: 'rsyncable',
        ascii: 'a',
        fast: '1',
        best: '9',
      },
    },
    async (call) => {
      const setting: Setting = {
        call,
        decompress: name !== 'gzip' || call.options.has('d') || call.options.has('t') || call.options.has('l'),
        toOutput: name === 'zcat' || call.options.has('c'),
        suffix: call.options.value('S') ?? '.gz',
      };
      const { io, process, options } = call;
      if (setting.suffix === '' || setting.suffix.includes('/')) {
        await io.raw(`${io.name}: invalid suffix '${setting.suffix}'\n`);
        return 1;
      }
      if (
        call.operands.length === 0 &&
        !options.has('l') &&
        !setting.decompress &&
        process.isatty(1) &&
        !options.has('f')
      ) {
        await io.raw(
          `${io.name}: compressed data not written to a terminal. Use -f to force compression.\nFor help, type: ${io.name} -h\n`,
        );
        return 1;
      }
      let status = 0;
      const queue = call.operands.length === 0 ? ['-'] : [...call.operands];
      const listed: Listed = { files: 0, packed: 0, plain: 0, overhead: 0 };
      for (let operand = queue.shift(); operand !== undefined; operand = queue.shift()) {
        const code = await one(setting, operand, queue, listed);
        if (code === 1 || (code === 2 && status === 0)) status = code;
      }
      if (listed.files > 1) listTotals(call, listed);
      return await io.end(status);
    },
  );
}

/** What -l has shown. */
interface Listed {
  files: number;
  packed: number;
  plain: number;
  /** Headers and trailer of the last one, which the last line's ratio leaves out. */
  overhead: number;
}

interface Setting {
  readonly call: Invocation;
  readonly decompress: boolean;
  readonly toOutput: boolean;
  /** What a packed file's name ends with. */
  readonly suffix: string;
}

async function one(setting: Setting, operand: string, queue: string[], listed: Listed): Promise<number> {
  const { call, decompress, toOutput, suffix } = setting;
  const { io, process, options } = call;
  const packed = (name: string): string | undefined => suffixOf(name, suffix);
  const warn = async (text: string, code: number, before = ''): Promise<number> => {
    if (!(code !== 1 && options.has('q'))) await io.raw(`${before}${io.name}: ${text}\n`);
    return code;
  };
  if (operand === '-') {
    const bytes = await readAll(process, 0);
    return failed(bytes)
      ? await warn(
          bytes.errno === 'EBADF' ? `standard input: ${strerror(bytes)}` : `stdin: ${strerror(bytes)}`,
          1,
          '\n',
        )
      : await convert(setting, bytes, 'stdin', undefined, listed);
  }
  let path = operand;
  let stat: Result<FileStat> = process.stat(path);
  if (failed(stat) && decompress && packed(path) === undefined) {
    // Only what is not there has its suffix looked for.
    if (stat.errno === 'ENOENT') {
      stat = process.stat(path + suffix);
      path += suffix;
    }
  }
  if (failed(stat)) {
    if (call.flavour === 'gnu') return await warn(`${path}: ${strerror(stat)}`, 1);
    await io.warn(`${operand}: ${strerror(stat)}`);
    return 1;
  }
  if (stat.type === 'directory') {
    if (!options.has('r')) return await warn(`${path} is a directory -- ignored`, 2);
    const entries = process.readdir(path);
    if (!failed(entries)) queue.unshift(...entries.map((entry) => `${path}/${entry.name}`).sort());
    return 0;
  }
  if (stat.type !== 'file' && !toOutput) return await warn(`${path} is not a directory or a regular file - ignored`, 2);
  if (decompress && packed(path) === undefined && !toOutput && !options.has('t') && !options.has('l'))
    return await warn(`${path}: unknown suffix -- ignored`, 2);
  const already = packed(path);
  if (!decompress && already !== undefined && !toOutput && !options.has('f'))
    return await warn(`${path} already has ${already} suffix -- unchanged`, 0);
  const bytes = process.readFile(path);
  return failed(bytes)
    ? await warn(`${path}: ${strerror(bytes)}`, 1)
    : await convert(setting, bytes, path, stat, listed);
}

async function convert(
  setting: Setting,
  bytes: Uint8Array,
  name: string,
  stat: FileStat | undefined,
  listed: Listed,
): Promise<number> {
  const { call, decompress, toOutput, suffix } = setting;
  const { io, process, options } = call;
  process.account(bytes.length / 50);
  const target = decompress ? unpackedName(name, suffix) : name + suffix;
  let made: Uint8Array;
  if (decompress) {
    const found = unpack(bytes);
    // With -f, what is not packed is copied as it is.
    if (found.type === 'foreign' && toOutput && options.has('f') && !options.has('t') && !options.has('l')) {
      await io.bytes(bytes);
      return 0;
    }
    if (found.type === 'foreign' && bytes.length > 0) {
      await io.raw(`\n${io.name}: ${name}: not in gzip format\n`);
      return 1;
    }
    if (found.type === 'broken' || found.type === 'foreign') {
      await io.raw(`\n${io.name}: ${name}: ${found.type === 'broken' ? found.message : 'unexpected end of file'}\n`);
      return 1;
    }
    made = found.bytes;
    if (options.has('t')) {
      if (options.has('v')) await io.raw(`${name}:\t OK\n`);
      return 0;
    }
    if (options.has('l')) {
      list(call, listed, { packed: bytes, plain: made, name: name === 'stdin' ? 'stdout' : target, stat });
      return 0;
    }
  } else {
    const level = Number(options.order.findLast(([letter]) => /^\d$/.test(letter))?.[0] ?? '6');
    const named = stat !== undefined && !options.has('n');
    const file = name.slice(name.lastIndexOf('/') + 1);
    made = gzipSync(bytes, {
      level: LEVELS[level] ?? 6,
      mtime: named ? Math.max(stat.modifiedMs, 315_532_800_000) : 0,
      ...(named ? { filename: file } : {}),
    });
  }
  if (stat === undefined || toOutput) {
    await io.bytes(made);
    if (options.has('v') && stat !== undefined)
      await io.raw(`${name}:\t${decompress ? saved(made, bytes) : saved(bytes, made)}\n`);
    return 0;
  }
  return await replace(setting, { name, target, made, bytes, stat });
}

const HEADING = '         compressed        uncompressed  ratio uncompressed_name';
const VERBOSE_HEADING = 'method  crc     date  time  ';

function list(
  call: Invocation,
  listed: Listed,
  file: {
    readonly packed: Uint8Array;
    readonly plain: Uint8Array;
    readonly name: string;
    readonly stat: FileStat | undefined;
  },
): void {
  const { io, options, process } = call;
  const { packed, plain, name } = file;
  const verbose = options.has('v');
  if (listed.files === 0 && !options.has('q')) io.line(`${verbose ? VERBOSE_HEADING : ''}${HEADING}`);
  listed.files += 1;
  listed.packed += packed.length;
  listed.plain += plain.length;
  listed.overhead = header(packed);
  const input = process.fstat(0);
  const stat = file.stat ?? (failed(input) || input.type !== 'file' ? undefined : input);
  const sizes = [packed.length, plain.length].map((size) => String(size).padStart(19)).join(' ');
  io.line(`${verbose ? contentColumns(packed, stat) : ''}${sizes} ${saved(plain, packed)} ${name}`);
}

function listTotals({ io, options }: Invocation, { packed, plain, overhead }: Listed): void {
  if (options.has('q')) return;
  const sizes = [packed, plain].map((size) => String(size).padStart(19)).join(' ');
  io.line(
    `${options.has('v') ? ' '.repeat(VERBOSE_HEADING.length) : ''}${sizes} ${share(plain, packed - overhead)} (totals)`,
  );
}

/** The method, the check sum of the data, and when the file was written. */
function contentColumns(packed: Uint8Array, stat: FileStat | undefined): string {
  const sum = new DataView(packed.buffer, packed.byteOffset + packed.length - 8).getUint32(0, true);
  const time = strftime('%b %e %H:%M', (stat?.modifiedMs ?? 0) * 1_000);
  return `defla ${sum.toString(16).padStart(8, '0')} ${time} `;
}

/** A packed file's name without its suffix: .tgz was a .tar. */
function unpackedName(name: string, own: string): string {
  const tar = name.replace(/\.t(gz|az)$/, '.tar');
  return tar === name ? name.slice(0, name.length - (suffixOf(name, own)?.length ?? 0)) : tar;
}

const LEVELS: Readonly<Record<number, 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9>> = {
  1: 1,
  2: 2,
  3: 3,
  4: 4,
  5: 5,
  6: 6,
  7: 7,
  8: 8,
  9: 9,
};
/** How much shorter the data is, header and trailer left out. */
const saved = (plain: Uint8Array, packed: Uint8Array): string => share(plain.length, packed.length - header(packed));
const share = (plain: number, packed: number): string =>
  `${((plain === 0 ? 0 : 1 - packed / plain) * 100).toFixed(1)}%`.padStart(6);

/** Bytes of a .gz file that are not compressed data: header with name, and trailer. */
function header(bytes: Uint8Array): number {
  const named = ((bytes[3] ?? 0) & 8) !== 0;
  return 18 + (named ? bytes.indexOf(0, 10) - 9 : 0);
}

async function replace(
  { call, decompress }: Setting,
  {
    name,
    target,
    made,
    bytes,
    stat,
  }: {
    readonly name: string;
    readonly target: string;
    readonly made: Uint8Array;
    readonly bytes: Uint8Array;
    readonly stat: FileStat;
  },
): Promise<number> {
  const { io, process, options } = call;
  if (!options.has('f') && !failed(process.lstat(target))) {
    await io.raw(
      `${io.name}: ${target} already exists;${process.isatty(0) ? ' do you wish to overwrite (y or n)? ' : '\tnot overwritten\n'}`,
    );
    if (!process.isatty(0)) return 2;
    const answer = await process.read(0, 256);
    if (failed(answer) || (answer[0] !== 121 && answer[0] !== 89)) {
      await io.raw('\tnot overwritten\n');
      return 2;
    }
  }
  const written = process.writeFile(target, made, { mode: stat.mode });
  if (failed(written)) {
    await io.raw(`${io.name}: ${target}: ${strerror(written)}\n`);
    return 1;
  }
  process.chmod(target, stat.mode & 0o777);
  process.utimes(target, stat.accessedMs, stat.modifiedMs);
  if (!options.has('k')) process.unlink(name);
  if (options.has('v'))
    await io.raw(
      `${name}:\t${decompress ? saved(made, bytes) : saved(bytes, made)} -- ${options.has('k') ? 'created' : 'replaced with'} ${target}\n`,
    );
  return 0;
}

export const gzip = zip('gzip');
export const gunzip = asScript(zip('gunzip'));
export const zcat = asScript(zip('zcat'));

/** Debian's gunzip and zcat are scripts that call gzip by its name; busybox' keep their own. */
function asScript(program: Applet): Applet {
  const applet: Applet['applet'] = async (process, flavour, argv) =>
    await program.applet(process, flavour, flavour === 'gnu' ? ['gzip', ...argv.slice(1)] : argv);
  return { ...program, applet, run: (process) => applet(process, 'gnu', process.argv) };
}
