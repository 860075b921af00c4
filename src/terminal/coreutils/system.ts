/** date, env, printenv, uname, stat, chmod, chown, df, du, kill, timeout, nohup, nice, nproc, watch, expr, which (GNU). */
import { failed, strerror } from '../../protocol/errno.ts';
import { SIGNALS } from '../../protocol/program.ts';
import { groupIdOf, groupNameOf, userIdOf, userNameOf } from '../accounts.ts';
import { fileText } from '../io.ts';
import { lookupPath, runAndWait, startChild, waitFor } from '../run-child.ts';
import { strftime } from '../strftime.ts';
import { signalByName } from '../signal-names.ts';
import type { Invocation } from './command.ts';
import { command, humanSize, usageError } from './command.ts';
import { modeText } from './ls.ts';
import { parseMode } from './mode.ts';
import { parseDate } from './parse-date.ts';

export const date = command(
  {
    name: 'date',
    short: 'ud:s:I::Rr:f:',
    long: {
      utc: 'u',
      universal: 'u',
      date: 'd',
      set: 's',
      'iso-8601': 'I::',
      'rfc-email': 'R',
      'rfc-3339': 'rfc:',
      reference: 'r',
    },
  },
  async (call) => {
    const { process, io, options } = call;
    const now = process.time().realtimeUs;
    const text = options.value('d');
    const reference = options.value('r');
    let when: number | undefined = text === undefined ? now : parseDate(text, now);
    if (reference !== undefined) {
      const stat = process.stat(reference);
      if (failed(stat)) {
        await io.warn(`${reference}: ${strerror(stat)}`);
        return 1;
      }
      when = stat.modifiedMs * 1_000;
    }
    if (when === undefined) {
      await io.warn(`invalid date \u2018${text ?? ''}\u2019`);
      return 1;
    }
    if (options.has('s')) {
      await io.warn("drydock: 'date --set' is not simulated");
      return 1;
    }
    const [format] = call.operands;
    const iso = options.value('I');
    const pattern =
      format?.startsWith('+') === true
        ? format.slice(1)
        : options.has('R')
          ? '%a, %d %b %Y %H:%M:%S %z'
          : iso !== undefined
            ? iso === 'seconds' || iso === 's'
              ? '%Y-%m-%dT%H:%M:%S%:z'
              : iso === 'minutes'
                ? '%Y-%m-%dT%H:%M%:z'
                : iso === 'hours'
                  ? '%Y-%m-%dT%H%:z'
                  : iso === 'ns'
                    ? '%Y-%m-%dT%H:%M:%S,%N%:z'
                    : '%Y-%m-%d'
            : options.has('rfc')
              ? options.value('rfc') === 'date'
                ? '%Y-%m-%d'
                : '%Y-%m-%d %H:%M:%S%:z'
              : '%a %b %e %H:%M:%S %Z %Y';
    if (format !== undefined && !format.startsWith('+')) {
      await io.warn(`invalid date \u2018${format}\u2019`);
      return 1;
    }
    io.line(strftime(pattern, when));
    return await io.end(0);
  },
);

export const env = command(
  {
    name: 'env',
    short: 'iu:0C:S:',
    long: { 'ignore-environment': 'i', unset: 'u', null: '0', chdir: 'C' },
    stopEarly: true,
    usageStatus: 125,
  },
  async (call) => {
    const { process, io, options } = call;
    const variables: Record<string, string> = options.has('i') ? {} : { ...process.env };
    for (const name of options.values('u')) delete variables[name];
    let at = 0;
    for (; at < call.operands.length && (call.operands[at] ?? '').includes('='); at += 1) {
      const [name = '', ...value] = (call.operands[at] ?? '').split('=');
      variables[name] = value.join('=');
    }
    if (call.operands[0] === '-') at += 1;
    const argv = call.operands.slice(at);
    if (argv.length === 0) {
      for (const [name, value] of Object.entries(variables))
        io.out(`${name}=${value}${options.has('0') ? '\0' : '\n'}`);
      return await io.end(0);
    }
    const path = lookupPath(process, argv[0] ?? '', variables['PATH']);
    const failure = path === undefined ? { errno: 'ENOENT' as const } : await process.exec(path, argv, variables);
    await io.warn(
      `'${argv[0] ?? ''}': ${strerror(failure)}`.replace(
        /^'(.*)': No such/,
        call.flavour === 'busybox' ? "can't execute '$1': No such" : '\u2018$1\u2019: No such',
      ),
    );
    return failure.errno === 'ENOENT' ? 127 : 126;
  },
);

