/**
 * tar: archives in GNU's format.
 * Models: c x t, v f z C k p O h, --exclude --strip-components --wildcards -T, devices left out with a word.
 * Leaves out: r u A d, j J and other compressors, sparse files, incremental dumps: it says so.
 */
import { EMPTY_BYTES } from '../../protocol/bytes.ts';
import { failed, strerror } from '../../protocol/errno.ts';
import type { Fd, Process } from '../../protocol/program.ts';
import { groupNameOf, userNameOf } from '../accounts.ts';
import { patternRegExp } from '../shell/expand/pattern.ts';
import { textToBytes } from '../text.ts';
import type { Applet, CommandSpec, Invocation } from './command.ts';
import { command, usageError } from './command.ts';
import { packer } from './gzip.ts';
import type { TarEntry } from './tar-format.ts';
import { BLOCK, encodeHeader } from './tar-format.ts';
import { extract } from './tar-extract.ts';
import { enterDirectory } from './tar-directory.ts';
import { listing } from './tar-listing.ts';

const TAR_HINT = "Try 'tar --help' or 'tar --usage' for more information.";
const spec: CommandSpec = {
  name: 'tar',
  short: 'Acdrtuxvzf:C:jJkpPOhmT:X:aSws',
  usageStatus: 64,
  hint: TAR_HINT,
  long: {
    create: 'c',
    extract: 'x',
    get: 'x',
    list: 't',
    verbose: 'v',
    gzip: 'z',
    gunzip: 'z',
    file: 'f',
    directory: 'C',
    'keep-old-files': 'k',
    'preserve-permissions': 'p',
    'to-stdout': 'O',
    dereference: 'h',
    'files-from': 'T',
    'exclude-from': 'X',
    exclude: 'exclude:',
    'strip-components': 'strip:',
    'absolute-names': 'P',
    bzip2: 'j',
    xz: 'J',
    append: 'r',
    update: 'u',
    'auto-compress': 'a',
    'no-same-owner': 'nso',
    'same-owner': 'so',
    'numeric-owner': 'numeric',
    wildcards: 'wildcards',
    touch: 'm',
    'no-recursion': 'norec',
    'remove-files': 'remove',
    owner: 'owner:',
    group: 'group:',
    mtime: 'mtime:',
    sort: 'sort:',
  },
};
const ABSENT = ['A', 'd', 'r', 'u', 'j', 'J', 'S', 'w', 's', 'X', 'remove', 'owner', 'group', 'mtime'];

const base = command(spec, async (call) => {
  const { io, options } = call;
  const absent = ABSENT.find((letter) => options.has(letter));
  if (absent !== undefined) {
    await io.raw(`drydock: 'tar ${absent.length > 1 ? `--${absent}` : `-${absent}`}' is not simulated\n`);
    return 2;
  }
  const modes = ['c', 'x', 't'].filter((letter) => options.has(letter));
  if (modes.length === 0)
    return await usageError(
      call,
      "You must specify one of the '-Acdtrux', '--delete' or '--test-label' options",
      2,
      TAR_HINT,
    );
  if (modes.length > 1)
    return await usageError(
      call,
      "You may not specify more than one '-Acdtrux', '--delete' or  '--test-label' option",
      2,
      TAR_HINT,
    );
  const last = modes[0] === 'c' ? await create(call) : await extract(call);
  return await io.end(last);
});

/** `tar xzf a.tgz`: the first word's letters are options whose values follow as words. */
function oldStyle(argv: readonly string[]): readonly string[] | string {
  const [name = 'tar', first = '', ...rest] = argv;
  if (first === '' || first.startsWith('-')) return argv;
  const options: string[] = [];
  const values = [...rest];
  for (const letter of first) {
    const takes = spec.short.charAt(spec.short.indexOf(letter) + 1) === ':' && spec.short.includes(letter);
    if (!takes) {
      options.push(`-${letter}`);
      continue;
    }
    const value = values.shift();
    if (value === undefined) return letter;
    options.push(`-${letter}`, value);
  }
  return [name, ...options, ...values];
}

const applet: Applet['applet'] = async (process, flavour, argv) => {
  const words = oldStyle(argv);
  if (typeof words !== 'string') return await base.applet(process, flavour, words);
  await process.write(2, textToBytes(`tar: Old option '${words}' requires an argument.\n${TAR_HINT}\n`));
  return 2;
};
export const tar: Applet = { ...base, run: (process) => applet(process, 'gnu', process.argv), applet };

/** Writes an archive piece by piece. */
class ArchiveWriter {
  #size = 0;
  #parts: Uint8Array[] = [];
  readonly #pack: ((bytes: Uint8Array, last: boolean) => void) | undefined;

  constructor(
    private readonly process: Process,
    private readonly fd: Fd,
    compressed: boolean,
  ) {
    this.#pack = compressed
      ? packer((piece) => {
          this.#parts.push(piece);
        })
      : undefined;
  }

