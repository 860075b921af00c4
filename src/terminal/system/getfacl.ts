/**
 * getfacl (acl 2.3): the entries that a file's mode stands for; no file here has an access list beyond it.
 * Leaves out: --one-file-system. setfacl is not simulated.
 */
import { failed, strerror } from '../../protocol/errno.ts';
import type { FileStat } from '../../protocol/program.ts';
import { groupNameOf, userNameOf } from '../accounts.ts';
import { command, type Invocation } from '../coreutils/command.ts';
import { LineReader } from '../io.ts';
import { bytesToText } from '../text.ts';

const USAGE = 'Usage: getfacl [-aceEsRLPtpndvh] file ...';
const HINT = "Try `getfacl --help' for more information.";
const [SETUID, SETGID, STICKY] = [0o4000, 0o2000, 0o1000];
const NAME_WIDTH = 8;

export const getfacl = command(
  {
    name: 'getfacl',
    short: 'aceEsRLPtpndvh',
    long: {
      access: 'a',
      default: 'd',
      'omit-header': 'c',
      'all-effective': 'e',
      'no-effective': 'E',
      'skip-base': 's',
      recursive: 'R',
      logical: 'L',
      physical: 'P',
      tabular: 't',
      numeric: 'n',
      'absolute-names': 'p',
      version: 'v',
      help: 'h',
    },
    absentLong: 'one-file-system',
    usageStatus: 2,
    hint: `${USAGE}\n${HINT}`,
    helpOption: '-h',
    usage: '[-aceEsRLPtpndvh] file ...',
  },
  async (call) => {
    const { io, options, operands, process } = call;
    if (options.has('v')) {
      io.line('getfacl 2.3.1');
      return await io.end(0);
    }
    if (options.has('h')) {
      io.line(USAGE);
      return await io.end(0);
    }
    if (operands.length === 0) {
      await io.raw(`${USAGE}\n${HINT}\n`);
      return 2;
    }
    const walk: Walk = { call, isTold: options.has('p'), failed: false };
    for (const name of operands)
      if (name === '-') {
        const lines = new LineReader(process, 0);
        for (let line = await lines.next(); line !== undefined; line = await lines.next())
          await show(walk, bytesToText(line), true);
      } else await show(walk, name, true);
    return await io.end(walk.failed ? 1 : 0);
  },
);

interface Walk {
  readonly call: Invocation;
  /** Whether it has been said that leading slashes are left out. */
  isTold: boolean;
  failed: boolean;
}

async function show(walk: Walk, path: string, isOperand: boolean): Promise<void> {
  const { io, options, process } = walk.call;
  const link = process.lstat(path);
  const isLink = !failed(link) && link.type === 'symlink';
  const followed = options.has('L') || (isOperand && !options.has('P'));
  if (isLink && !followed) return;
  const stat = process.stat(path);
  if (failed(stat)) {
    await io.warn(`${path}: ${strerror(stat)}`);
    walk.failed = true;
    return;
  }
  // An entry of the mode alone is what -s passes over.
  if (!options.has('s')) await print(walk, path, stat);
  if (!options.has('R') || stat.type !== 'directory') return;
  const entries = process.readdir(path);
  if (failed(entries)) {
    await io.warn(`${path}: ${strerror(entries)}`);
    walk.failed = true;
    return;
  }
  for (const { name } of entries) await show(walk, `${path}/${name}`, false);
}

async function print(walk: Walk, path: string, stat: FileStat): Promise<void> {
  const { io, options, process } = walk.call;
  const { gid, mode, uid } = stat;
  const owner = (options.has('n') ? undefined : userNameOf(process, uid)) ?? String(uid);
  const group = (options.has('n') ? undefined : groupNameOf(process, gid)) ?? String(gid);
  const shown = await nameShown(walk, path);
  const flags = `${(mode & SETUID) === 0 ? '-' : 's'}${(mode & SETGID) === 0 ? '-' : 's'}${(mode & STICKY) === 0 ? '-' : 't'}`;
  const [user, members, others] = [permissions(mode >> 6), permissions(mode >> 3), permissions(mode)];
  const isTable = options.has('t');
  if (isTable || !options.has('c')) io.line(`# file: ${shown}`);
  if (!isTable && !options.has('c')) {
    io.line(`# owner: ${owner}`);
    io.line(`# group: ${group}`);
    if (flags !== '---') io.line(`# flags: ${flags}`);
  }
  const hasAccess = options.has('a') || !options.has('d');
  if (!hasAccess) {
    if (isTable || !options.has('c')) io.line('');
    return;
  }
  if (isTable) {
    const width = Math.max(NAME_WIDTH, owner.length, group.length);
    const row = (kind: string, name: string, text: string): string =>
      `${kind.padEnd(5)}  ${name.padEnd(width)}  ${text}     `;
    io.line(row('USER', owner, user));
    io.line(row('GROUP', group, members));
    io.line(row('other', '', others));
  } else io.out(`user::${user}\ngroup::${members}\nother::${others}\n`);
  io.line('');
  if (io.full) await io.flush();
}

/** Without what leads to it from the root. */
async function nameShown(walk: Walk, path: string): Promise<string> {
  const { io, options } = walk.call;
  if (options.has('p')) return path;
  const relative = path.replace(/^\/+/, '');
  if (relative !== path && !walk.isTold) {
    await io.warn("Removing leading '/' from absolute path names");
    walk.isTold = true;
  }
  const plain = relative.replace(/^(?:\.\/+)+/, '');
  return (plain === '' ? '.' : plain).replace(/[\\\n\r\t]/g, (char) =>
    char === '\\' ? '\\\\' : `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
}

const permissions = (bits: number): string =>
  `${(bits & 4) === 0 ? '-' : 'r'}${(bits & 2) === 0 ? '-' : 'w'}${(bits & 1) === 0 ? '-' : 'x'}`;