export const printenv = command({ name: 'printenv', short: '0' }, async (call) => {
  let status = 0;
  if (call.operands.length === 0)
    for (const [name, value] of Object.entries(call.process.env)) call.io.line(`${name}=${value}`);
  for (const name of call.operands) {
    const value = call.process.env[name];
    if (value === undefined) status = 1;
    else call.io.line(value);
  }
  return await call.io.end(status);
});

export const uname = command(
  {
    name: 'uname',
    short: 'asnrvmpio',
    long: {
      all: 'a',
      'kernel-name': 's',
      nodename: 'n',
      'kernel-release': 'r',
      'kernel-version': 'v',
      machine: 'm',
      'operating-system': 'o',
    },
  },
  async (call) => {
    const release = fileText(call.process, '/proc/sys/kernel/osrelease')?.trim() ?? '6.8.0-31-generic';
    const version =
      fileText(call.process, '/proc/sys/kernel/version')?.trim() ??
      '#31-Ubuntu SMP PREEMPT_DYNAMIC Sat Apr 20 00:40:06 UTC 2024';
    const values: readonly (readonly [string, string])[] = [
      ['s', 'Linux'],
      ['n', call.process.hostname()],
      ['r', release],
      ['v', version],
      ['m', 'x86_64'],
      ['p', 'x86_64'],
      ['i', 'x86_64'],
      ['o', 'GNU/Linux'],
    ];
    const wanted = values.filter(
      ([letter]) =>
        call.options.has(letter) ||
        (call.options.has('a') && !(call.flavour === 'busybox' && 'pi'.includes(letter))) ||
        (call.options.order.length === 0 && letter === 's'),
    );
    call.io.line(
      wanted.map(([letter, value]) => (letter === 'o' && call.flavour === 'busybox' ? 'Linux' : value)).join(' '),
    );
    return await call.io.end(0);
  },
);

export const stat = command(
  {
    name: 'stat',
    short: 'Lfc:t',
    long: { dereference: 'L', format: 'c', printf: 'printf:', 'file-system': 'f', terse: 't' },
  },
  async (call) => {
    const { process, io, options } = call;
    if (call.operands.length === 0) return await usageError(call, 'missing operand');
    let status = 0;
    for (const path of call.operands) {
      const found = options.has('L') ? process.stat(path) : process.lstat(path);
      if (failed(found)) {
        await io.warn(
          call.flavour === 'busybox'
            ? `can't stat '${path}': ${strerror(found)}`
            : `cannot statx '${path}': ${strerror(found)}`,
        );
        status = 1;
        continue;
      }
      const target = found.type === 'symlink' ? process.readlink(path) : undefined;
      const types = {
        file: found.size === 0 ? 'regular empty file' : 'regular file',
        directory: 'directory',
        symlink: 'symbolic link',
        char: 'character special file',
        block: 'block special file',
        fifo: 'fifo',
        socket: 'socket',
      };
      const user = userNameOf(process, found.uid) ?? 'UNKNOWN';
      const group = groupNameOf(process, found.gid) ?? 'UNKNOWN';
      const blocks = Math.ceil(found.size / 4_096) * 8;
      const time = (ms: number): string => strftime('%Y-%m-%d %H:%M:%S.%N +0000', ms * 1_000);
      const format = options.value('c') ?? options.value('printf');
      if (format !== undefined) {
        const value = (code: string): string =>
          ({
            n: path,
            N: target === undefined || failed(target) ? `'${path}'` : `'${path}' -> '${target}'`,
            s: String(found.size),
            a: found.mode.toString(8),
            A: modeText(found),
            u: String(found.uid),
            g: String(found.gid),
            U: user,
            G: group,
            F: types[found.type],
            i: String(found.inode),
            h: String(found.links),
            b: String(blocks),
            B: '512',
            o: '4096',
            d: String(found.device),
            y: time(found.modifiedMs),
            Y: String(Math.floor(found.modifiedMs / 1_000)),
            x: time(found.accessedMs),
            X: String(Math.floor(found.accessedMs / 1_000)),
            z: time(found.changedMs),
            Z: String(Math.floor(found.changedMs / 1_000)),
            w: '-',
            W: '0',
            '%': '%',
          })[code] ?? '?';
        const text = format.replace(/%([a-zA-Z%])/g, (_, code: string) => value(code));
        io.out(options.has('printf') ? text.replace(/\\n/g, '\n').replace(/\\t/g, '\t') : `${text}\n`);
        continue;
      }
      io.line(`  File: ${path}${target === undefined || failed(target) ? '' : ` -> ${target}`}`);
      io.line(
        `  Size: ${String(found.size).padEnd(15)}\tBlocks: ${String(blocks).padEnd(10)} IO Block: 4096   ${types[found.type]}`,
      );
      io.line(
        `Device: ${String(found.device >> 8)},${String(found.device & 255)}\tInode: ${String(found.inode).padEnd(11)} Links: ${String(found.links)}`,
      );
      io.line(
        `Access: (${found.mode.toString(8).padStart(4, '0')}/${modeText(found)})  Uid: (${String(found.uid).padStart(5)}/${user.padStart(8)})   Gid: (${String(found.gid).padStart(5)}/${group.padStart(8)})`,
      );
      io.out(
        `Access: ${time(found.accessedMs)}\nModify: ${time(found.modifiedMs)}\nChange: ${time(found.changedMs)}\n Birth: -\n`,
      );
    }
    return await io.end(status);
  },
);

