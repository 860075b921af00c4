import { failed } from '../../../protocol/errno.ts';
import { fileText, LineReader } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import type { Invocation } from '../command.ts';
import { HeldMemory } from '../held-memory.ts';
import { SedInput } from './input.ts';
import { listForm } from './list-form.ts';
import { SedOutput } from './output.ts';
import type { Address, SedCommand } from './script.ts';
import { substitute } from './substitute.ts';

const JUMPS_PER_MILLISECOND = 1000;
/** Characters of the pattern space that cost a jump's time once more. */
const CHARACTERS_PER_JUMP = 4000;
const LONGEST_SPACE = 16_777_216;

/** What ends a cycle before the script's end, or where the script goes on. */
type Outcome = 'end' | 'delete' | 'restart' | { readonly quit: number } | { readonly jump: number } | undefined;

class SpaceExhausted extends Error {}

/** Runs a script over its input: the pattern space, the hold space and what is printed. */
export class SedMachine {
  readonly #call: Invocation;
  readonly #commands: readonly SedCommand[];
  readonly #input: SedInput;
  readonly #output: SedOutput;
  readonly #quiet: boolean;
  #space = '';
  #hold = '';
  #newline = true;
  #append: string[] = [];
  #substituted = false;
  #jumps = 0;
  readonly #memory: HeldMemory;
  #lastRegex: RegExp | undefined;
  readonly #readers = new Map<string, LineReader | undefined>();

