/** cp, mv, rm, mkdir, rmdir, touch, ln, readlink, realpath, mktemp, truncate (GNU coreutils 9.4). */
import { failed, strerror } from '../../protocol/errno.ts';
import type { Result } from '../../protocol/errno.ts';
import { baseName } from '../io.ts';
import { parseMode } from './mode.ts';
import type { Invocation } from './command.ts';
import { command, parseSize, usageError } from './command.ts';
import { parseDate } from './parse-date.ts';

const join = (directory: string, name: string): string =>
  directory.endsWith('/') ? directory + name : `${directory}/${name}`;
const trimSlash = (path: string): string => (path.length > 1 ? path.replace(/\/+$/, '') || '/' : path);
const isDirectory = (call: Invocation, path: string): boolean => {
  const stat = call.process.stat(path);
  return !failed(stat) && stat.type === 'directory';
};

export const mkdir = command(
  { name: 'mkdir', short: 'pvm:', long: { parents: 'p', verbose: 'v', mode: 'm' } },
  async (call) => {
    const { process, io, options } = call;
    if (call.operands.length === 0) return await usageError(call, 'missing operand');
    const mode =
      options.value('m') === undefined ? undefined : parseMode(options.value('m') ?? '', 0o777, process.umask());
    let status = 0;
    for (const path of call.operands) {
      const steps = options.has('p')
        ? path
            .split('/')
            .map((_, at, all) => all.slice(0, at + 1).join('/'))
            .filter((step) => step !== '')
        : [trimSlash(path)];
      for (const step of steps) {
        const last = step === steps.at(-1);
        if (options.has('p') && isDirectory(call, step)) continue;
        const made = process.mkdir(step, last && mode !== undefined ? mode : 0o777);
        if (failed(made)) {
          await io.warn(
            call.flavour === 'busybox'
              ? `can't create directory '${path}': ${strerror(made)}`
              : `cannot create directory \u2018${made.errno === 'ENOTDIR' || made.errno === 'EEXIST' ? step : path}\u2019: ${strerror(made)}`,
          );
          status = 1;
          break;
        }
        if (last && mode !== undefined) process.chmod(step, mode);
        if (options.has('v')) io.line(`mkdir: created directory '${step}'`);
      }
    }
    return await io.end(status);
  },
);

export const rmdir = command(
  { name: 'rmdir', short: 'pv', long: { parents: 'p', verbose: 'v', 'ignore-fail-on-non-empty': 'ignore' } },
  async (call) => {
    if (call.operands.length === 0) return await usageError(call, 'missing operand');
    let status = 0;
    for (const path of call.operands) {
      for (
        let step = trimSlash(path);
        step !== '' && step !== '.' && step !== '/';
        step = step.includes('/') ? step.slice(0, step.lastIndexOf('/')) : ''
      ) {
        const removed = call.process.rmdir(step);
        if (failed(removed)) {
          if (!(call.options.has('ignore') && removed.errno === 'ENOTEMPTY')) {
            await call.io.warn(
              call.flavour === 'busybox'
                ? `'${step}': ${strerror(removed)}`
                : `failed to remove '${step}': ${strerror(removed)}`,
            );
            status = 1;
          }
          break;
        }
        if (!call.options.has('p')) break;
      }
    }
    return status;
  },
);