async function eachPath(
  call: Invocation,
  paths: readonly string[],
  recursive: boolean,
  use: (path: string, directory: boolean) => string | undefined,
): Promise<number> {
  let status = 0;
  const visit = async (path: string): Promise<void> => {
    const found = call.process.lstat(path);
    if (failed(found)) {
      status = 1;
      await call.io.warn(
        call.flavour === 'busybox' ? `${path}: ${strerror(found)}` : `cannot access '${path}': ${strerror(found)}`,
      );
      return;
    }
    const problem = use(path, found.type === 'directory');
    if (problem !== undefined) {
      status = 1;
      await call.io.warn(problem);
    }
    const entries = recursive && found.type === 'directory' ? call.process.readdir(path) : [];
    if (!failed(entries))
      for (const { name } of entries) await visit(path.endsWith('/') ? path + name : `${path}/${name}`);
  };
  for (const path of paths) await visit(path);
  return status;
}

export const chmod = command(
  {
    name: 'chmod',
    short: 'RvcfrwxXstugoa+=,',
    long: { recursive: 'R', verbose: 'v', changes: 'c', reference: 'reference:' },
  },
  async (call) => {
    const letters = call.options.order
      .filter(([letter]) => 'rwxXst'.includes(letter))
      .map(([letter]) => letter)
      .join('');
    const operands = letters === '' ? call.operands : [`-${letters}`, ...call.operands];
    const [mode, ...paths] = operands;
    if (mode === undefined) return await usageError(call, 'missing operand');
    if (paths.length === 0) return await usageError(call, `missing operand after '${mode}'`);
    if (parseMode(mode, 0, 0) === undefined) return await usageError(call, `invalid mode: '${mode}'`);
    return await eachPath(call, paths, call.options.has('R'), (path, directory) => {
      const found = call.process.stat(path);
      if (failed(found)) return undefined;
      const next = parseMode(mode, found.mode, call.process.umask(), directory) ?? found.mode;
      const done = call.process.chmod(path, next);
      if (call.options.has('v'))
        call.io.line(
          `mode of '${path}' ${next === found.mode ? 'retained as' : 'changed from'} ${found.mode.toString(8).padStart(4, '0')} (${modeText(found).slice(1)})${next === found.mode ? '' : ` to ${next.toString(8).padStart(4, '0')} (${modeText({ ...found, mode: next }).slice(1)})`}`,
        );
      return failed(done) ? `changing permissions of '${path}': ${strerror(done)}` : undefined;
    });
  },
);

function owner(name: 'chown' | 'chgrp') {
  return command(
    { name, short: 'RvcfhLPH', long: { recursive: 'R', verbose: 'v', 'no-dereference': 'h', reference: 'reference:' } },
    async (call) => {
      const [spec, ...paths] = call.operands;
      if (spec === undefined) return await usageError(call, 'missing operand');
      if (paths.length === 0) return await usageError(call, `missing operand after '${spec}'`);
      const [user = '', group] = name === 'chgrp' ? ['', spec] : spec.split(/[:.]/);
      const uid = user === '' ? -1 : userIdOf(call.process, user);
      const gid = group === undefined || group === '' ? -1 : groupIdOf(call.process, group);
      if (uid === undefined || gid === undefined) {
        await call.io.warn(
          uid === undefined
            ? `invalid user: \u2018${spec}\u2019`
            : name === 'chgrp'
              ? `invalid group: \u2018${spec}\u2019`
              : `invalid group: \u2018${spec}\u2019`,
        );
        return 1;
      }
      return await eachPath(call, paths, call.options.has('R'), (path) => {
        const old = call.process.lstat(path);
        if (failed(old)) return undefined;
        const done = call.process.chown(path, uid < 0 ? old.uid : uid, gid < 0 ? old.gid : gid, {
          noFollow: call.options.has('h') || call.options.has('R'),
        });
        return failed(done)
          ? `changing ${name === 'chgrp' ? 'group' : 'ownership'} of '${path}': ${strerror(done)}`
          : undefined;
      });
    },
  );
}
export const chown = owner('chown');
export const chgrp = owner('chgrp');

