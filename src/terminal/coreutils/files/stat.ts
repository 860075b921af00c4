import { TYPE_BITS } from '../../../protocol/file-type.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { FileStat } from '../../../protocol/program.ts';
import { groupNameOf, userNameOf } from '../../accounts.ts';
import { strftime } from '../../strftime.ts';
import type { Invocation } from '../command.ts';
import { command, usageError } from '../command.ts';
import { mountPointOf } from '../disk/mounted.ts';
import { FILE_SYSTEM_PAGE, FILE_SYSTEM_TERSE, fileSystemFields } from './file-system-status.ts';
import { modeText } from './mode-text.ts';
import { quoteName } from '../quoting.ts';

const TYPES = {
  file: 'regular file',
  directory: 'directory',
  symlink: 'symbolic link',
  char: 'character special file',
  block: 'block special file',
  fifo: 'fifo',
  socket: 'socket',
} as const;

export const stat = command(
  {
    name: 'stat',
    short: 'Lfc:t',
    long: { dereference: 'L', format: 'c', printf: 'printf:', 'file-system': 'f', terse: 't', cached: 'cached:' },
  },
  async (call) => {
    const { process, io, options } = call;
    if (call.operands.length === 0) return await usageError(call, 'missing operand');
    const format = options.value('c') ?? options.value('printf');
    let status = 0;
    for (const path of call.operands) {
      const found = options.has('L') ? process.stat(path) : process.lstat(path);
      if (failed(found)) {
        await io.warn(cannotStat(call, path, strerror(found)));
        status = 1;
      } else if (options.has('f')) {
        const fields = fileSystemFields(process, path, found.device);
        if (fields === undefined) continue;
        if (format !== undefined) io.out(formatted(call, format, fields));
        else io.line(directives(options.has('t') ? FILE_SYSTEM_TERSE : FILE_SYSTEM_PAGE, fields));
      } else if (format !== undefined) io.out(formatted(call, format, fieldsOf(call, path, found)));
      else if (options.has('t')) io.line(directives(TERSE, fieldsOf(call, path, found)));
      else {
        const page = call.flavour === 'busybox' ? BUSYBOX_PAGE : PAGE;
        const link = found.type === 'symlink' ? page.replace('%n', '%l') : page;
        io.line(directives(link, fieldsOf(call, path, found)));
      }
    }
    return await io.end(status);
  },
);

function cannotStat({ flavour, options }: Invocation, path: string, why: string): string {
  if (flavour === 'busybox') return `can't stat '${path}': ${why}`;
  return options.has('f')
    ? `cannot read file system information for ${quoteName(path)}: ${why}`
    : `cannot statx ${quoteName(path)}: ${why}`;
}

const PAGE = `  File: %n
  Size: %-15s\tBlocks: %-10b IO Block: %-6o %F
Device: %Hd,%Ld\tInode: %-11i Links: %h
Access: (%04a/%10.10A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)
Access: %x
Modify: %y
Change: %z
 Birth: %w`;
const BUSYBOX_PAGE = PAGE.replace('%-15s', '%-10s')
  .replace('%Hd,%Ld', '%Dh/%dd')
  .replace('%-11i Links', '%-10i  Links')
  .replace('\n Birth: %w', '');
const TERSE = '%n %s %b %f %u %g %D %i %h 0 0 %X %Y %Z %W %o';

function formatted(call: Invocation, format: string, fields: Readonly<Record<string, string>>): string {
  const text = directives(format, fields);
  const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', '\\': '\\', '"': '"', a: '\x07', r: '\r' };
  return call.options.has('printf')
    ? text.replace(/\\(.)/g, (whole, letter: string) => escapes[letter] ?? whole)
    : `${text}\n`;
}

/** `%` directives with printf's flags, width and precision. */
function directives(format: string, fields: Readonly<Record<string, string>>): string {
  return format.replace(/%([-0+ #]*)(\d*)(?:\.(\d+))?([HL]?[a-zA-Z%])/g, (_, flags: string, width, precision, code) => {
    const value = fields[String(code)] ?? '?';
    const cut = precision === undefined ? value : value.slice(0, Number(precision));
    if (flags.includes('-')) return cut.padEnd(Number(width));
    return cut.padStart(Number(width), flags.includes('0') && /^\d*$/.test(cut) ? '0' : ' ');
  });
}

function fieldsOf({ process }: Invocation, path: string, found: FileStat): Readonly<Record<string, string>> {
  const target = found.type === 'symlink' ? process.readlink(path) : undefined;
  const time = (ms: number): string => strftime('%Y-%m-%d %H:%M:%S.%N +0000', Math.round(ms * 1_000));
  const seconds = (ms: number): string => String(Math.floor(ms / 1_000));
  return {
    n: path,
    N: target === undefined || failed(target) ? quoteName(path) : `${quoteName(path)} -> ${quoteName(target)}`,
    l: target === undefined || failed(target) ? path : `${path} -> ${target}`,
    s: String(found.size),
    a: found.mode.toString(8),
    A: modeText(found),
    m: mountPointOf(process, path) ?? '?',
    f: (TYPE_BITS[found.type] | found.mode).toString(16),
    u: String(found.uid),
    g: String(found.gid),
    U: userNameOf(process, found.uid) ?? 'UNKNOWN',
    G: groupNameOf(process, found.gid) ?? 'UNKNOWN',
    F: found.type === 'file' && found.size === 0 ? 'regular empty file' : TYPES[found.type],
    i: String(found.inode),
    h: String(found.links),
    b: String(found.blocks),
    r: String((found.rdev?.[0] ?? 0) * 256 + (found.rdev?.[1] ?? 0)),
    R: ((found.rdev?.[0] ?? 0) * 256 + (found.rdev?.[1] ?? 0)).toString(16),
    Hr: String(found.rdev?.[0] ?? 0),
    Lr: String(found.rdev?.[1] ?? 0),
    t: (found.rdev?.[0] ?? 0).toString(16),
    T: (found.rdev?.[1] ?? 0).toString(16),
    B: '512',
    o: '4096',
    d: String(found.device),
    D: found.device.toString(16),
    Hd: String(found.device >> 8),
    Ld: String(found.device & 255),
    x: time(found.accessedMs),
    X: seconds(found.accessedMs),
    y: time(found.modifiedMs),
    Y: seconds(found.modifiedMs),
    z: time(found.changedMs),
    Z: seconds(found.changedMs),
    w: '-',
    W: '0',
    '%': '%',
  };
}
