/** What sftp's commands do. Leaves out: df, resuming, escaping to a shell without a command on a terminal. */
import { failed, type Result } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { baseName, type Io } from '../../io.ts';
import { runAndWait } from '../../run-child.ts';
import { matchesPattern } from '../openssh/config-include.ts';
import { LocalFiles, type FileSide } from './file-side.ts';
import type { SftpFiles } from './sftp-client.ts';
import { SFTP_HELP } from './sftp-help.ts';
import { inEqualColumns, longLine, orderOf, ownersIn, type Listed } from './sftp-listing.ts';
import type { SftpAttributes } from './sftp-packets.ts';
import { sftpReason, Transfer, type TransferOptions } from './sftp-transfer.ts';
import { optionsOf, type SftpLine } from './sftp-words.ts';

/** Commands with the number of operands that they need, at least. */
const NEEDS: Readonly<Record<string, readonly [count: number, complaint: string]>> = {
  get: [1, 'You must specify at least one path after a get command.'],
  mget: [1, 'You must specify at least one path after a mget command.'],
  put: [1, 'You must specify at least one path after a put command.'],
  mput: [1, 'You must specify at least one path after a mput command.'],
  rename: [2, 'You must specify two paths after a rename command.'],
  symlink: [2, 'You must specify two paths after a symlink command.'],
  copy: [2, 'You must specify two paths after a copy command.'],
  cp: [2, 'You must specify two paths after a cp command.'],
  ln: [2, 'You must specify two paths after a ln command.'],
  rm: [1, 'You must specify a path after a rm command.'],
  mkdir: [1, 'You must specify a path after a mkdir command.'],
  rmdir: [1, 'You must specify a path after a rmdir command.'],
  lmkdir: [1, 'You must specify a path after a lmkdir command.'],
};
const ABSENT = ['df', 'reget', 'reput'];

export class SftpSession {
  readonly #local: FileSide;
  /** Where relative remote paths begin. */
  directory = '.';
  meter: boolean;

  constructor(
    private readonly process: Process,
    private readonly io: Io,
    private readonly remote: SftpFiles,
    private readonly settings: { readonly quiet: boolean; readonly recursive: boolean; readonly preserve: boolean },
  ) {
    this.#local = new LocalFiles(process);
    this.meter = !settings.quiet && process.isatty(1);
  }