export const df = command(
  {
    name: 'df',
    short: 'hHTaikmPlt:x:B:',
    long: {
      'human-readable': 'h',
      'print-type': 'T',
      all: 'a',
      inodes: 'i',
      portability: 'P',
      type: 't',
      'exclude-type': 'x',
      output: 'output::',
      total: 'total',
    },
  },
  async (call) => {
    const { process, io, options } = call;
    const mounts = (fileText(process, '/proc/self/mounts') ?? fileText(process, '/proc/mounts') ?? '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split(' '));
    const header = [
      ['Filesystem'],
      options.has('T') ? ['Type'] : [],
      options.has('i')
        ? ['Inodes', 'IUsed', 'IFree', 'IUse%']
        : [
            options.has('h') || options.has('H') ? 'Size' : options.has('m') ? '1M-blocks' : '1K-blocks',
            'Used',
            options.has('h') || options.has('H') ? 'Avail' : 'Available',
            'Use%',
          ],
      ['Mounted on'],
    ].flat();
    const rows: string[][] = [header];
    let status = 0;
    const wanted: (readonly [string, string, string])[] = [];
    if (call.operands.length === 0) {
      for (const [source = '', target = '', type = ''] of mounts) {
        const found = process.statfs(target);
        if (
          failed(found) ||
          (found.totalBytes === 0 && !options.has('a')) ||
          wanted.some(([, other]) => other === target)
        )
          continue;
        if (options.has('t') && !options.values('t').includes(type)) continue;
        if (options.values('x').includes(type)) continue;
        wanted.push([source, target, type]);
      }
    }
    for (const path of call.operands) {
      const real = process.realpath(path);
      if (failed(real)) {
        await io.warn(
          call.flavour === 'busybox'
            ? `${path}: can't find mount point: ${strerror(real)}`
            : `${path}: ${strerror(real)}`,
        );
        status = 1;
        continue;
      }
      const best = mounts
        .filter(([, target = '']) => real === target || real.startsWith(target === '/' ? '/' : `${target}/`))
        .sort((a, b) => (b[1]?.length ?? 0) - (a[1]?.length ?? 0))[0];
      if (best !== undefined) wanted.push([best[0] ?? '', best[1] ?? '', best[2] ?? '']);
    }
    for (const [source, target, type] of wanted) {
      const found = process.statfs(target);
      if (failed(found)) continue;
      const show = (bytes: number): string =>
        options.has('h')
          ? humanSize(bytes)
          : options.has('H')
            ? humanSize(bytes, 1_000)
            : String(Math.ceil(bytes / (options.has('m') ? 1_048_576 : 1_024)));
      const used = found.totalBytes - found.freeBytes;
      const cells = options.has('i')
        ? [
            String(found.inodes),
            String(found.inodes - found.freeInodes),
            String(found.freeInodes),
            percent(found.inodes - found.freeInodes, found.inodes),
          ]
        : [show(found.totalBytes), show(used), show(found.freeBytes), percent(used, found.totalBytes)];
      rows.push([source, ...(options.has('T') ? [type] : []), ...cells, target]);
    }
    if (rows.length === 1) return call.operands.length > 0 ? status : 0;
    const lefts = options.has('T') ? 2 : 1;
    const widths = header.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
    widths[0] = Math.max(widths[0] ?? 0, 14);
    for (const row of rows)
      io.line(
        row
          .map((cell, column) =>
            column === row.length - 1
              ? cell
              : column < lefts
                ? cell.padEnd(widths[column] ?? 0)
                : cell.padStart(Math.max(widths[column] ?? 0, column === row.length - 2 ? 4 : 5)),
          )
          .join(' '),
      );
    return await io.end(status);
  },
);
const percent = (used: number, total: number): string =>
  total === 0 ? '-' : `${String(Math.ceil((used / total) * 100))}%`;

export const du = command(
  {
    name: 'du',
    short: 'ashckmbd:xLDHS',
    long: {
      all: 'a',
      summarize: 's',
      'human-readable': 'h',
      total: 'c',
      'max-depth': 'd',
      bytes: 'b',
      'apparent-size': 'apparent',
    },
  },
  async (call) => {
    const { process, io, options } = call;
    const limit = options.has('s') ? 0 : Number(options.value('d') ?? Infinity);
    const show = (bytes: number): string =>
      options.has('h')
        ? humanSize(bytes)
        : options.has('b')
          ? String(bytes)
          : options.has('m')
            ? String(Math.ceil(bytes / 1_048_576))
            : String(Math.ceil(bytes / 1_024));
    let total = 0;
    let status = 0;
    const walk = async (path: string, depth: number): Promise<number> => {
      const found = process.lstat(path);
      if (failed(found)) {
        await io.warn(`cannot access '${path}': ${strerror(found)}`);
        status = 1;
        return 0;
      }
      let size =
        options.has('b') || options.has('apparent')
          ? found.size
          : Math.ceil(Math.max(found.size, found.type === 'directory' ? 4_096 : 0) / 4_096) * 4_096;
      const entries = found.type === 'directory' ? process.readdir(path) : [];
      if (!failed(entries))
        for (const { name } of entries)
          size += await walk(path.endsWith('/') ? path + name : `${path}/${name}`, depth + 1);
      if (depth <= limit && (found.type === 'directory' || options.has('a') || depth === 0))
        io.line(`${show(size)}\t${path}`);
      return size;
    };
    for (const path of call.operands.length === 0 ? ['.'] : call.operands) total += await walk(path, 0);
    if (options.has('c')) io.line(`${show(total)}\ttotal`);
    return await io.end(status);
  },
);

export const kill = command(
  { name: 'kill', short: 's:l0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', long: { signal: 's', list: 'l' } },
  async (call) => {
    const { process, io, options } = call;
    if (options.has('l')) {
      io.line(SIGNALS.map((name) => name.slice(3)).join(' '));
      return await io.end(0);
    }
    const letters = options.order
      .filter(([letter]) => letter !== 's')
      .map(([letter]) => letter)
      .join('');
    const text = options.value('s') ?? (letters === '' ? 'TERM' : letters);
    const signal = text === '0' ? 0 : signalByName(text);
    if (signal === undefined) {
      await io.warn(`unknown signal ${text}`);
      return 1;
    }
    let status = 0;
    for (const pid of call.operands) {
      const done = process.kill(Number(pid), signal);
      if (failed(done)) {
        await io.warn(
          call.flavour === 'busybox'
            ? `can't kill pid ${pid}: ${strerror(done)}`
            : `sending signal to ${pid} failed: ${strerror(done)}`,
        );
        status = 1;
      }
    }
    return status;
  },
);

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };
export const timeout = command(
  {
    name: 'timeout',
    short: 's:k:vf',
    long: { signal: 's', 'kill-after': 'k', 'preserve-status': 'ps', foreground: 'f', verbose: 'v' },
    stopEarly: true,
    usageStatus: 125,
  },
  async (call) => {
    const { process, io, options } = call;
    const [limit, ...argv] = call.operands;
    if (limit === undefined || argv.length === 0) return await usageError(call, 'missing operand', 125);
    const match = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(limit);
    if (match === null) return await usageError(call, `invalid time interval '${limit}'`, 125);
    const signal = signalByName(options.value('s') ?? 'TERM');
    if (signal === undefined) return await usageError(call, `'${options.value('s') ?? ''}': invalid signal`, 125);
    process.sigaction('SIGCHLD', 'catch');
    const pid = startChild(process, argv);
    if (typeof pid !== 'number') {
      await io.warn(`failed to run command \u2018${argv[0] ?? ''}\u2019: ${pid.message}`);
      return pid.code;
    }
    const us = Math.round(Number(match[1]) * (UNITS[match[2] === '' ? 's' : (match[2] ?? 's')] ?? 1) * 1e6);
    const until = process.time().monotonicUs + us;
    let sent = false;
    for (;;) {
      const done = await process.wait(pid, { noHang: true });
      if (!failed(done) && done !== undefined && done.type !== 'stopped' && done.type !== 'continued') {
        if (sent && !options.has('ps')) return signal === 'SIGKILL' ? 137 : 124;
        return done.type === 'exited' ? done.code : 128 + SIGNALS.indexOf(done.signal) + 1;
      }
      const left = until - process.time().monotonicUs;
      if (us > 0 && left <= 0 && !sent) {
        process.kill(pid, signal);
        process.kill(pid, 'SIGCONT');
        sent = true;
        const killAfter = options.value('k');
        if (killAfter !== undefined) {
          await process.sleep(Number(killAfter.replace(/[smhd]$/, '')) * 1e6);
          process.kill(pid, 'SIGKILL');
        }
        continue;
      }
      process.takeSignals();
      if (sent || us === 0) {
        const ended = await waitFor(process, pid);
        const code = ended.type === 'done' ? ended.code : 1;
        return sent && !options.has('ps') ? (signal === 'SIGKILL' ? 137 : 124) : code;
      }
      await process.sleep(left);
      process.takeSignals();
    }
  },
);