  constructor(call: Invocation, commands: readonly SedCommand[], files: readonly string[], quiet: boolean) {
    this.#call = call;
    this.#memory = new HeldMemory(call.process);
    this.#commands = commands;
    this.#quiet = quiet;
    this.#output = new SedOutput(call);
    const edit = call.options.has('i');
    this.#input = new SedInput(call, files, {
      opened: () => {
        if (edit) this.#output.beginEdit();
      },
      ended: (name) => {
        if (edit && !failed(call.process.stat(name))) this.#output.endEdit(name);
      },
    });
    for (const { name, text, substitution } of commands) {
      if (name === 'w' || name === 'W') this.#output.open(text);
      if (substitution?.file !== undefined) this.#output.open(substitution.file);
    }
  }

  async run(): Promise<number> {
    try {
      return await this.#run();
    } catch (error) {
      if (!(error instanceof SpaceExhausted)) throw error;
      await this.#call.io.warn(
        `couldn't re-allocate memory (drydock bound: ${String(LONGEST_SPACE)} characters of pattern and hold space)`,
      );
      return await this.#call.io.end(4);
    }
  }

  async #run(): Promise<number> {
    const { io } = this.#call;
    let quit: number | undefined;
    while (quit === undefined && (await this.#read())) {
      let outcome = await this.#cycle();
      while (outcome === 'restart') {
        await this.#jumped();
        outcome = await this.#cycle();
      }
      if (typeof outcome === 'object' && 'quit' in outcome) quit = outcome.quit;
      if (io.full) await io.flush();
      if (io.broken) break;
    }
    if (quit !== undefined) await this.#copyRest();
    this.#output.close();
    return await io.end(quit ?? this.#input.status);
  }

  /** With -i, what follows a `q` stays in the file. */
  async #copyRest(): Promise<void> {
    if (!this.#call.options.has('i')) return;
    for (;;) {
      await this.#input.peek();
      if (this.#input.isLast) break;
      const line = await this.#input.next();
      if (line === undefined) return;
      this.#output.line(line.text, line.newline);
    }
    this.#output.endEdit(this.#input.name);
  }

  async #read(): Promise<boolean> {
    const line = await this.#input.next();
    if (line === undefined) return false;
    this.#space = line.text;
    this.#newline = line.newline;
    return true;
  }

  /** One run of the script over the pattern space. */
  async #cycle(): Promise<Outcome> {
    let at = 0;
    this.#substituted = false;
    while (at < this.#commands.length) {
      const command = this.#commands[at];
      if (command === undefined) break;
      at += 1;
      if (this.#asksForLast(command)) await this.#input.peek();
      if (!this.#selects(command)) {
        if (command.name === '{') at = command.target;
        continue;
      }
      const outcome = await this.#execute(command);
      if (typeof outcome === 'object' && 'jump' in outcome) {
        at = outcome.jump;
        await this.#jumped();
      } else if (outcome !== undefined) {
        // `n` has printed before it waited for a line that did not come.
        this.#endCycle(outcome === 'end' || (typeof outcome === 'object' && !['Q', 'n'].includes(command.name)));
        return outcome;
      }
    }
    this.#endCycle(true);
    return undefined;
  }

  /** A script may jump for ever: that takes time as everything does, and signals come in between. */
  async #jumped(): Promise<void> {
    const { io, process } = this.#call;
    const length = this.#space.length + this.#hold.length;
    if (length > LONGEST_SPACE) throw new SpaceExhausted();
    this.#jumps += 1 + length / CHARACTERS_PER_JUMP;
    if (this.#jumps >= JUMPS_PER_MILLISECOND) {
      this.#jumps = 0;
      this.#memory.set(length);
      await process.cpu(1000);
    }
    if (io.full) await io.flush();
  }

  #endCycle(print: boolean): void {
    if (print && !this.#quiet) this.#putSpace();
    this.#flushAppended();
  }
  #putSpace(): void {
    this.#output.line(this.#space, this.#newline);
  }
  #flushAppended(): void {
    for (const text of this.#append) this.#output.raw(text);
    this.#append = [];
  }

  async #execute(command: SedCommand): Promise<Outcome> {
    switch (command.name) {
      case 's':
        this.#substitute(command);
        return undefined;
      case 'y':
        this.#space = [...this.#space].map((char) => command.map?.get(char) ?? char).join('');
        return undefined;
      case 'd':
        return 'delete';
      case 'D':
        return this.#deleteFirstLine();
      case 'n':
      case 'N':
        return await this.#readNext(command.name);
      case 'c':
        if (command.to === undefined || command.negated || !command.active) this.#output.raw(command.text);
        return 'delete';
      case 'b':
        return { jump: command.target };
      case 't':
      case 'T': {
        const jumps = this.#substituted === (command.name === 't');
        this.#substituted = false;
        return jumps ? { jump: command.target } : undefined;
      }
      case 'R':
        await this.#appendLine(command.text);
        return undefined;
      case 'q':
      case 'Q':
        return { quit: Number(command.text) };
      default:
        this.#move(command);
        this.#print(command);
        return undefined;
    }
  }

  #deleteFirstLine(): Outcome {
    const newline = this.#space.indexOf('\n');
    if (newline < 0) return 'delete';
    this.#space = this.#space.slice(newline + 1);
    return 'restart';
  }

  /** Commands that move text between the two spaces. */
  #move({ name }: SedCommand): void {
    if (name === 'g') this.#space = this.#hold;
    else if (name === 'G') this.#space += `\n${this.#hold}`;
    else if (name === 'h') this.#hold = this.#space;
    else if (name === 'H') this.#hold += `\n${this.#space}`;
    else if (name === 'x') [this.#space, this.#hold] = [this.#hold, this.#space];
    else if (name === 'z') this.#space = '';
  }

  /** Commands that print. */
  #print({ name, text }: SedCommand): void {
    const firstLine = this.#space.split('\n', 1)[0] ?? '';
    const output = this.#output;
    if (name === 'p') this.#putSpace();
    else if (name === 'P') output.line(firstLine);
    else if (name === '=') output.raw(`${String(this.#input.line)}\n`);
    else if (name === 'F') output.raw(`${this.#input.name}\n`);
    else if (name === 'l') output.raw(`${listForm(this.#space, this.#lineLength(text))}\n`);
    else if (name === 'a') this.#append.push(text);
    else if (name === 'i') output.raw(text);
    else if (name === 'r') this.#append.push(fileText(this.#call.process, text) ?? '');
    else if (name === 'w') output.lineTo(text, this.#space, this.#newline);
    else if (name === 'W') output.lineTo(text, firstLine);
  }

  #lineLength(text: string): number {
    return text === '' ? Number(this.#call.options.value('l') ?? '70') : Number(text);
  }

  async #readNext(name: string): Promise<Outcome> {
    if (name === 'n') {
      if (!this.#quiet) this.#putSpace();
      this.#flushAppended();
    }
    await this.#input.peek();
    // GNU prints the pattern space where there is no next line; POSIX would not.
    if (this.#input.ended) return { quit: this.#input.status };
    if (name === 'n') {
      await this.#read();
      return undefined;
    }
    const before = this.#space;
    this.#flushAppended();
    await this.#read();
    this.#space = `${before}\n${this.#space}`;
    return undefined;
  }

  async #appendLine(path: string): Promise<void> {
    const { process } = this.#call;
    if (!this.#readers.has(path)) {
      const fd = process.open(path, { read: true });
      this.#readers.set(path, failed(fd) ? undefined : new LineReader(process, fd));
    }
    const line = await this.#readers.get(path)?.next();
    if (line !== undefined) this.#append.push(`${bytesToText(line)}\n`);
  }

  #substitute({ substitution }: SedCommand): void {
    const regex = substitution?.regex ?? this.#lastRegex;
    if (substitution === undefined || regex === undefined) return;
    this.#lastRegex = regex;
    const result = substitute(this.#space, regex, substitution);
    if (result === undefined) return;
    this.#space = result;
    this.#substituted = true;
    if (substitution.print) this.#putSpace();
    if (substitution.file !== undefined) this.#output.lineTo(substitution.file, this.#space, this.#newline);
  }

  /** Whether the command is chosen or not by there being another line. */
  #asksForLast(command: SedCommand): boolean {
    const { from, to } = command;
    if (from?.type === 'last') return true;
    return to?.type === 'last' && from !== undefined && (command.active || this.#matches(from));
  }

  #selects(command: SedCommand): boolean {
    const { from, to } = command;
    if (from === undefined) return !command.negated;
    const hit =
      to === undefined
        ? this.#matches(from)
        : command.active
          ? this.#staysIn(command, from, to)
          : this.#enters(command, from, to);
    return hit !== command.negated;
  }

  /** Whether the current line begins a range; notes where it ends. */
  #enters(command: SedCommand, from: Address, to: Address): boolean {
    const { line } = this.#input;
    const beforeFirst = from.type === 'line' && from.line === 0;
    if (!this.#matches(from) && !(beforeFirst && line === 1)) return false;
    command.endLine =
      to.type === 'line'
        ? to.line
        : to.type === 'plus'
          ? line + to.count
          : to.type === 'multiple'
            ? Math.ceil(line / Math.max(1, to.count)) * to.count
            : Infinity;
    command.active = command.endLine > line;
    if (beforeFirst && to.type === 'regex' && this.#matches(to)) command.active = false;
    if (to.type === 'last' && this.#input.isLast) command.active = false;
    return true;
  }

  /** Whether the current line still belongs to a range that has begun. */
  #staysIn(command: SedCommand, from: Address, to: Address): boolean {
    const { line } = this.#input;
    if (to.type === 'regex' || to.type === 'last') {
      if (this.#matches(to)) command.active = false;
      return true;
    }
    if (line >= command.endLine) command.active = false;
    return to.type === 'line' && line > command.endLine ? this.#matches(from) : true;
  }

  #matches(address: Address): boolean {
    const { line } = this.#input;
    switch (address.type) {
      case 'line':
        return line === address.line;
      case 'step':
        return address.step === 0
          ? line === address.first
          : line >= address.first && (line - address.first) % address.step === 0;
      case 'last':
        return this.#input.isLast;
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
}