export const rm = command(
  {
    name: 'rm',
    short: 'rRfivId',
    long: {
      recursive: 'r',
      force: 'f',
      interactive: 'i',
      verbose: 'v',
      dir: 'd',
      'no-preserve-root': 'npr',
      'preserve-root': 'pr',
      'one-file-system': 'ofs',
    },
  },
  async (call) => {
    const { process, io, options } = call;
    const force = options.has('f');
    if (call.operands.length === 0) return force ? 0 : await usageError(call, 'missing operand');
    const recursive = options.has('r') || options.has('R');
    let status = 0;
    const complain = async (text: string): Promise<void> => {
      status = 1;
      await io.warn(text);
    };
    const remove = async (path: string): Promise<void> => {
      const stat = process.lstat(path);
      if (failed(stat)) {
        if (!(force && (stat.errno === 'ENOENT' || stat.errno === 'ENOTDIR')))
          await complain(
            call.flavour === 'busybox'
              ? `can't remove '${path}': ${strerror(stat)}`
              : `cannot remove '${path}': ${strerror(stat)}`,
          );
        return;
      }
      if (stat.type === 'directory') {
        if (!recursive && !options.has('d')) {
          await complain(
            call.flavour === 'busybox' ? `'${path}' is a directory` : `cannot remove '${path}': Is a directory`,
          );
          return;
        }
        const entries = recursive ? process.readdir(path) : [];
        if (!failed(entries)) for (const { name } of entries) await remove(join(path, name));
        const removed = process.rmdir(path);
        if (failed(removed)) await complain(`cannot remove '${path}': ${strerror(removed)}`);
        else if (options.has('v')) io.line(`removed directory '${path}'`);
        return;
      }
      if (options.has('i')) {
        await io.raw(`rm: remove regular ${stat.size === 0 ? 'empty ' : ''}file '${path}'? `);
        const answer = await process.read(0, 4_096);
        if (failed(answer) || !/^[yY]/.test(String.fromCharCode(...answer))) return;
      }
      const removed = process.unlink(path);
      if (failed(removed)) await complain(`cannot remove '${path}': ${strerror(removed)}`);
      else if (options.has('v')) io.line(`removed '${path}'`);
    };
    for (const path of call.operands) {
      const base = baseName(trimSlash(path));
      if (recursive && (base === '.' || base === '..'))
        await complain(`refusing to remove '.' or '..' directory: skipping '${path}'`);
      else if (recursive && trimSlash(path) === '/' && !options.has('npr')) {
        await complain("it is dangerous to operate recursively on '/'");
        await io.raw('rm: use --no-preserve-root to override this failsafe\n');
      } else await remove(path);
    }
    return await io.end(status);
  },
);

export const cp = command(
  {
    name: 'cp',
    short: 'rRapfivnudLPHTt:lsx',
    long: {
      recursive: 'r',
      archive: 'a',
      preserve: 'preserve::',
      force: 'f',
      interactive: 'i',
      verbose: 'v',
      'no-clobber': 'n',
      update: 'u',
      'target-directory': 't',
      'no-target-directory': 'T',
      link: 'l',
      'symbolic-link': 's',
      dereference: 'L',
      'no-dereference': 'P',
      parents: 'parents',
    },
  },
  async (call) => await transfer(call, 'copy'),
);
export const mv = command(
  {
    name: 'mv',
    short: 'fivnuTt:',
    long: {
      force: 'f',
      interactive: 'i',
      verbose: 'v',
      'no-clobber': 'n',
      update: 'u',
      'target-directory': 't',
      'no-target-directory': 'T',
    },
  },
  async (call) => await transfer(call, 'move'),
);

async function transfer(call: Invocation, how: 'copy' | 'move'): Promise<number> {
  const { io, options } = call;
  const into = options.value('t');
  const operands = into === undefined ? call.operands : [...call.operands, into];
  const [first] = operands;
  if (first === undefined) return await usageError(call, 'missing file operand');
  if (operands.length === 1) return await usageError(call, `missing destination file operand after '${first}'`);
  const target = operands.at(-1) ?? '';
  const sources = operands.slice(0, -1);
  const directory = isDirectory(call, target) && !options.has('T');
  if (sources.length > 1 && !directory) {
    const stat = call.process.stat(target);
    await io.warn(failed(stat) ? `target '${target}': ${strerror(stat)}` : `target '${target}': Not a directory`);
    return 1;
  }
  let status = 0;
  for (const source of sources) {
    const destination = directory ? join(target, baseName(trimSlash(source))) : target;
    const copier = new Copier(call);
    if (how === 'move') status = Math.max(status, await moveOne(call, copier, source, destination));
    else await copier.copy(source, destination, true);
    status = Math.max(status, copier.status);
  }
  return await io.end(status);
}

async function moveOne(call: Invocation, copier: Copier, source: string, destination: string): Promise<number> {
  const { process, io, options } = call;
  const stat = process.lstat(source);
  if (failed(stat)) {
    await io.warn(
      call.flavour === 'busybox'
        ? `can't rename '${source}': ${strerror(stat)}`
        : `cannot stat '${source}': ${strerror(stat)}`,
    );
    return 1;
  }
  const old = process.lstat(destination);
  if (!failed(old)) {
    if (options.has('n')) return 0;
    if (old.inode === stat.inode && old.device === stat.device) {
      await io.warn(`'${source}' and '${destination}' are the same file`);
      return 1;
    }
    if (old.type === 'directory' && stat.type !== 'directory') {
      await io.warn(`cannot overwrite directory '${destination}' with non-directory`);
      return 1;
    }
  }
  const renamed = process.rename(source, destination);
  if (failed(renamed) && renamed.errno === 'EXDEV') {
    copier.archive = true;
    await copier.copy(source, destination, true);
    if (copier.status === 0) removeTree(call, source);
  } else if (failed(renamed)) {
    await io.warn(
      renamed.errno === 'EINVAL'
        ? `cannot move '${source}' to a subdirectory of itself, '${destination}'`
        : `cannot move '${source}' to '${destination}': ${strerror(renamed)}`,
    );
    return 1;
  }
  if (options.has('v')) io.line(`renamed '${source}' -> '${destination}'`);
  return 0;
}