export const nohup = command({ name: 'nohup', short: '', stopEarly: true, usageStatus: 125 }, async (call) => {
  const { process, io } = call;
  if (call.operands.length === 0) return await usageError(call, 'missing operand', 125);
  process.sigaction('SIGHUP', 'ignore');
  if (process.isatty(1)) {
    const fd = process.open('nohup.out', { write: true, create: true, append: true }, 0o600);
    if (!failed(fd)) {
      await io.warn(`ignoring input and appending output to 'nohup.out'`);
      process.dup2(fd, 1);
      if (process.isatty(2)) process.dup2(fd, 2);
    }
  }
  const path = lookupPath(process, call.operands[0] ?? '');
  const failure =
    path === undefined ? { errno: 'ENOENT' as const } : await process.exec(path, call.operands, process.env);
  await io.warn(`failed to run command \u2018${call.operands[0] ?? ''}\u2019: ${strerror(failure)}`);
  return failure.errno === 'ENOENT' ? 127 : 126;
});

export const nice = command(
  { name: 'nice', short: 'n:', long: { adjustment: 'n' }, numeric: 'n', stopEarly: true, usageStatus: 125 },
  async (call) => {
    const { process, io } = call;
    if (call.operands.length === 0) {
      const value = process.nice(0);
      io.line(String(failed(value) ? 0 : value));
      return await io.end(0);
    }
    process.nice(Number(call.options.value('n') ?? '10'));
    const path = lookupPath(process, call.operands[0] ?? '');
    const failure =
      path === undefined ? { errno: 'ENOENT' as const } : await process.exec(path, call.operands, process.env);
    await io.warn(`'${call.operands[0] ?? ''}': ${strerror(failure)}`);
    return failure.errno === 'ENOENT' ? 127 : 126;
  },
);

