/** Escapes of a session: what is typed after the escape character at the start of a line is for ssh itself. */

export type EscapeAction =
  | { readonly type: 'send'; readonly text: string }
  | { readonly type: 'say'; readonly text: string }
  | { readonly type: 'end' };

const help = (escape: string): string =>
  [
    'Supported escape sequences:',
    ` ${escape}.   - terminate connection (and any multiplexed sessions)`,
    ` ${escape}B   - send a BREAK to the remote system`,
    ` ${escape}R   - request rekey`,
    ` ${escape}V/v - decrease/increase verbosity (LogLevel)`,
    ` ${escape}^Z  - suspend ssh`,
    ` ${escape}#   - list forwarded connections`,
    ` ${escape}&   - background ssh (when waiting for connections to terminate)`,
    ` ${escape}?   - this message`,
    ` ${escape}${escape}   - send the escape character by typing it twice`,
    '(Note that escapes are only recognized immediately after newline.)',
    '',
  ].join('\r\n');

export class EscapeReader {
  #lineStarts = true;
  #escaped = false;

  constructor(private readonly escape: string) {}

  /** What comes of text that was typed. */
  read(typed: string): readonly EscapeAction[] {
    const actions: EscapeAction[] = [];
    let plain = '';
    const flush = (): void => {
      if (plain !== '') actions.push({ type: 'send', text: plain });
      plain = '';
    };
    for (const char of typed) {
      if (this.#escaped) {
        this.#escaped = false;
        const action = this.#action(char);
        if (action === undefined) plain += char === this.escape ? char : `${this.escape}${char}`;
        else {
          flush();
          actions.push(action);
          if (action.type === 'end') return actions;
          continue;
        }
      } else if (this.#lineStarts && char === this.escape) {
        this.#escaped = true;
        continue;
      } else plain += char;
      this.#lineStarts = char === '\r' || char === '\n';
    }
    flush();
    return actions;
  }

  /** Undefined for what is no escape, and for the character itself. */
  #action(char: string): EscapeAction | undefined {
    const shown = `${this.escape}${char < ' ' ? `^${String.fromCharCode(char.charCodeAt(0) + 64)}` : char}`;
    switch (char) {
      case '.':
        return { type: 'end' };
      case '?':
        return { type: 'say', text: `${shown}\r\n${help(this.escape)}` };
      case 'C':
        return { type: 'say', text: 'commandline disabled\r\n' };
      // A pseudo-terminal makes nothing of a BREAK, and there are no keys to be made anew.
      case 'B':
        return { type: 'say', text: `${shown}\r\n` };
      case 'R':
        return { type: 'say', text: '' };
      case 'V':
      case 'v':
      case '#':
      case '&':
      case '\x1a':
        return { type: 'say', text: `drydock: 'ssh ${shown}' is not simulated\r\n` };
      default:
        return undefined;
    }
  }
}
