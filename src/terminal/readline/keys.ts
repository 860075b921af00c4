/** Bytes from a terminal as keys (xterm's sequences). Control is `^X`, Alt with a character `M-x`. */
export type Key =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'paste'; readonly text: string }
  /** `sequence`: the characters that the terminal sent. */
  | { readonly type: 'key'; readonly name: string; readonly sequence: string };

const SEQUENCES: Readonly<Record<string, string>> = {
  '[A': 'up',
  '[B': 'down',
  '[C': 'right',
  '[D': 'left',
  '[H': 'home',
  '[F': 'end',
  OA: 'up',
  OB: 'down',
  OC: 'right',
  OD: 'left',
  OH: 'home',
  OF: 'end',
  '[1~': 'home',
  '[4~': 'end',
  '[7~': 'home',
  '[8~': 'end',
  '[3~': 'delete',
  '[2~': 'insert',
  '[5~': 'page-up',
  '[6~': 'page-down',
  '[1;5C': 'word-right',
  '[1;5D': 'word-left',
  '[1;3C': 'word-right',
  '[1;3D': 'word-left',
  '[Z': 'shift-tab',
};
const PASTE_START = '\x1b[200~';
const PASTE_END = '\x1b[201~';

/** Splits typed text into keys; what could still become a sequence is left over. */
export function parseKeys(input: string): { readonly keys: readonly Key[]; readonly rest: string } {
  const keys: Key[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') keys.push({ type: 'text', text });
    text = '';
  };
  let i = 0;
  while (i < input.length) {
    const char = input.charAt(i);
    if (char === '\x1b') {
      flush();
      const rest = input.slice(i);
      if (rest.startsWith(PASTE_START)) {
        const end = rest.indexOf(PASTE_END);
        if (end < 0) return { keys, rest };
        keys.push({ type: 'paste', text: rest.slice(PASTE_START.length, end) });
        i += end + PASTE_END.length;
        continue;
      }
      if (rest === '\x1b[' || rest === '\x1bO' || (PASTE_START.startsWith(rest) && rest.length > 2))
        return { keys, rest };
      const sequence = /^\x1b(\[[0-9;?]*[A-Za-z~]|O[A-Za-z]|\[[0-9;?]*$|[\s\S])/.exec(rest);
      if (sequence === null) {
        keys.push({ type: 'key', name: 'escape', sequence: '\x1b' });
        i += 1;
        continue;
      }
      const [whole, body = ''] = sequence;
      if (/^\[[0-9;?]*$/.test(body)) return { keys, rest };
      const name = SEQUENCES[body] ?? (whole.length === 2 ? `M-${body}` : `unknown ${body}`);
      keys.push({ type: 'key', name, sequence: whole });
      i += whole.length;
    } else if (char < ' ' || char === '\x7f') {
      flush();
      keys.push({
        type: 'key',
        name:
          char === '\r' || char === '\n'
            ? 'enter'
            : char === '\t'
              ? 'tab'
              : char === '\x7f'
                ? 'backspace'
                : `^${String.fromCharCode(char.charCodeAt(0) + 64)}`,
        sequence: char,
      });
      i += 1;
    } else {
      const whole = String.fromCodePoint(input.codePointAt(i) ?? 32);
      text += whole;
      i += whole.length;
    }
  }
  flush();
  return { keys, rest: '' };
}