function removeTree(call: Invocation, path: string): void {
  const stat = call.process.lstat(path);
  if (failed(stat)) return;
  if (stat.type !== 'directory') {
    call.process.unlink(path);
    return;
  }
  const entries = call.process.readdir(path);
  if (!failed(entries)) for (const { name } of entries) removeTree(call, join(path, name));
  call.process.rmdir(path);
}

class Copier {
  readonly #call: Invocation;
  status = 0;
  archive: boolean;

  constructor(call: Invocation) {
    this.#call = call;
    this.archive = call.options.has('a');
  }

  async #fault(text: string): Promise<void> {
    this.status = 1;
    await this.#call.io.warn(text);
  }

  async copy(source: string, destination: string, top: boolean): Promise<void> {
    const { process, options, io } = this.#call;
    const recursive = this.archive || options.has('r') || options.has('R');
    const keepLinks = this.archive || options.has('d') || options.has('P') || (recursive && !top && !options.has('L'));
    const stat = keepLinks ? process.lstat(source) : process.stat(source);
    if (failed(stat)) {
      await this.#fault(
        this.#call.flavour === 'busybox'
          ? `can't stat '${source}': ${strerror(stat)}`
          : `cannot stat '${source}': ${strerror(stat)}`,
      );
      return;
    }
    const old = process.stat(destination);
    if (!failed(old) && old.inode === stat.inode && old.device === stat.device && stat.type !== 'symlink') {
      await this.#fault(`'${source}' and '${destination}' are the same file`);
      return;
    }
    if (stat.type === 'directory') {
      if (!recursive) {
        await this.#fault(
          this.#call.flavour === 'busybox'
            ? `omitting directory '${source}'`
            : `-r not specified; omitting directory '${source}'`,
        );
        return;
      }
      if (!failed(old) && old.type !== 'directory') {
        await this.#fault(`cannot overwrite non-directory '${destination}' with directory '${source}'`);
        return;
      }
      const absolute = (path: string): string => (path.startsWith('/') ? path : `${process.cwd()}/${path}`);
      if (`${absolute(destination)}/`.startsWith(`${absolute(trimSlash(source))}/`)) {
        await this.#fault(`cannot copy a directory, '${source}', into itself, '${destination}'`);
        return;
      }
      if (failed(old)) {
        const made = process.mkdir(destination, (stat.mode & 0o777) | 0o700);
        if (failed(made)) {
          await this.#fault(`cannot create directory '${destination}': ${strerror(made)}`);
          return;
        }
      }
      if (options.has('v')) io.line(`'${source}' -> '${destination}'`);
      const entries = process.readdir(source);
      if (!failed(entries))
        for (const { name } of entries) await this.copy(join(source, name), join(destination, name), false);
      this.#preserve(destination, stat);
      return;
    }
    if (!failed(old) && options.has('n')) return;
    if (!failed(old) && options.has('u') && old.modifiedMs >= stat.modifiedMs) return;
    if (!failed(old) && old.type === 'directory') {
      await this.#fault(
        `cannot overwrite directory '${destination}' with non-directory '${source}'`.replace(/ '[^']*'$/, ''),
      );
      return;
    }
    const done = this.#copyFile(source, destination, stat);
    if (failed(done)) {
      await this.#fault(
        done.errno === 'EACCES' && failed(process.access(source, { read: true }))
          ? `cannot open '${source}' for reading: ${strerror(done)}`
          : `cannot create regular file '${destination}': ${strerror(done)}`,
      );
      return;
    }
    if (options.has('v')) io.line(`'${source}' -> '${destination}'`);
    if (stat.type !== 'symlink') this.#preserve(destination, stat);
  }

  #copyFile(source: string, destination: string, stat: { readonly type: string; readonly mode: number }): Result<void> {
    const { process, options } = this.#call;
    if (stat.type === 'symlink') {
      const target = process.readlink(source);
      if (failed(target)) return target;
      process.unlink(destination);
      return process.symlink(target, destination);
    }
    if (options.has('l')) return process.link(source, destination);
    if (options.has('s')) return process.symlink(source, destination);
    if (stat.type === 'fifo') return process.mknod(destination, 'fifo', stat.mode);
    const bytes = process.readFile(source);
    if (failed(bytes)) return bytes;
    let written = process.writeFile(destination, bytes, { mode: stat.mode });
    if (failed(written) && options.has('f')) {
      process.unlink(destination);
      written = process.writeFile(destination, bytes, { mode: stat.mode });
    }
    return written;
  }

  #preserve(
    destination: string,
    stat: {
      readonly mode: number;
      readonly uid: number;
      readonly gid: number;
      readonly accessedMs: number;
      readonly modifiedMs: number;
    },
  ): void {
    const { process, options } = this.#call;
    if (!this.archive && !options.has('p') && !options.has('preserve')) return;
    process.chown(destination, stat.uid, stat.gid);
    process.chmod(destination, stat.mode);
    process.utimes(destination, stat.accessedMs, stat.modifiedMs);
  }
}

