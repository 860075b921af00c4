/**
 * What visudo and sudo say about lines of sudoers that they cannot read. Recorded: visudo 1.9.13.
 * Models: the shape of user specifications and of aliases, names of Defaults. Leaves out: what aliases stand for, options
 * after the command's tags, values of Defaults.
 */
export interface SudoersError {
  readonly line: number;
  readonly column: number;
  readonly text: string;
  /** The line with a mark below the word; absent where only the place is told. */
  readonly shown?: readonly [string, string];
}

interface Token {
  readonly text: string;
  readonly at: number;
}

const DEFAULTS = new Set(
  (
    'env_reset mail_badpass secure_path use_pty requiretty visiblepw always_set_home env_keep env_check env_delete ' +
    'logfile log_input log_output lecture lecture_file timestamp_timeout passwd_tries passwd_timeout badpass_message insults ' +
    'editor env_editor rootpw runaspw targetpw authenticate root_sudo tty_tickets timestamp_type umask syslog fqdn mailto ' +
    'mail_always mail_no_user set_home setenv shell_noargs stay_setuid pwfeedback verifypw listpw noexec closefrom ' +
    'passprompt iolog_dir iolog_file log_host log_year match_group_by_gid preserve_groups ignore_dot env_file exempt_group'
  ).split(' '),
);
const TAGS =
  /^(NOPASSWD|PASSWD|NOEXEC|EXEC|SETENV|NOSETENV|LOG_INPUT|NOLOG_INPUT|LOG_OUTPUT|NOLOG_OUTPUT|MAIL|NOMAIL|FOLLOW|NOFOLLOW)$/;

export function sudoersErrors(text: string): readonly SudoersError[] {
  const aliases = new Set<string>();
  const lines = text.replace(/\n$/, '').split('\n');
  const found: SudoersError[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    let line = lines[at] ?? '';
    // A backslash at the end of a line goes on with the next.
    while (line.endsWith('\\') && at + 1 < lines.length) {
      at += 1;
      line = `${line.slice(0, -1)} ${lines[at] ?? ''}`;
    }
    const problem = errorIn(line, at + 1) ?? doubleAlias(line, at + 1, aliases);
    if (problem !== undefined) found.push(problem);
  }
  return found;
}

function doubleAlias(line: string, number: number, aliases: Set<string>): SudoersError | undefined {
  const [, kind = '', name = ''] = /^\s*(User|Runas|Host|Cmnd|Cmd)_Alias\s+([A-Z][A-Z\d_]*)/.exec(line) ?? [];
  if (name === '') return undefined;
  const key = `${kind.replace('Cmd', 'Cmnd')} ${name}`;
  const text = `Alias "${name}" already defined`;
  if (aliases.has(key))
    return { line: number, column: line.length + 1, text, shown: [line, `${' '.repeat(line.length)}^`] };
  aliases.add(key);
  return undefined;
}

/** `FILE:LINE:COLUMN: syntax error` with the line and the mark below. */
export const sudoersErrorText = (path: string, { line, column, text, shown }: SudoersError): string =>
  [`${path}:${String(line)}:${String(column)}: ${text}`, ...(shown ?? [])].map((each) => `${each}\n`).join('');

