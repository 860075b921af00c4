/** curl's command line (src/tool_getparam.c): options, URLs, configuration files, operations parted by --next. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { readOperand } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import { argumentsOf } from './config-file.ts';
import { isDataOption, withData } from './data.ts';
import { byLetter, byName, type OptionEntry } from './option-table.ts';
import { Settings } from './settings.ts';

export type CommandLine =
  | { readonly type: 'operations'; readonly operations: readonly Settings[] }
  | { readonly type: 'help'; readonly category: string | undefined }
  | { readonly type: 'version' }
  | { readonly type: 'not-simulated'; readonly option: string }
  | {
      readonly type: 'wrong';
      readonly before: string;
      readonly option: string;
      readonly why: string;
      readonly code: number;
    };

/** What stops the reading. */
type Stop = Exclude<CommandLine, { type: 'operations' }>;

const wrong = (option: string, why: string, code = 2, before = ''): Stop => ({
  type: 'wrong',
  option,
  why,
  code,
  before,
});

export async function readCommandLine(process: Process, args: readonly string[]): Promise<CommandLine> {
  const reader = new Reader(process);
  const [first = ''] = args;
  if (!first.startsWith('-q') && first !== '--disable') {
    const own = await reader.file(`${process.env['HOME'] ?? ''}/.curlrc`);
    if (own !== 'unreadable' && own !== undefined) return own;
  }
  const stop = await reader.arguments(args);
  return stop ?? { type: 'operations', operations: reader.operations };
}

class Reader {
  readonly operations: Settings[] = [new Settings()];

  constructor(private readonly process: Process) {}

  get #current(): Settings {
    const last = this.operations.at(-1);
    if (last !== undefined) return last;
    const fresh = new Settings();
    this.operations.push(fresh);
    return fresh;
  }

  async arguments(args: readonly string[]): Promise<Stop | undefined> {
    let onlyUrls = false;
    for (let at = 0; at < args.length; at += 1) {
      const arg = args[at] ?? '';
      if (arg === '--' && !onlyUrls) onlyUrls = true;
      else if (onlyUrls || !arg.startsWith('-') || arg === '-') this.#current.urls.push(arg);
      else {
        const taken = await this.option(arg, args[at + 1]);
        if (typeof taken !== 'number') return taken;
        at += taken;
      }
    }
    return undefined;
  }

  /** Options and URLs of a configuration file. */
  async file(name: string): Promise<Stop | 'unreadable' | undefined> {
    const bytes = await readOperand(this.process, name);
    if (failed(bytes)) return 'unreadable';
    for (const [option, value] of argumentsOf(bytesToText(bytes))) {
      const taken = await this.option(option, value);
      if (typeof taken !== 'number') return taken;
    }
    return undefined;
  }

  /** Takes an option with the argument behind it; how many of those it has used. */
  async option(arg: string, next: string | undefined): Promise<number | Stop> {
    if (arg.startsWith('--')) return await this.#long(arg, next);
    for (let at = 1; at < arg.length; at += 1) {
      const entry = byLetter(arg.charAt(at));
      if (entry === undefined) return wrong(arg, 'is unknown');
      const rest = arg.slice(at + 1);
      if (entry.kind === 'switch' || entry.kind === 'action') {
        const stop = await this.#take(entry, arg, `-${arg.charAt(at)}`, entry.name === 'buffer' ? 'no' : 'yes', next);
        if (stop !== undefined) return stop;
        continue;
      }
      if (rest === '' && next === undefined) return wrong(arg, 'requires parameter');
      const stop = await this.#take(entry, arg, `-${arg.charAt(at)}`, rest === '' ? (next ?? '') : rest, undefined);
      return stop ?? (rest === '' ? 1 : 0);
    }
    return 0;
  }

  async #long(arg: string, next: string | undefined): Promise<number | Stop> {
    const negated = arg.startsWith('--no-') && byName(arg.slice(2)) === undefined;
    const entry = byName(arg.slice(negated ? 5 : 2));
    if (entry === undefined) return wrong(arg, 'is unknown');
    if (entry === 'ambiguous') return wrong(arg, 'is ambiguous');
    if (entry.kind === 'switch' || entry.kind === 'action') {
      return (await this.#take(entry, arg, arg, negated ? 'no' : 'yes', next)) ?? 0;
    }
    if (negated) return wrong(arg, "used '--no-' for option that isn't a boolean");
    if (next === undefined) return wrong(arg, 'requires parameter');
    return (await this.#take(entry, arg, arg, next, undefined)) ?? 1;
  }

  async #take(
    entry: OptionEntry,
    arg: string,
    spelled: string,
    value: string,
    next: string | undefined,
  ): Promise<Stop | undefined> {
    if (entry.absent) return { type: 'not-simulated', option: spelled };
    if (entry.kind === 'count' || entry.kind === 'seconds') {
      const number = entry.kind === 'count' ? /^-?\d+$/ : /^-?(\d+\.?\d*|\.\d+)$/;
      if (!number.test(value)) return wrong(arg, 'expected a proper numerical parameter');
      if (value.startsWith('-') && !(entry.name === 'max-redirs' && value === '-1'))
        return wrong(arg, 'expected a positive numerical parameter');
    }
    if (isDataOption(entry.name)) {
      const data = await withData(this.process, this.#current.data, entry.name, value);
      if (failed(data)) return wrong(arg, 'error encountered when reading a file', 26);
      this.#current.data = data;
    }
    switch (entry.name) {
      case 'help':
        return { type: 'help', category: next };
      case 'version':
        return { type: 'version' };
      case 'next':
        if (this.#current.urls.length === 0)
          return wrong(arg, 'is badly used here', 2, 'curl: missing URL before --next\n');
        this.operations.push(new Settings(this.#current));
        return undefined;
      case 'url':
        this.#current.urls.push(value);
        return undefined;
      case 'form':
        if (!value.includes('=')) return wrong(arg, 'is badly used here');
        break;
      case 'config': {
        const stop = await this.file(value);
        return stop === 'unreadable'
          ? wrong(arg, 'error encountered when reading a file', 26, `curl: cannot read config from '${value}'\n`)
          : stop;
      }
    }
    this.#current.add(entry, value);
    return undefined;
  }
}
