/**
 * /etc/sudoers and what it includes, read into its parts (sudoers(5)).
 * Models: lists with `!`, aliases of the four kinds, several hosts and commands per line, run-as users and groups, tags,
 * Defaults with what they are bound to. Leaves out: digests, netgroups, SELinux, times, and the options before the tags.
 */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { fileText } from '../../io.ts';

/** A member of a list as it is written; `!` before it turns its meaning round. */
export interface Member {
  readonly text: string;
  readonly negated: boolean;
}
export type AliasKind = 'User' | 'Runas' | 'Host' | 'Cmnd';

/** What a command's entry says: tags count from where they stand to the end of their line's list. */
export interface CommandSpec {
  /** Undefined where no parentheses were written: root. */
  readonly runAs: { readonly users: readonly Member[]; readonly groups: readonly Member[] } | undefined;
  readonly tags: ReadonlyMap<string, boolean>;
  readonly command: Member;
}
export interface Privilege {
  readonly hosts: readonly Member[];
  readonly commands: readonly CommandSpec[];
}
export interface UserSpec {
  readonly users: readonly Member[];
  readonly privileges: readonly Privilege[];
}
export interface DefaultsEntry {
  /** `@` hosts, `:` users, `!` commands, `>` run-as users; '' for all. */
  readonly scope: string;
  readonly bound: readonly Member[];
  readonly name: string;
  readonly operator: '' | '=' | '+=' | '-=' | '!';
  readonly value: string;
}
export interface Sudoers {
  readonly specs: readonly UserSpec[];
  readonly defaults: readonly DefaultsEntry[];
  readonly aliases: ReadonlyMap<string, readonly Member[]>;
}

