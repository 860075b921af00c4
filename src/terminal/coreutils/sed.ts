/** sed (GNU sed 4.9): streams line by line. Leaves out -s's rarer relatives and the `e` command. */
import { failed, strerror } from '../../protocol/errno.ts';
import { fileText, LineReader, openInput } from '../io.ts';
import { bytesToText, textToBytes } from '../text.ts';
import type { Invocation } from './command.ts';
import { command } from './command.ts';
import type { Address, SedCommand } from './sed-parse.ts';
import { parseSed } from './sed-parse.ts';

export const sed = command(
  {
    name: 'sed',
    short: 'ne:f:Eri::szu',
    long: {
      quiet: 'n',
      silent: 'n',
      expression: 'e',
      file: 'f',
      'regexp-extended': 'E',
      'in-place': 'i::',
      separate: 's',
      'null-data': 'z',
      unbuffered: 'u',
      posix: 'posix',
    },
    usage: '[OPTION]... {script-only-if-no-other-script} [input-file]...',
  },
  async (call) => {
    const { options, io, process } = call;
    const parts: string[] = [];
    for (const [letter, value] of options.order) {
      if (letter === 'e') parts.push(value);
      else if (letter === 'f') {
        const text = fileText(process, value);
        if (text === undefined) {
          await io.warn(`couldn't open file ${value}: No such file or directory`);
          return 1;
        }
        parts.push(text.replace(/^#!.*\n/, '').replace(/\n$/, ''));
      }
    }
    let files = call.operands;
    if (parts.length === 0) {
      const [script, ...rest] = files;
      if (script === undefined) {
        await io.raw('Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n\n');
        return 1;
      }
      parts.push(script);
      files = rest;
    }
    const script = parts.join('\n');
    const commands = parseSed(script, options.has('E') || options.has('r'));
    if ('message' in commands) {
      await io.warn(
        commands.at < 0
          ? `-e expression #1, char ${String(script.length)}: ${commands.message}`.replace(
              /^-e expression #1, char \d+: can't/,
              "can't",
            )
          : `-e expression #1, char ${String(Math.min(script.length, commands.at))}: ${commands.message}`,
      );
      return 1;
    }
    return await new Machine(call, commands, files.length === 0 ? ['-'] : files).run();
  },
);

class Machine {
  readonly #call: Invocation;
  readonly #commands: readonly SedCommand[];
  readonly #files: readonly string[];
  readonly #inPlace: string | undefined;
  readonly #quiet: boolean;
  #fileIndex = -1;
  #reader: LineReader | undefined;
  #opened: number | undefined;
  #ahead: { readonly text: string; readonly newline: boolean } | undefined;
  #line = 0;
  #space = '';
  #hold = '';
  #newline = true;
  #append: string[] = [];
  #output = '';
  #status = 0;
  #substituted = false;
  #lastRegex: RegExp | undefined;
  readonly #written = new Map<string, string>();

  constructor(call: Invocation, commands: readonly SedCommand[], files: readonly string[]) {
    this.#call = call;
    this.#commands = commands;
    this.#files = files;
    this.#inPlace = call.options.has('i') ? (call.options.value('i') ?? '') : undefined;
    this.#quiet = call.options.has('n') || commands[0]?.text === '#n';
  }

  async run(): Promise<number> {
    const { io } = this.#call;
    await this.#fetch();
    let quit: number | undefined;
    while (quit === undefined && (await this.#next())) {
      for (;;) {
        const outcome = await this.#cycle();
        if (outcome === 'restart') continue;
        if (outcome !== undefined) quit = outcome.code;
        break;
      }
      if (io.broken) break;
    }
    this.#finishFile();
    for (const [path, text] of this.#written)
      if (path !== '/dev/stdout' && path !== '/dev/stderr') this.#call.process.writeFile(path, textToBytes(text));
    return await io.end(quit ?? this.#status);
  }

  /** Reads one line ahead, so that `$` is known. */
  async #fetch(): Promise<void> {
    this.#ahead = undefined;
    for (;;) {
      if (this.#reader === undefined) {
        if (this.#inPlace !== undefined && this.#fileIndex >= 0) return;
        if (!(await this.#open())) return;
      }
      const reader = this.#reader;
      if (reader === undefined) continue;
      let line = reader.ready();
      if (line === undefined) {
        await this.#call.io.flush();
        line = await reader.next();
      }
      if (line !== undefined) {
        this.#ahead = { text: bytesToText(line), newline: !reader.unterminated };
        return;
      }
      if (this.#opened !== undefined && this.#opened !== 0) this.#call.process.close(this.#opened);
      this.#reader = undefined;
    }
  }

  async #open(): Promise<boolean> {
    const { process, io } = this.#call;
    for (;;) {
      this.#fileIndex += 1;
      const name = this.#files[this.#fileIndex];
      if (name === undefined) return false;
      const stat = name === '-' ? undefined : process.stat(name);
      const fd = openInput(process, name);
      if (failed(fd) || (stat !== undefined && !failed(stat) && stat.type === 'directory')) {
        await io.warn(
          failed(fd)
            ? `can't read ${name}: ${strerror(fd)}`
            : this.#inPlace === undefined
              ? `read error on ${name}: Is a directory`
              : `couldn't edit ${name}: not a regular file`,
        );
        this.#status = this.#inPlace === undefined || failed(fd) ? 2 : 4;
        continue;
      }
      this.#opened = fd;
      this.#reader = new LineReader(process, fd, this.#call.options.has('z') ? 0 : 10);
      if (this.#inPlace !== undefined || this.#call.options.has('s')) this.#line = 0;
      return true;
    }
  }

  async #next(): Promise<boolean> {
    if (this.#ahead === undefined && this.#inPlace !== undefined) {
      this.#finishFile();
      this.#fileIndex += 0;
      if (!(await this.#open())) return false;
      await this.#refill();
      if (this.#ahead === undefined) return await this.#next();
    }
    const line = this.#ahead;
    if (line === undefined) return false;
    this.#space = line.text;
    this.#newline = line.newline;
    this.#line += 1;
    await this.#fetch();
    return true;
  }

  async #refill(): Promise<void> {
    const line = await this.#reader?.next();
    if (line !== undefined && this.#reader !== undefined)
      this.#ahead = { text: bytesToText(line), newline: !this.#reader.unterminated };
    else this.#reader = undefined;
  }

  #finishFile(): void {
    const name = this.#files[this.#fileIndex];
    if (this.#inPlace === undefined || name === undefined) return;
    const stat = this.#call.process.stat(name);
    if (this.#inPlace !== '') {
      const backup = this.#inPlace.includes('*') ? this.#inPlace.replace('*', name) : name + this.#inPlace;
      this.#call.process.rename(name, backup);
    }
    this.#call.process.writeFile(name, textToBytes(this.#output), failed(stat) ? {} : { mode: stat.mode });
    this.#output = '';
  }

  #put(text: string): void {
    if (this.#inPlace === undefined) this.#call.io.out(text);
    else this.#output += text;
  }
  #putSpace(): void {
    this.#put(this.#space + (this.#newline ? (this.#call.options.has('z') ? '\0' : '\n') : ''));
  }
  #endCycle(print: boolean): void {
    if (print && !this.#quiet) this.#putSpace();
    for (const text of this.#append) this.#put(text);
    this.#append = [];
  }

  #isLast(): boolean {
    return this.#ahead === undefined;
  }

  #selects(command: SedCommand): boolean {
    const { from, to } = command;
    if (from === undefined) return !command.negated;
    let hit: boolean;
    if (to === undefined) hit = this.#matches(from);
    else if (command.active) {
      hit = true;
      if (to.type === 'regex') {
        if (this.#matches(to)) command.active = false;
      } else if (to.type === 'last') {
        if (this.#isLast()) command.active = false;
      } else if (this.#line >= command.endLine) {
        command.active = false;
        if (to.type === 'line' && this.#line > command.endLine) hit = this.#matches(from);
      }
    } else {
      hit = this.#matches(from) || (from.type === 'line' && from.line === 0 && this.#line === 1);
      if (hit) {
        command.endLine =
          to.type === 'line'
            ? to.line
            : to.type === 'plus'
              ? this.#line + to.count
              : to.type === 'multiple'
                ? Math.ceil(this.#line / Math.max(1, to.count)) * to.count
                : Infinity;
        command.active = to.type === 'regex' || to.type === 'last' || command.endLine > this.#line;
        if (from.type === 'line' && from.line === 0 && to.type === 'regex' && this.#matches(to)) command.active = false;
        if (to.type === 'last' && this.#isLast()) command.active = false;
      }
    }
    return hit !== command.negated;
  }

  #matches(address: Address): boolean {
    switch (address.type) {
      case 'line':
        return this.#line === address.line;
      case 'step':
        return address.step === 0
          ? this.#line === address.first
          : this.#line >= address.first && (this.#line - address.first) % address.step === 0;
      case 'last':
        return this.#isLast();
      case 'regex': {
        const regex = address.regex ?? this.#lastRegex;
        if (regex === undefined) return false;
        this.#lastRegex = regex;
        regex.lastIndex = 0;
        return regex.test(this.#space);
      }
      default:
        return false;
    }
  }

  /** One run of the script over the pattern space. */
  async #cycle(): Promise<'restart' | { readonly code: number } | undefined> {
    let at = 0;
    this.#substituted = false;
    while (at < this.#commands.length) {
      const command = this.#commands[at];
      if (command === undefined) break;
      at += 1;
      if (!this.#selects(command)) {
        if (command.name === '{') at = command.target;
        continue;
      }
      switch (command.name) {
        case 's':
          this.#substitute(command);
          break;
        case 'p':
          this.#putSpace();
          break;
        case 'P':
          this.#put(`${this.#space.split('\n')[0] ?? ''}\n`);
          break;
        case 'd':
          this.#endCycle(false);
          return undefined;
        case 'D': {
          const newline = this.#space.indexOf('\n');
          this.#endCycle(false);
          if (newline < 0) return undefined;
          this.#space = this.#space.slice(newline + 1);
          return 'restart';
        }
        case 'n':
          if (this.#isLast()) {
            this.#endCycle(true);
            return { code: 0 };
          }
          this.#endCycle(true);
          await this.#next();
          break;
        case 'N': {
          if (this.#isLast()) {
            this.#endCycle(true);
            return { code: 0 };
          }
          const before = this.#space;
          for (const text of this.#append) this.#put(text);
          this.#append = [];
          await this.#next();
          this.#space = `${before}\n${this.#space}`;
          break;
        }
        case 'g':
          this.#space = this.#hold;
          break;
        case 'G':
          this.#space += `\n${this.#hold}`;
          break;
        case 'h':
          this.#hold = this.#space;
          break;
        case 'H':
          this.#hold += `\n${this.#space}`;
          break;
        case 'x':
          [this.#space, this.#hold] = [this.#hold, this.#space];
          break;
        case 'z':
          this.#space = '';
          break;
        case '=':
          this.#put(`${String(this.#line)}\n`);
          break;
        case 'F':
          this.#put(`${this.#files[this.#fileIndex] ?? '-'}\n`);
          break;
        case 'l':
          this.#put(`${listForm(this.#space)}$\n`);
          break;
        case 'a':
          this.#append.push(command.text);
          break;
        case 'i':
          this.#put(command.text);
          break;
        case 'c':
          if (command.to === undefined || command.negated || !command.active) this.#put(command.text);
          this.#endCycle(false);
          return undefined;
        case 'y':
          this.#space = [...this.#space].map((char) => command.map?.get(char) ?? char).join('');
          break;
        case 'b':
          at = command.target;
          break;
        case 't':
          if (this.#substituted) at = command.target;
          this.#substituted = false;
          break;
        case 'T':
          if (!this.#substituted) at = command.target;
          this.#substituted = false;
          break;
        case 'r': {
          const text = fileText(this.#call.process, command.file ?? '');
          if (text !== undefined) this.#append.push(text);
          break;
        }
        case 'w':
          this.#write(command.file ?? '', `${this.#space}\n`);
          break;
        case 'q':
          this.#endCycle(true);
          return { code: Number(command.text) };
        case 'Q':
          return { code: Number(command.text) };
        default:
      }
    }
    this.#endCycle(true);
    return undefined;
  }

  #write(path: string, text: string): void {
    if (path === '/dev/stdout') this.#put(text);
    else this.#written.set(path, (this.#written.get(path) ?? '') + text);
  }

  #substitute(command: SedCommand): void {
    const regex = command.emptyRegex === true ? this.#lastRegex : command.regex;
    if (regex === undefined) return;
    this.#lastRegex = regex;
    const wanted = command.count ?? 1;
    const all = command.flags?.includes('g') === true;
    let seen = 0;
    let changed = false;
    regex.lastIndex = 0;
    const result = this.#space.replace(regex, (...args: unknown[]) => {
      const groups = args.slice(0, -2).map((group) => (typeof group === 'string' ? group : ''));
      seen += 1;
      if (seen < wanted || (seen > wanted && !all)) return groups[0] ?? '';
      changed = true;
      return render(command.replacement ?? [], groups);
    });
    if (!changed) return;
    this.#space = result;
    this.#substituted = true;
    if (command.flags?.includes('p') === true) this.#putSpace();
    if (command.file !== undefined) this.#write(command.file, `${this.#space}\n`);
  }
}

function render(parts: readonly (string | number | { readonly fold: string })[], groups: readonly string[]): string {
  let out = '';
  let mode = '';
  let once = '';
  for (const part of parts) {
    if (typeof part === 'object') {
      if (part.fold === 'U' || part.fold === 'L') mode = part.fold;
      else if (part.fold === 'E') mode = '';
      else once = part.fold;
      continue;
    }
    let text = typeof part === 'number' ? (groups[part] ?? '') : part;
    if (mode === 'U') text = text.toUpperCase();
    else if (mode === 'L') text = text.toLowerCase();
    if (once !== '' && text !== '') {
      text = (once === 'u' ? text.charAt(0).toUpperCase() : text.charAt(0).toLowerCase()) + text.slice(1);
      once = '';
    }
    out += text;
  }
  return out;
}

const listForm = (text: string): string =>
  text
    .replace(/\\/g, '\\\\')
    .replace(/\t/g, '\\t')
    .replace(/\n/g, '\\n')
    .replace(/[\x00-\x1f\x7f]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`);