function errorIn(line: string, number: number): SudoersError | undefined {
  const content = line.replace(/(^|\s)#(?!\d|include).*$/, '').trimEnd();
  const found = new Reader(content).problem();
  if (found === undefined) return undefined;
  const { at, length, text } = found;
  const mark = `${' '.repeat(at)}^${'~'.repeat(Math.max(0, length - 1))}`;
  return { line: number, column: at + 1, text, ...(length === 0 ? {} : { shown: [line, mark] as const }) };
}

interface Problem {
  readonly at: number;
  /** Of the word at fault; 0: only the place is told. */
  readonly length: number;
  readonly text: string;
}

class Reader {
  readonly #tokens: Token[] = [];
  #next = 0;

  constructor(private readonly line: string) {
    for (const match of line.matchAll(/"[^"]*"|[,=:()!]|(?:\\.|[^\s,=:()!])+/g))
      this.#tokens.push({ text: match[0], at: match.index });
  }

  problem(): Problem | undefined {
    const first = this.#peek();
    if (first === undefined || /^[@#]include/.test(first.text)) return undefined;
    if (/^Defaults/.test(first.text)) return this.#defaults();
    if (/^(User|Runas|Host|Cmnd|Cmd)_Alias$/.test(first.text)) {
      this.#next += 1;
      if (!/^[A-Z][A-Z\d_]*$/.test(this.#peek()?.text ?? '')) return this.#unexpected();
      return this.#word() ?? this.#expect('=');
    }
    return this.#list() ?? this.#list() ?? this.#expect('=') ?? this.#commands();
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#next];
  }

  #defaults(): Problem | undefined {
    this.#next += 1;
    const name = this.#peek()?.text === '!' ? this.#tokens[this.#next + 1]?.text : this.#peek()?.text;
    const plain = name?.replace(/[+-]$/, '') ?? '';
    if (name === undefined) return this.#unexpected();
    return DEFAULTS.has(plain) || /^[@:!>]/.test(this.line.slice('Defaults'.length))
      ? undefined
      : { at: this.line.length, length: 0, text: `unknown defaults entry "${plain}"` };
  }

  /** Words with commas between. */
  #list(): Problem | undefined {
    for (;;) {
      while (this.#peek()?.text === '!') this.#next += 1;
      const wrong = this.#word();
      if (wrong !== undefined) return wrong;
      if (this.#peek()?.text !== ',') return undefined;
      this.#next += 1;
    }
  }

  #word(): Problem | undefined {
    const token = this.#peek();
    if (token === undefined || /^[,=:()]$/.test(token.text)) return this.#unexpected();
    this.#next += 1;
    return undefined;
  }

  #expect(text: string): Problem | undefined {
    if (this.#peek()?.text !== text) return this.#unexpected();
    this.#next += 1;
    return undefined;
  }

  /** `(users : groups) TAG: command, command`. */
  #commands(): Problem | undefined {
    for (;;) {
      const wrong = this.#peek()?.text === '(' ? this.#runAs() : undefined;
      if (wrong !== undefined) return wrong;
      while (TAGS.test(this.#peek()?.text ?? '') && this.#tokens[this.#next + 1]?.text === ':') this.#next += 2;
      while (this.#peek()?.text === '!') this.#next += 1;
      const command = this.#peek();
      const bad = this.#command(command);
      if (bad !== undefined) return bad;
      if (this.#peek() === undefined) return undefined;
      // Other hosts, with commands of their own.
      const hosts = this.#peek()?.text === ':';
      if (!hosts && this.#peek()?.text !== ',') return this.#unexpected();
      this.#next += 1;
      const other = hosts ? (this.#list() ?? this.#expect('=')) : undefined;
      if (other !== undefined) return other;
    }
  }

  #runAs(): Problem | undefined {
    this.#next += 1;
    const isEmpty = [')', ':'].includes(this.#peek()?.text ?? '');
    const users = isEmpty ? undefined : this.#list();
    if (users !== undefined) return users;
    if (this.#peek()?.text === ':') {
      this.#next += 1;
      const groups = this.#list();
      if (groups !== undefined) return groups;
    }
    return this.#expect(')');
  }

  #command(token: Token | undefined): Problem | undefined {
    if (token === undefined || /^[,=:()]$/.test(token.text)) return this.#unexpected();
    this.#next += 1;
    if (/^[A-Z][A-Z0-9_]*$/.test(token.text) || /^(sudoedit|list)$/.test(token.text)) return undefined;
    if (!token.text.startsWith('/'))
      return { at: token.at, length: token.text.length, text: 'expected a fully-qualified path name' };
    // Its arguments go with it, up to the next comma.
    while (this.#peek() !== undefined && !/^[,:]$/.test(this.#peek()?.text ?? '')) this.#next += 1;
    return undefined;
  }

  #unexpected(): Problem {
    const token = this.#peek();
    // A command reaches to the end of its line.
    if (token === undefined || token.text.startsWith('/'))
      return { at: this.line.length, length: 1, text: 'syntax error' };
    // A tag is one word with its colon.
    const tag = TAGS.test(token.text) && this.#tokens[this.#next + 1]?.text === ':' ? 1 : 0;
    return { at: token.at, length: token.text.length + tag, text: 'syntax error' };
  }
}
