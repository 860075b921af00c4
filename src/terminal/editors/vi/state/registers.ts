/** Registers: by letter, numbered as lines are deleted, "0 for what was yanked, "- for less than a line. */
import type { Register, ViState } from './state.ts';

const EMPTY: Register = { text: [], kind: 'char' };

/** What a register gives; undefined where nothing is in it. */
export function registerNamed(state: ViState, letter: string): Register | undefined {
  // Without a window system * and + are the unnamed register.
  if (/["*+]/.test(letter)) return state.register;
  if (letter === ':') return textRegister(state.history.findLast((line) => line.startsWith(':'))?.slice(1));
  if (letter === '/') return textRegister(state.search.pattern);
  if (letter === '%') return textRegister(state.path);
  if (letter === '#') return textRegister(state.alternate);
  if (letter === '.') return state.registers['.'];
  return state.registers[letter.toLowerCase()];
}
const textRegister = (text: string | undefined): Register | undefined =>
  text === undefined || text === '' ? undefined : { text: [text], kind: 'char' };

/** Lets a command use the register with a letter; a capital adds to what it holds. */
export function withRegister(state: ViState, letter: string | undefined, act: (state: ViState) => ViState): ViState {
  if (letter === undefined || /["*+]/.test(letter)) return shelve(state, act(state));
  if (letter === '_') return { ...act(state), register: state.register };
  const name = letter.toLowerCase();
  const held = registerNamed(state, name) ?? EMPTY;
  const after = act({ ...state, register: held });
  if (after.register === held) return { ...after, register: state.register };
  const into = / yanked$/.test(after.message) ? { message: `${after.message} into "${letter}` } : {};
  const whole = name === letter ? after.register : joined(held, after.register);
  // Lines that are deleted into a register with a name are in "1 as well.
  const cut = after.lines !== state.lines && isLong(after.register) ? numbered(after, after.register) : after.registers;
  return { ...after, ...into, register: whole, registers: { ...cut, [name]: whole } };
}

function joined(held: Register, added: Register): Register {
  if (held.kind === 'line' || added.kind === 'line') return { text: [...held.text, ...added.text], kind: 'line' };
  const [first = '', ...rest] = added.text;
  return { text: [...held.text.slice(0, -1), (held.text.at(-1) ?? '') + first, ...rest], kind: held.kind };
}

/** What was yanked is in "0; what was deleted moves through "1 to "9, or is in "- where it is less than a line. */
function shelve(before: ViState, after: ViState): ViState {
  const { register } = after;
  if (register === before.register) return after;
  if (after.lines === before.lines) return { ...after, registers: { ...after.registers, '0': register } };
  return { ...after, registers: isLong(register) ? numbered(after, register) : { ...after.registers, '-': register } };
}

const isLong = ({ kind, text }: Register): boolean => kind === 'line' || text.length > 1;

/** What was deleted last is in "1, what was in "1 in "2 and so on. */
function numbered(after: ViState, register: Register): ViState['registers'] {
  const shifted = Object.fromEntries(
    [8, 7, 6, 5, 4, 3, 2, 1].flatMap((at) => {
      const held = after.registers[String(at)];
      return held === undefined ? [] : [[String(at + 1), held]];
    }),
  );
  return { ...after.registers, ...shifted, '1': register };
}

const ORDER = '"0123456789-abcdefghijklmnopqrstuvwxyz.:%#/';

/** What :reg lists. */
export function registerLines(known: ViState, wanted: string): readonly string[] {
  // The command that asks is not yet the last one.
  const state: ViState = { ...known, history: known.history.slice(0, -1) };
  const shown = [...ORDER].filter((letter) => wanted === '' || wanted.includes(letter));
  return [
    'Type Name Content',
    ...shown.flatMap((letter) => {
      const register = registerNamed(state, letter);
      if (register === undefined || (letter === '"' && register.text.join('') === '' && register.kind === 'char'))
        return [];
      const end = register.kind === 'line' ? '^J' : '';
      const text = register.text.join('^J').replaceAll('\t', '^I').replaceAll('\x1b', '^[').replaceAll('\r', '^M');
      return [`  ${register.kind.charAt(0)}  "${letter}   ${text}${end}`.slice(0, state.pageColumns - 1)];
    }),
  ];
}