  async write(bytes: Uint8Array, last = false): Promise<boolean> {
    this.#size += bytes.length;
    if (this.#pack === undefined) this.#parts.push(bytes);
    else this.#pack(bytes, last);
    for (const part of this.#parts.splice(0))
      if (part.length > 0 && failed(await this.process.write(this.fd, part))) return false;
    return true;
  }
  async pad(): Promise<boolean> {
    return await this.write(new Uint8Array((BLOCK - (this.#size % BLOCK)) % BLOCK));
  }
  /** Two empty blocks, then up to a whole record of 20 blocks. */
  async end(): Promise<boolean> {
    const used = this.#size + 2 * BLOCK;
    return await this.write(new Uint8Array(Math.ceil(used / 10_240) * 10_240 - this.#size), true);
  }
}

interface Creation {
  readonly call: Invocation;
  readonly writer: ArchiveWriter;
  readonly excludes: readonly RegExp[];
  /** The archive itself, which is not put into itself. */
  readonly archive: number | undefined;
  /** First names of files with several links, by inode. */
  readonly links: Map<number, string>;
  status: number;
  stripped: boolean;
}

async function create(call: Invocation): Promise<number> {
  const { io, options, process } = call;
  const name = options.value('f') ?? '-';
  const operands = [...call.operands];
  const list = options.value('T');
  if (list !== undefined) {
    const bytes = process.readFile(list);
    if (failed(bytes)) {
      await io.raw(`tar: ${list}: Cannot open: ${strerror(bytes)}\ntar: Error is not recoverable: exiting now\n`);
      return 2;
    }
    operands.push(
      ...String.fromCharCode(...bytes)
        .split('\n')
        .filter((line) => line !== ''),
    );
  }
  if (operands.length === 0) return await usageError(call, 'Cowardly refusing to create an empty archive', 2, TAR_HINT);
  const fd = name === '-' ? 1 : process.open(name, { write: true, create: true, truncate: true });
  if (failed(fd)) {
    await io.raw(`tar: ${name}: Cannot open: ${strerror(fd)}\ntar: Error is not recoverable: exiting now\n`);
    return 2;
  }
  if (name === '-' && process.isatty(1)) {
    await io.raw(
      'tar: Refusing to write archive contents to terminal (missing -f option?)\ntar: Error is not recoverable: exiting now\n',
    );
    return 2;
  }
  const stat = process.fstat(fd);
  const excludes = options
    .values('exclude')
    .map(
      (pattern) =>
        new RegExp(`(^|/)(?:${patternRegExp(pattern.replace(/\/$/, '')).source.replace(/^\^|\$$/g, '')})(/|$)`, 'su'),
    );
  const creation: Creation = {
    call,
    writer: new ArchiveWriter(process, fd, options.has('z') || (options.has('a') && /\.t?gz$/.test(name))),
    excludes,
    archive: failed(stat) || stat.type !== 'file' ? undefined : stat.inode,
    links: new Map(),
    status: 0,
    stripped: false,
  };
  if (!(await enterDirectory(call))) return 2;
  for (const operand of operands) await add(creation, operand);
  await creation.writer.end();
  if (creation.status !== 0) await io.warn('Exiting with failure status due to previous errors');
  return creation.status;
}

async function add(creation: Creation, path: string): Promise<void> {
  const { call, writer } = creation;
  const { io, options, process } = call;
  if (creation.excludes.some((pattern) => pattern.test(path))) return;
  const stat = options.has('h') ? process.stat(path) : process.lstat(path);
  if (failed(stat)) {
    await io.warn(`${path}: Cannot stat: ${strerror(stat)}`);
    creation.status = 2;
    return;
  }
  if (stat.inode === creation.archive && stat.type === 'file') {
    await io.warn(`${path}: file is the archive; not dumped`);
    return;
  }
  if (stat.type === 'socket' || stat.type === 'char' || stat.type === 'block') {
    await io.warn(
      stat.type === 'socket'
        ? `${path}: socket ignored`
        : `drydock: device files in archives are not simulated: ${path}`,
    );
    if (stat.type !== 'socket') creation.status = 2;
    return;
  }
  const target = stat.type === 'symlink' ? process.readlink(path) : '';
  const name = await memberName(creation, stat.type === 'directory' ? `${path.replace(/\/+$/, '')}/` : path);
  const earlier = stat.type === 'file' && stat.links > 1 ? creation.links.get(stat.inode) : undefined;
  if (stat.type === 'file' && stat.links > 1 && earlier === undefined) creation.links.set(stat.inode, name);
  const bytes = stat.type === 'file' && earlier === undefined ? process.readFile(path) : EMPTY_BYTES;
  if (failed(bytes)) {
    await io.warn(`${path}: Cannot open: ${strerror(bytes)}`);
    creation.status = 2;
    return;
  }
  const entry: TarEntry = {
    name,
    type: earlier === undefined ? stat.type : 'hardlink',
    mode: stat.mode,
    uid: stat.uid,
    gid: stat.gid,
    size: bytes.length,
    modified: Math.floor(stat.modifiedMs / 1_000),
    target: earlier ?? (failed(target) ? '' : target),
    user: options.has('numeric') ? '' : (userNameOf(process, stat.uid) ?? ''),
    group: options.has('numeric') ? '' : (groupNameOf(process, stat.gid) ?? ''),
  };
  if (options.has('v')) {
    const text = `${listing(entry, call)}\n`;
    if ((options.value('f') ?? '-') === '-') await io.raw(text);
    else io.out(text);
  }
  for (const block of encodeHeader(entry)) await writer.write(block);
  await writer.write(bytes);
  await writer.pad();
  if (stat.type !== 'directory' || options.has('norec')) return;
  const entries = process.readdir(path);
  if (failed(entries)) {
    await io.warn(`${path}: Cannot open: ${strerror(entries)}`);
    creation.status = 2;
    return;
  }
  const names = entries.map((each) => each.name);
  if (options.value('sort') === 'name') names.sort();
  for (const each of names) await add(creation, `${path.replace(/\/+$/, '')}/${each}`);
}

async function memberName(creation: Creation, path: string): Promise<string> {
  if (creation.call.options.has('P')) return path;
  const prefix = /^(?:.*\/)?\.\.\/|^\/+/.exec(path)?.[0];
  if (prefix === undefined) return path;
  if (!creation.stripped) await creation.call.io.warn(`Removing leading \`${prefix}' from member names`);
  creation.stripped = true;
  return path.slice(prefix.length) || './';
}