export const nproc = command({ name: 'nproc', short: '', long: { all: 'a' } }, async (call) => {
  const count = (fileText(call.process, '/proc/cpuinfo') ?? '')
    .split('\n')
    .filter((line) => line.startsWith('processor')).length;
  call.io.line(String(Math.max(1, count)));
  return await call.io.end(0);
});

export const watch = command(
  {
    name: 'watch',
    short: 'n:dtegcx',
    long: { interval: 'n', differences: 'd', 'no-title': 't', errexit: 'e', chgexit: 'g', color: 'c', exec: 'x' },
    stopEarly: true,
  },
  async (call) => {
    const { process, io, options } = call;
    if (call.operands.length === 0) return await usageError(call, 'missing command');
    const seconds = Math.max(0.1, Number(options.value('n') ?? '2'));
    for (;;) {
      const size = process.windowSize(1);
      const columns = failed(size) ? 80 : size.columns;
      const title = `Every ${seconds.toFixed(1)}s: ${call.operands.join(' ')}`;
      const right = `${process.hostname()}: ${strftime('%a %b %e %H:%M:%S %Y', process.time().realtimeUs)}`;
      io.out(
        `\x1b[H\x1b[2J${options.has('t') ? '' : `${title}${' '.repeat(Math.max(1, columns - title.length - right.length))}${right}\n\n`}`,
      );
      await io.flush();
      const result = await runAndWait(
        process,
        options.has('x') ? call.operands : ['sh', '-c', call.operands.join(' ')],
      );
      if (options.has('e') && result.type === 'done' && result.code !== 0) return 8;
      await process.sleep(seconds * 1e6);
    }
  },
);

export const which = command({ name: 'which', short: 'as' }, async (call) => {
  let status = call.operands.length === 0 ? 1 : 0;
  for (const name of call.operands) {
    const path = lookupPath(call.process, name);
    if (path === undefined) status = 1;
    else call.io.line(path);
  }
  return await call.io.end(status);
});
