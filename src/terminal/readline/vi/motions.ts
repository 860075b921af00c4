/** Where the motions of readline's vi mode lead. */
import { findCharacter } from '../edit.ts';
import type { EditorState, ViMemory } from '../state.ts';

export interface Motion {
  readonly at: number;
  /** The character there belongs to what an operator takes. */
  readonly inclusive: boolean;
}

const exclusive = (at: number): Motion => ({ at, inclusive: false });

/** Where a motion leads; undefined where the name is none, or it leads nowhere. */
export function motion(state: EditorState, name: string, count: number, memory: ViMemory): Motion | undefined {
  const { chars, cursor } = state;
  switch (name) {
    case 'h':
      return exclusive(Math.max(0, cursor - count));
    case 'l':
    case ' ':
      return exclusive(Math.min(chars.length, cursor + count));
    case '0':
      return exclusive(0);
    case '^':
      return exclusive(
        Math.max(
          0,
          chars.findIndex((char) => !/\s/.test(char)),
        ),
      );
    case '$':
      return exclusive(chars.length);
    case '|':
      return exclusive(Math.min(chars.length, count - 1));
    case '%':
      return matchingBracket(state);
    case 'w':
    case 'W':
    case 'b':
    case 'B':
    case 'e':
    case 'E': {
      let at = cursor;
      for (let turn = 0; turn < count; turn += 1) at = wordStep(chars, at, name);
      return { at, inclusive: /e/i.test(name) };
    }
    default:
      return name.startsWith('`') ? toMark(name, memory) : byCharacter(state, name, count, memory);
  }
}

function toMark(name: string, { marks }: ViMemory): Motion | undefined {
  const mark = marks.find(([char]) => char === name.slice(1));
  return mark === undefined ? undefined : exclusive(mark[1]);
}

const BRACKETS = '()[]{}';

/** The bracket that belongs to the first one at or after the cursor. */
function matchingBracket({ chars, cursor }: EditorState): Motion | undefined {
  const from = chars.findIndex((char, at) => at >= cursor && BRACKETS.includes(char));
  const own = chars[from] ?? '';
  const place = BRACKETS.indexOf(own);
  if (from < 0) return undefined;
  const step = place % 2 === 0 ? 1 : -1;
  const other = BRACKETS.charAt(place + step);
  let depth = 0;
  for (let at = from; at >= 0 && at < chars.length; at += step) {
    if (chars[at] === own) depth += 1;
    else if (chars[at] === other) depth -= 1;
    if (depth === 0) return { at, inclusive: true };
  }
  // One without another is gone to itself.
  return exclusive(from);
}

/** f F t T with their character; `;` and `,` do the last one again. */
function byCharacter(state: EditorState, name: string, count: number, { find }: ViMemory): Motion | undefined {
  const again = name === ';' || name === ',';
  const [how = '', char = ''] = [...(again ? (find ?? '') : name)];
  if (!/^[fFtT]$/.test(how)) return undefined;
  const forward = /[ft]/.test(how) !== (name === ',');
  const short = /[tT]/.test(how) ? (forward ? -1 : 1) : 0;
  const found = findCharacter(state, char, forward ? count : -count);
  if (found === undefined) return undefined;
  const at = found.cursor + short;
  return { at, inclusive: forward && at !== state.cursor };
}

function wordStep(chars: readonly string[], from: number, name: string): number {
  const big = name === name.toUpperCase();
  const kind = (at: number): number => {
    const char = chars[at] ?? ' ';
    return /\s/.test(char) ? 0 : big || /[\p{L}\p{N}_]/u.test(char) ? 1 : 2;
  };
  let at = from;
  if (/w/i.test(name)) {
    const start = kind(at);
    while (at < chars.length && start !== 0 && kind(at) === start) at += 1;
    while (at < chars.length && kind(at) === 0) at += 1;
    return at;
  }
  const step = /e/i.test(name) ? 1 : -1;
  at += step;
  while (at > 0 && at < chars.length && kind(at) === 0) at += step;
  while (at + step >= 0 && at + step < chars.length && kind(at + step) === kind(at)) at += step;
  return Math.max(0, Math.min(chars.length - 1, at));
}