const INCLUDE = /^\s*[@#]include(dir)?\s+(\S+)/;

/** /etc/sudoers and what it includes, in the order of their names. */
export function sudoersFiles(process: Process, path = '/etc/sudoers'): readonly string[] {
  const lines = (fileText(process, path) ?? '').split('\n');
  return [path, ...lines.flatMap((line) => includedBy(process, line).flatMap((each) => sudoersFiles(process, each)))];
}

function includedBy(process: Process, line: string): readonly string[] {
  const [, directory, place] = INCLUDE.exec(line) ?? [];
  if (place === undefined) return [];
  if (directory === undefined) return [place];
  const entries = process.readdir(place);
  const names = failed(entries) ? [] : entries.map(({ name }) => name).filter((name) => !/[.~]/.test(name));
  return names.toSorted().map((name) => `${place}/${name}`);
}

/** Lines with those of included files where they are included, joined at backslashes and without comments. */
function linesOf(process: Process, path: string): readonly string[] {
  const text = (fileText(process, path) ?? '').replace(/\\\n\s*/g, ' ');
  return text.split('\n').flatMap((line) => {
    if (INCLUDE.test(line)) return includedBy(process, line).flatMap((each) => linesOf(process, each));
    return [line.replace(/^((?:"[^"]*"|[^"#]|#(?=\d))*)#(?!\d).*$/, '$1').trim()];
  });
}

export function readSudoers(process: Process): Sudoers {
  const specs: UserSpec[] = [];
  const defaults: DefaultsEntry[] = [];
  const aliases = new Map<string, readonly Member[]>();
  for (const line of linesOf(process, '/etc/sudoers')) {
    if (line === '') continue;
    const alias = /^(User|Runas|Host|Cmnd|Cmd)_Alias\s+(.*)$/.exec(line);
    if (alias !== null) readAliases(alias[1] === 'Cmnd' || alias[1] === 'Cmd', alias[2] ?? '', aliases);
    else if (line.startsWith('Defaults')) defaults.push(...readDefaults(line.slice('Defaults'.length)));
    else {
      const spec = new SpecReader(line).userSpec();
      if (spec !== undefined) specs.push(spec);
    }
  }
  return { specs, defaults, aliases };
}

function readAliases(commands: boolean, text: string, aliases: Map<string, readonly Member[]>): void {
  const reader = new SpecReader(text);
  do {
    const [name] = reader.list();
    if (name === undefined || !reader.take('=')) return;
    aliases.set(name.text, commands ? reader.commandList() : reader.list());
  } while (reader.take(':'));
}

function readDefaults(text: string): readonly DefaultsEntry[] {
  const scope = /^[@:!>]/.exec(text)?.[0] ?? '';
  const reader = new SpecReader(text.slice(scope.length));
  const bound = scope === '' ? [] : scope === '!' ? reader.commandList(true) : reader.list();
  return [...reader.rest().matchAll(/(!?)\s*(\w+)\s*(?:([+-]?=)\s*("(?:\\.|[^"])*"|(?:\\.|[^,\s])*))?\s*(?:,|$)/g)].map(
    ([, not, name = '', operator = '', value = '']) => ({
      scope,
      bound,
      name,
      operator: not === '!' ? '!' : (operator as DefaultsEntry['operator']),
      value: value.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1'),
    }),
  );
}

const TAG = /^\s*(NO)?(PASSWD|EXEC|SETENV|LOG_INPUT|LOG_OUTPUT|MAIL|FOLLOW|INTERCEPT)\s*:/;
const OPTION = /^\s*(?:CWD|CHROOT|TIMEOUT|ROLE|TYPE|NOTBEFORE|NOTAFTER|APPARMOR_PROFILE)=\S+/;

/** Reads one line from left to right. */
class SpecReader {
  #at = 0;
  constructor(private readonly line: string) {}

  rest(): string {
    return this.line.slice(this.#at);
  }

  /** Goes past a character, if it is the next. */
  take(char: string): boolean {
    const blank = /^\s*/.exec(this.rest())?.[0].length ?? 0;
    if (this.line.charAt(this.#at + blank) !== char) return false;
    this.#at += blank + 1;
    return true;
  }

  #match(form: RegExp): RegExpExecArray | undefined {
    const found = form.exec(this.rest()) ?? undefined;
    if (found !== undefined) this.#at += found[0].length;
    return found;
  }

  #negated(): boolean {
    let negated = false;
    while (this.take('!')) negated = !negated;
    return negated;
  }

  /** Members with commas between. */
  list(): readonly Member[] {
    const members: Member[] = [];
    do {
      const negated = this.#negated();
      const word = this.#match(/^\s*(%?:?"[^"]*"|(?:\\.|[^\s,=:()!\\])+)/)?.[1];
      if (word !== undefined) members.push({ text: word.replace(/"/g, '').replace(/\\(.)/g, '$1'), negated });
    } while (this.take(','));
    return members;
  }

  /** Commands with commas between; `bare`: without arguments. */
  commandList(bare = false): readonly Member[] {
    const members: Member[] = [];
    do members.push(this.#command(bare));
    while (this.take(','));
    return members;
  }

  #command(bare = false): Member {
    const negated = this.#negated();
    const form = bare ? /^\s*((?:\\.|[^,:=\\\s])+)/ : /^\s*((?:\\.|[^,:=\\])+)/;
    const text = this.#match(form)?.[1] ?? '';
    return {
      text: text
        .trim()
        .replace(/\s+/g, ' ')
        .replace(/\\([,:=\\])/g, '$1'),
      negated,
    };
  }

  userSpec(): UserSpec | undefined {
    const users = this.list();
    const privileges: Privilege[] = [];
    do {
      const hosts = this.list();
      if (users.length === 0 || hosts.length === 0 || !this.take('=')) return undefined;
      privileges.push({ hosts, commands: this.#commands() });
    } while (this.take(':'));
    return { users, privileges };
  }

  #commands(): readonly CommandSpec[] {
    const specs: CommandSpec[] = [];
    let runAs: CommandSpec['runAs'];
    let tags: ReadonlyMap<string, boolean> = new Map();
    do {
      if (this.take('(')) {
        const users = this.list();
        const groups = this.take(':') ? this.list() : [];
        this.take(')');
        runAs = { users, groups };
      }
      while (this.#match(OPTION) !== undefined);
      for (let tag = this.#match(TAG); tag !== undefined; tag = this.#match(TAG))
        tags = new Map(tags).set(tag[2] ?? '', tag[1] === undefined);
      specs.push({ runAs, tags, command: this.#command() });
    } while (this.take(','));
    return specs;
  }
}