export const touch = command(
  { name: 'touch', short: 'acmt:r:d:h', long: { 'no-create': 'c', reference: 'r', date: 'd', time: 'time:' } },
  async (call) => {
    const { process, io, options } = call;
    if (call.operands.length === 0) return await usageError(call, 'missing file operand');
    let when = process.time().realtimeUs / 1_000;
    const reference = options.value('r') === undefined ? undefined : process.stat(options.value('r') ?? '');
    if (reference !== undefined && !failed(reference)) when = reference.modifiedMs;
    const text = options.value('d');
    if (text !== undefined) {
      const parsed = parseDate(text, process.time().realtimeUs);
      if (parsed === undefined) {
        await io.warn(`invalid date format '${text}'`);
        return 1;
      }
      when = parsed / 1_000;
    }
    let status = 0;
    for (const path of call.operands) {
      const stat = process.stat(path);
      if (failed(stat)) {
        if (options.has('c')) continue;
        const fd = process.open(path, { write: true, create: true }, 0o666);
        if (failed(fd)) {
          await io.warn(
            call.flavour === 'busybox' ? `${path}: ${strerror(fd)}` : `cannot touch '${path}': ${strerror(fd)}`,
          );
          status = 1;
          continue;
        }
        process.close(fd);
        if (text === undefined && reference === undefined) continue;
      }
      const accessed = options.has('m') && !failed(stat) ? stat.accessedMs : when;
      const done = process.utimes(
        path,
        accessed,
        options.has('a') && !options.has('m') && !failed(stat) ? stat.modifiedMs : when,
      );
      if (failed(done)) {
        await io.warn(`cannot touch '${path}': ${strerror(done)}`);
        status = 1;
      }
    }
    return status;
  },
);

export const ln = command(
  {
    name: 'ln',
    short: 'sfvnrTt:i',
    long: {
      symbolic: 's',
      force: 'f',
      verbose: 'v',
      'no-dereference': 'n',
      relative: 'r',
      'target-directory': 't',
      'no-target-directory': 'T',
    },
  },
  async (call) => {
    const { process, io, options } = call;
    const [first] = call.operands;
    if (first === undefined) return await usageError(call, 'missing file operand');
    const into = options.value('t');
    const operands =
      into === undefined ? (call.operands.length === 1 ? [first, '.'] : call.operands) : [...call.operands, into];
    const target = operands.at(-1) ?? '.';
    const link = process.lstat(target);
    const directory =
      isDirectory(call, target) && !options.has('T') && !(options.has('n') && !failed(link) && link.type === 'symlink');
    let status = 0;
    for (const source of operands.slice(0, -1)) {
      const path = directory ? join(target, baseName(trimSlash(source))) : target;
      if (options.has('f')) process.unlink(path);
      if (!options.has('s') && failed(process.lstat(source))) {
        await io.warn(`failed to access '${source}': No such file or directory`);
        status = 1;
        continue;
      }
      const made = options.has('s') ? process.symlink(source, path) : process.link(source, path);
      if (failed(made)) {
        await io.warn(`failed to create ${options.has('s') ? 'symbolic' : 'hard'} link '${path}': ${strerror(made)}`);
        status = 1;
      } else if (options.has('v')) io.line(`'${path}' ${options.has('s') ? '->' : '=>'} '${source}'`);
    }
    return await io.end(status);
  },
);

