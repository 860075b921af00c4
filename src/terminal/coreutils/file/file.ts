/**
 * file 5.45: what a file is, by its type, its first bytes and its text.
 * Leaves out: all of the magic database but what hosts have; build ids of executables; magic files of one's own.
 */
import type { Result } from '../../../protocol/errno.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { FileStat } from '../../../protocol/program.ts';
import { cellWidth } from '../../../formats/cell-width.ts';
import { readOperand } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import { command, type Invocation, type Options } from '../command.ts';
import { binaryKind } from './binary-kinds.ts';
import type { Kind } from './kind.ts';
import { textKind } from './text-kinds.ts';

const SYNOPSIS = `Usage: file [-bcCdEhikLlNnprsSvzZ0] [--apple] [--extension] [--mime-encoding]
            [--mime-type] [-e <testname>] [-F <separator>]  [-f <namefile>]
            [-m <magicfiles>] [-P <parameter=value>] [--exclude-quiet]
            <file> ...
       file -C [-m <magicfiles>]
       file [--help]`;

export const file = command(
  {
    name: 'file',
    short: 'bcCdEhikLlNnprsSvzZ0e:F:f:m:P:',
    usage: '[-bcCdEhikLlNnprsSvzZ0] <file> ...',
    hint: SYNOPSIS,
    long: {
      brief: 'b',
      mime: 'i',
      'mime-type': 'type',
      'mime-encoding': 'encoding',
      dereference: 'L',
      'no-dereference': 'h',
      'no-pad': 'N',
      'no-buffer': 'n',
      separator: 'F',
      'files-from': 'f',
      print0: '0',
      version: 'v',
      'special-files': 's',
    },
    absent: ['c', 'C', 'd', 'k', 'l', 'p', 'r', 'S', 'z', 'Z', 'e', 'm', 'P'],
    absentLong:
      'apple extension keep-going raw uncompress list preserve-date exclude= exclude-quiet= magic-file= parameter=',
  },
  async (call) => {
    const { io, options, operands, process } = call;
    if (options.has('v')) {
      io.out('file-5.45\nmagic file from /etc/magic:/usr/share/misc/magic\n');
      return await io.end(0);
    }
    const list = options.value('f');
    const listed = list === undefined ? undefined : await readOperand(process, list);
    if (listed !== undefined && failed(listed)) {
      await io.warn(`cannot open \`${list ?? ''}' (${strerror(listed)})`);
      return 1;
    }
    const more = listed === undefined ? [] : bytesToText(listed).split('\n').slice(0, -1);
    if (more.length + operands.length === 0) {
      await io.raw(`${SYNOPSIS}\n`);
      return 1;
    }
    const first = await describeAll(call, more);
    return first === 0 ? await describeAll(call, operands) : first;
  },
);

async function describeAll(call: Invocation, names: readonly string[]): Promise<number> {
  const { io, options } = call;
  const separator = options.value('F') ?? ':';
  const shown = names.map((name) => (name === '-' ? '/dev/stdin' : name));
  const width = options.has('N') ? 0 : Math.max(...shown.map(cellWidth));
  for (const [at, name] of names.entries()) {
    const title = shown[at] ?? name;
    const found = await describe(call, name);
    if ('problem' in found && options.has('E')) {
      io.line(`${title}${separator} ERROR: ${found.problem.replace('open', 'stat')}`);
      return await io.end(1);
    }
    const pad = ' '.repeat(Math.max(0, width - cellWidth(title)) + 1);
    const before = options.has('b') ? '' : `${title}${options.has('0') ? '\0' : ''}${separator}${pad}`;
    io.line(before + ('problem' in found ? found.problem : wanted(options, found)));
  }
  return await io.end(0);
}

function wanted(options: Options, { text, mime, charset }: Kind): string {
  const last = options.order.findLast(([letter]) => ['i', 'type', 'encoding'].includes(letter))?.[0];
  if (last === 'type') return mime;
  if (last === 'encoding') return charset;
  return last === 'i' ? `${mime}; charset=${charset}` : text;
}

async function describe(call: Invocation, name: string): Promise<Kind | { readonly problem: string }> {
  const { process, options } = call;
  const last = options.order.findLast(([letter]) => 'Lh'.includes(letter))?.[0];
  const follows = last === undefined ? process.env['POSIXLY_CORRECT'] !== undefined : last === 'L';
  const stat = name === '-' ? process.fstat(0) : follows ? process.stat(name) : process.lstat(name);
  if (failed(stat)) return { problem: `cannot open \`${name}' (${strerror(stat)})` };
  const special = name === '-' ? undefined : specialKind(call, name, stat);
  const flags = FLAGS.filter(([bit]) => (stat.mode & bit) !== 0).map(([, word]) => word);
  if (special !== undefined) return { ...special, text: [...flags, special.text].join(', ') };
  const bytes = await readOperand(process, name);
  if (failed(bytes)) return unreadable(stat, name, bytes);
  const kind = contentKind(bytes);
  return { ...kind, text: [...flags, kind.text].join(' ') };
}

const FLAGS = [
  [0o4000, 'setuid'],
  [0o2000, 'setgid'],
  [0o1000, 'sticky'],
] as const;

function unreadable(stat: FileStat, name: string, failure: Result<never>): Kind | { readonly problem: string } {
  if (!failed(failure) || failure.errno !== 'EACCES')
    return { problem: `cannot open \`${name}' (${strerror(failure)})` };
  const kind =
    (stat.mode & 0o111) !== 0 ? 'executable, regular file, no read permission' : 'regular file, no read permission';
  return { text: kind, mime: 'application/octet-stream', charset: 'binary' };
}

/** What is told by the file's type alone. */
function specialKind({ process, options }: Invocation, name: string, stat: FileStat): Kind | undefined {
  const inode = (text: string, word: string): Kind => ({ text, mime: `inode/${word}`, charset: 'binary' });
  const device = stat.rdev === undefined ? '' : ` (${String(stat.rdev[0])}/${String(stat.rdev[1])})`;
  switch (stat.type) {
    case 'directory':
      return inode('directory', 'directory');
    case 'fifo':
      return inode('fifo (named pipe)', 'fifo');
    case 'socket':
      return inode('socket', 'socket');
    case 'char':
      return options.has('s') ? undefined : inode(`character special${device}`, 'chardevice');
    case 'block':
      return options.has('s') ? undefined : inode(`block special${device}`, 'blockdevice');
    case 'symlink': {
      const target = process.readlink(name);
      const isBroken = failed(process.stat(name));
      const to = failed(target) ? '' : target;
      return inode(isBroken ? `broken symbolic link to ${to}` : `symbolic link to ${to}`, 'symlink');
    }
    case 'file':
      return undefined;
  }
}

function contentKind(bytes: Uint8Array): Kind {
  if (bytes.length === 0) return { text: 'empty', mime: 'inode/x-empty', charset: 'binary' };
  if (bytes.length === 1)
    return { text: 'very short file (no magic)', mime: 'application/octet-stream', charset: 'binary' };
  return binaryKind(bytes) ?? textKind(bytes);
}