  /** Runs a line; `exit` ends the session, false is a failure that was told. */
  async run(line: SftpLine): Promise<boolean | 'exit'> {
    const { command, words, rest } = line;
    if (line.unterminated) return await this.#error('Unterminated quoted argument');
    const need = NEEDS[command];
    const { letters, operands } = optionsOf(words);
    if (need !== undefined && operands.length < need[0]) return await this.#error(need[1]);
    if (ABSENT.includes(command) || (/^m?get$|^m?put$/.test(command) && letters.includes('a')))
      return await this.#error(
        `drydock: 'sftp ${command}${ABSENT.includes(command) ? '' : ` -${letters}`}' is not simulated`,
      );
    const [first = '', second = ''] = operands;
    switch (command) {
      case 'bye':
      case 'exit':
      case 'quit':
        return 'exit';
      case '!':
      case 'lls':
        return await this.#shell(command === '!' ? rest : `ls ${rest}`);
      case 'pwd':
        return this.#line(`Remote working directory: ${this.directory}`);
      case 'lpwd':
        return this.#line(`Local working directory: ${this.process.cwd()}`);
      case 'cd':
        return await this.#cd(first);
      case 'lcd':
        return await this.#told(
          this.process.chdir(first === '' ? '.' : first),
          `Couldn't change local directory to "${first}"`,
        );
      case 'ls':
      case 'dir':
        return await this.#ls(letters, operands);
      case 'get':
      case 'mget':
        return await this.#get(letters, operands);
      case 'put':
      case 'mput':
        return await this.#put(letters, operands);
      case 'rename':
        return await this.#told(
          await this.remote.rename(this.#at(first), this.#at(second)),
          `remote rename "${this.#at(first)}" to "${this.#at(second)}"`,
        );
      case 'copy':
      case 'cp':
        return await this.#copy(this.#at(first), this.#at(second));
      case 'ln':
      case 'symlink':
        if (command === 'ln' && !letters.includes('s'))
          return await this.#told(
            await this.remote.link(this.#at(first), this.#at(second)),
            `remote link "${this.#at(first)}" to "${this.#at(second)}"`,
          );
        return await this.#told(
          await this.remote.symlink(first, this.#at(second)),
          `remote symlink file "${first}" to "${this.#at(second)}"`,
        );
      case 'mkdir':
        return await this.#told(await this.remote.mkdir(this.#at(first), 0o777), `remote mkdir "${this.#at(first)}"`);
      case 'rmdir':
        return await this.#told(await this.remote.rmdir(this.#at(first)), `remote rmdir "${this.#at(first)}"`);
      default:
        return await this.#rest(line, letters, operands);
    }
  }

  async #rest({ command }: SftpLine, letters: string, operands: readonly string[]): Promise<boolean> {
    const [first = '', second = ''] = operands;
    switch (command) {
      case 'rm':
        return await this.#rm(first);
      case 'lmkdir':
        return await this.#told(this.process.mkdir(first, 0o777), `Couldn't create local directory "${first}"`);
      case 'lumask': {
        if (!/^[0-7]{1,4}$/.test(first)) return await this.#numberMissing(command);
        this.process.umask(Number.parseInt(first, 8));
        return this.#line(`Local umask: ${first.padStart(3, '0')}`);
      }
      case 'chmod':
      case 'chown':
      case 'chgrp':
        return letters === ''
          ? await this.#set(command, first, second)
          : await this.#error(`drydock: 'sftp ${command} -${letters}' is not simulated`);
      case 'progress':
        this.meter = !this.meter;
        return this.#line(`Progress meter ${this.meter ? 'enabled' : 'disabled'}`);
      case 'version':
        return this.#line('SFTP protocol version 3');
      case 'help':
      case '?':
        this.io.out(SFTP_HELP);
        return true;
      default:
        return await this.#error('Invalid command.');
    }
  }

  #line(text: string): true {
    this.io.line(text);
    return true;
  }
  async #error(text: string): Promise<false> {
    await this.io.raw(`${text}\r\n`);
    return false;
  }
  async #told(result: Result<unknown>, what: string): Promise<boolean> {
    return failed(result) ? await this.#error(`${what}: ${sftpReason(result)}`) : true;
  }

  async #numberMissing(command: string): Promise<false> {
    return await this.#error(`You must supply a numeric argument to the ${command} command.`);
  }

  /** Both ends are the server's. */
  async #copy(from: string, to: string): Promise<boolean> {
    const [found, bytes] = [await this.remote.stat(from), await this.remote.read(from)];
    if (failed(found)) return await this.#told(found, `remote copy "${from}" to "${to}"`);
    if (failed(bytes)) return await this.#told(bytes, `remote copy "${from}" to "${to}"`);
    return await this.#told(
      await this.remote.write(to, bytes, (found.mode ?? 0o644) & 0o777),
      `remote copy "${from}" to "${to}"`,
    );
  }

  /** A remote path from where the session is. */
  #at(path: string): string {
    return path.startsWith('/') ? path : `${this.directory === '/' ? '' : this.directory}/${path}`;
  }

  async #shell(text: string): Promise<boolean> {
    await this.io.flush();
    const shell = this.process.env['SHELL'] ?? '/bin/sh';
    return (await runAndWait(this.process, text === '' ? [shell] : [shell, '-c', text])).code === 0;
  }

  async #cd(path: string): Promise<boolean> {
    const wanted = path === '' ? '.' : this.#at(path);
    const [real, found] = [await this.remote.realpath(wanted), await this.remote.stat(wanted)];
    if (failed(found)) return await this.#error(`stat remote: ${sftpReason(found)}`);
    if (failed(real)) return await this.#error(`realpath ${wanted}: ${sftpReason(real)}`);
    if (found.type !== 'directory') return await this.#error(`Can't change directory: "${real}" is not a directory`);
    this.directory = real;
    return true;
  }

  /** Goes to a directory that was named with the host, or fetches what is a file. */
  async begin(path: string, target: string | undefined): Promise<'file' | boolean> {
    const home = await this.remote.realpath('.');
    this.directory = failed(home) ? '/' : home;
    if (path === '') return true;
    const found = await this.remote.stat(this.#at(path));
    if (!failed(found) && found.type === 'directory' && target === undefined) {
      if (!this.settings.quiet) this.io.line(`Changing to: ${this.#at(path)}`);
      return await this.#cd(path);
    }
    return (await this.#get('', target === undefined ? [path] : [path, target])) ? 'file' : false;
  }

  /** Paths that a pattern in the last component stands for; the path itself where it is none. */
  async #expand(side: FileSide, path: string): Promise<readonly string[]> {
    const pattern = baseName(path);
    if (!/[*?]/.test(pattern)) return [path];
    const folder = path.slice(0, path.length - pattern.length);
    const entries = await side.list(folder === '' ? '.' : folder);
    if (failed(entries)) return [];
    return entries
      .map(({ name }) => name)
      .filter((name) => matchesPattern(name, pattern) && (pattern.startsWith('.') || !name.startsWith('.')))
      .toSorted((a, b) => (a < b ? -1 : 1))
      .map((name) => `${folder}${name}`);
  }

  #transferOptions(letters: string): TransferOptions {
    return {
      recursive: this.settings.recursive || /[rR]/.test(letters),
      preserve: this.settings.preserve || /[pP]/.test(letters),
      meter: this.meter && !this.settings.quiet,
    };
  }

  #transfer(from: FileSide, to: FileSide, options: TransferOptions): Transfer {
    return new Transfer(this.process, from, to, options, {
      line: (text) => {
        this.io.line(text);
      },
      error: async (text) => {
        await this.#error(text);
      },
    });
  }

  async #get(letters: string, operands: readonly string[]): Promise<boolean> {
    const options = this.#transferOptions(letters);
    const [named = '', target] = operands;
    const found = await this.#expand(this.remote, this.#at(named));
    if (found.length === 0) return await this.#error(`File "${this.#at(named)}" not found.`);
    const there = target === undefined ? undefined : this.process.stat(target);
    const inside = there !== undefined && !failed(there) && there.type === 'directory';
    let good = true;
    for (const source of found) {
      const attributes = await this.remote.stat(source);
      if (failed(attributes)) {
        good = await this.#error(`File "${source}" not found.`);
        continue;
      }
      const name = baseName(source);
      const place = target === undefined ? name : inside ? `${target.replace(/\/+$/, '')}/${name}` : target;
      if (!this.settings.quiet)
        this.io.line(`Fetching ${source}${attributes.type === 'directory' ? '/' : ''} to ${place}`);
      await this.io.flush();
      if (attributes.type === 'directory' && !options.recursive) {
        good = await this.#error(`download ${source}/: not a regular file`);
        continue;
      }
      good = (await this.#transfer(this.remote, this.#local, options).copy(source, place, attributes)) && good;
    }
    return good;
  }

  async #put(letters: string, operands: readonly string[]): Promise<boolean> {
    const options = this.#transferOptions(letters);
    const [named = '', target] = operands;
    const found = await this.#expand(this.#local, named);
    if (found.length === 0) return await this.#error(`stat ${named}: No such file or directory`);
    const place = this.#at(target ?? '');
    const there = target === undefined ? undefined : await this.remote.stat(place);
    const inside = target === undefined || (there !== undefined && !failed(there) && there.type === 'directory');
    let good = true;
    for (const source of found) {
      const attributes = await this.#local.stat(source);
      if (failed(attributes)) {
        good = await this.#error(`stat ${source}: ${sftpReason(attributes)}`);
        continue;
      }
      const to = inside ? `${place.replace(/\/+$/, '')}/${baseName(source.replace(/\/+$/, ''))}` : place;
      const shown = attributes.type === 'directory' ? `${source.replace(/\/+$/, '')}/` : source;
      if (!this.settings.quiet) this.io.line(`Uploading ${shown} to ${to}`);
      await this.io.flush();
      if (attributes.type === 'directory' && !options.recursive) {
        good = await this.#error(`local "${shown}" is not a regular file`);
        continue;
      }
      good = (await this.#transfer(this.#local, this.remote, options).copy(shown, to, attributes)) && good;
    }
    return good;
  }

  async #rm(path: string): Promise<boolean> {
    const found = await this.#expand(this.remote, this.#at(path));
    let good = true;
    for (const each of found) {
      if (!this.settings.quiet) this.io.line(`Removing ${each}`);
      good = (await this.#told(await this.remote.remove(each), `remote delete ${each}`)) && good;
    }
    return good;
  }

  async #set(command: string, value: string, path: string): Promise<boolean> {
    const numeric = command === 'chmod' ? /^[0-7]{1,4}$/ : /^\d+$/;
    if (!numeric.test(value)) return await this.#numberMissing(command);
    if (path === '') return await this.#error(`You must specify a path after a ${command} command.`);
    const at = this.#at(path);
    const found = await this.remote.stat(at);
    if (failed(found) && command !== 'chmod') return await this.#error(`remote stat "${at}": ${sftpReason(found)}`);
    const change = changeOf(command, value, failed(found) ? {} : found);
    if (!this.settings.quiet)
      this.io.line(
        `${command === 'chmod' ? 'Changing mode on' : command === 'chown' ? 'Changing owner on' : 'Changing group on'} ${at}`,
      );
    return await this.#told(await this.remote.set(at, change), `remote setstat "${at}"`);
  }

  async #ls(letters: string, operands: readonly string[]): Promise<boolean> {
    const unknown = [...letters].find((letter) => !'1afhlnrSt'.includes(letter));
    if (unknown !== undefined) return await this.#error(`ls: Invalid flag -${unknown}`);
    const path = operands[0];
    const listed = await this.#listed(path, letters);
    if (listed === undefined) return await this.#error(`Can't ls: "${this.#at(path ?? '.')}" not found`);
    const ordered = letters.includes('f') ? listed : listed.toSorted(orderOf(letters));
    const shown = letters.includes('r') ? ordered.toReversed() : ordered;
    if (/[ln]/.test(letters)) {
      const numeric = letters.includes('n');
      for (const { name, attributes, line } of shown) {
        const [uid, gid] = (attributes.owner ?? [0, 0]).map(String) as [string, string];
        const names = numeric ? undefined : ownersIn(line ?? '');
        this.io.line(
          longLine(
            { name, attributes, links: '?', owner: names?.owner ?? uid, group: names?.group ?? gid },
            this.process.time().realtimeUs,
          ),
        );
      }
    } else if (letters.includes('1')) for (const { name } of shown) this.io.line(name);
    else
      this.io.out(
        inEqualColumns(
          shown.map(({ name }) => name),
          this.#width(),
        ),
      );
    return true;
  }

  #width(): number {
    const size = this.process.windowSize(1);
    return failed(size) || size.columns === 0 ? 80 : size.columns;
  }

  /** What ls shows: the entries of a directory under the path that was typed, or files. */
  async #listed(path: string | undefined, letters: string): Promise<readonly Listed[] | undefined> {
    const at = path === undefined ? this.directory : this.#at(path);
    const found = await this.remote.stat(at);
    if (!failed(found) && found.type === 'directory') {
      const entries = await this.remote.listWhole(at);
      if (failed(entries)) return undefined;
      const prefix = path === undefined ? '' : `${path.replace(/\/+$/, '')}/`;
      return entries
        .filter(({ name }) => letters.includes('a') || !name.startsWith('.'))
        .map((entry) => ({ ...entry, name: prefix + entry.name }));
    }
    const matches = await this.#expand(this.remote, at);
    const listed: Listed[] = [];
    for (const each of matches) {
      const attributes = await this.remote.stat(each);
      if (failed(attributes)) continue;
      const bare = path?.startsWith('/') === true ? each : each.slice(this.directory.length + 1);
      const name = attributes.type === 'directory' ? `${bare}/` : bare;
      const line = await this.#lineOf(each);
      listed.push({ name, attributes, ...(line === undefined ? {} : { line }) });
    }
    return listed.length === 0 ? undefined : listed;
  }

  /** The server's line of one file, which its directory has. */
  async #lineOf(path: string): Promise<string | undefined> {
    const name = baseName(path);
    const entries = await this.remote.list(path.slice(0, path.length - name.length));
    return failed(entries) ? undefined : entries.find((entry) => entry.name === name)?.line;
  }
}

function changeOf(command: string, value: string, found: SftpAttributes): SftpAttributes {
  if (command === 'chmod') return { mode: Number.parseInt(value, 8) };
  const number = Number(value);
  const [uid, gid] = found.owner ?? [0, 0];
  return { owner: command === 'chown' ? [number, gid] : [uid, number] };
}