export const readlink = command(
  { name: 'readlink', short: 'femnqsvz', long: { canonicalize: 'f', 'no-newline': 'n' } },
  async (call) => {
    const { process, io, options } = call;
    if (call.operands.length === 0) return await usageError(call, 'missing operand');
    let status = 0;
    for (const path of call.operands) {
      let found =
        options.has('f') || options.has('e') || options.has('m') ? process.realpath(path) : process.readlink(path);
      if (failed(found) && (options.has('f') || options.has('m'))) {
        const parent = process.realpath(path.includes('/') ? path.slice(0, path.lastIndexOf('/')) || '/' : '.');
        if (!failed(parent)) found = join(parent, baseName(path));
      }
      if (failed(found)) status = 1;
      else io.out(found + (options.has('n') ? '' : '\n'));
    }
    return await io.end(status);
  },
);

export const realpath = command(
  {
    name: 'realpath',
    short: 'emLPqsz',
    long: { 'canonicalize-existing': 'e', 'canonicalize-missing': 'm', strip: 's', quiet: 'q' },
  },
  async (call) => {
    const { process, io } = call;
    if (call.operands.length === 0) return await usageError(call, 'missing operand');
    let status = 0;
    for (const path of call.operands) {
      let found = process.realpath(path);
      if (failed(found) && found.errno === 'ENOENT' && !call.options.has('e')) {
        const parent = process.realpath(path.includes('/') ? path.slice(0, path.lastIndexOf('/')) || '/' : '.');
        if (!failed(parent)) found = join(parent, baseName(trimSlash(path)));
      }
      if (failed(found)) {
        await io.warn(`${path}: ${strerror(found)}`);
        status = 1;
      } else io.line(found);
    }
    return await io.end(status);
  },
);

export const mktemp = command(
  { name: 'mktemp', short: 'dup:qt', long: { directory: 'd', 'dry-run': 'u', tmpdir: 'p', suffix: 'suffix:' } },
  async (call) => {
    const { process, io, options } = call;
    const template = call.operands[0] ?? 'tmp.XXXXXXXXXX';
    const holes = /X{3,}(?=[^X]*$)/.exec(template);
    if (holes === null) {
      await io.warn(`too few X's in template '${template}'`);
      return 1;
    }
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
    const directory = options.value('p') || process.env['TMPDIR'] || '/tmp';
    const inDirectory = call.operands[0] === undefined || options.has('p') || options.has('t');
    const random = [...process.random(holes[0].length)].map((byte) => letters.charAt(byte % letters.length)).join('');
    const name = template.replace(/X{3,}(?=[^X]*$)/, random) + (options.value('suffix') ?? '');
    const path = inDirectory ? join(directory, name) : name;
    if (!options.has('u')) {
      const made = options.has('d')
        ? process.mkdir(path, 0o700)
        : process.open(path, { write: true, create: true, exclusive: true }, 0o600);
      if (failed(made)) {
        await io.warn(
          `failed to create ${options.has('d') ? 'directory' : 'file'} via template '${inDirectory ? join(directory, template) : template}': ${strerror(made)}`,
        );
        return 1;
      }
      if (typeof made === 'number') process.close(made);
    }
    io.line(path);
    return await io.end(0);
  },
);

export const truncate = command(
  { name: 'truncate', short: 's:c', long: { size: 's', 'no-create': 'c' } },
  async (call) => {
    const { process, io } = call;
    const text = call.options.value('s');
    if (text === undefined) return await usageError(call, "you must specify either '--size' or '--reference'");
    const size = parseSize(text.replace(/^[-+]/, ''));
    if (size === undefined) {
      await io.warn(`Invalid number: '${text}'`);
      return 1;
    }
    for (const path of call.operands) {
      const fd = process.open(path, { write: true, create: !call.options.has('c') }, 0o666);
      if (failed(fd)) {
        await io.warn(`cannot open '${path}' for writing: ${strerror(fd)}`);
        return 1;
      }
      process.close(fd);
      const stat = process.stat(path);
      const old = failed(stat) ? 0 : stat.size;
      process.truncate(path, text.startsWith('+') ? old + size : text.startsWith('-') ? Math.max(0, old - size) : size);
    }
    return 0;
  },
);
