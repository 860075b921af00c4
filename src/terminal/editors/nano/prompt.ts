/** Keys while nano asks something, and what follows from the answer. */
import { find, nextReplacement, replaceKey } from './search.ts';
import { ask, chars, type NanoKey, type NanoPrompt, type NanoState } from './state.ts';

const CHOICES = new Set(['exit', 'different', 'overwrite', 'replace-each']);
export const isChoice = ({ kind }: NanoPrompt): boolean => CHOICES.has(kind);

/** What is asked, as the status bar has it. */
export function questionOf(state: NanoState, prompt: NanoPrompt): string {
  const { search, writing } = state;
  const flags = `${search.caseSensitive ? ' [Case Sensitive]' : ''}${search.regexp ? ' [Regexp]' : ''}${search.backwards ? ' [Backwards]' : ''}`;
  const last = search.text === '' ? '' : ` [${search.text}]`;
  const format = `${writing.dos && !state.dos ? ' [DOS Format]' : ''}${state.options.backup ? ' [Backup]' : ''}`;
  switch (prompt.kind) {
    case 'search':
      return `Search${flags}${last}`;
    case 'replace':
      return `Search${flags} (to replace)${last}`;
    case 'replace-with':
      return 'Replace with';
    case 'replace-each':
      return 'Replace this instance?';
    case 'write':
      if (writing.selection)
        return `${{ whole: 'Write', append: 'Append', prepend: 'Prepend' }[writing.how]} Selection to File${format}`;
      return `File Name to ${{ whole: 'Write', append: 'Append to', prepend: 'Prepend to' }[writing.how]}${format}`;
    case 'insert':
      return 'File to insert [from ./]';
    case 'execute':
      return 'Command to execute';
    case 'go-to':
      return 'Enter line number, column number';
    case 'exit':
      return 'Save modified buffer?';
    case 'different':
      return 'Save file under DIFFERENT NAME?';
    case 'overwrite':
      return `File "${prompt.text}" exists; OVERWRITE?`;
  }
}

const nameOf = (key: NanoKey): string => ('special' in key ? key.special : key.char);

export function promptKey(state: NanoState, prompt: NanoPrompt, key: NanoKey): NanoState {
  const name = nameOf(key);
  const closed: NanoState = { ...state, prompt: undefined };
  if (name === '^C' || name === 'escape') return cancelled(closed, prompt);
  if (isChoice(prompt)) return choose(state, closed, prompt, name.toLowerCase());
  const own = OWN_KEYS[prompt.kind]?.(state, prompt, name);
  if (own !== undefined) return own;
  return name === 'enter' ? answered(closed, prompt) : { ...state, prompt: typedInto(prompt, key) };
}

function cancelled(closed: NanoState, prompt: NanoPrompt): NanoState {
  if (prompt.kind === 'replace-each')
    return nextReplacement({ ...closed, search: { ...closed.search }, replacement: closed.replacement }, true, true);
  return { ...closed, replacement: undefined, message: 'Cancelled' };
}

function choose(state: NanoState, closed: NanoState, prompt: NanoPrompt, answer: string): NanoState {
  if (prompt.kind === 'replace-each') return replaceKey(closed, answer);
  if (answer !== 'y' && answer !== 'n') return state;
  const yes = answer === 'y';
  if (prompt.kind === 'exit')
    return yes
      ? ask(
          { ...closed, writing: { ...closed.writing, thenExit: true, how: 'whole', selection: false } },
          'write',
          state.path,
        )
      : { ...closed, exit: true };
  if (!yes) return ask(closed, 'write', prompt.text);
  return { ...closed, work: { type: 'write', path: prompt.text, asked: prompt.kind === 'different' ? 'name' : 'all' } };
}

type OwnKeys = (state: NanoState, prompt: NanoPrompt, name: string) => NanoState | undefined;

const searchKeys: OwnKeys = (state, prompt, name) => {
  const { search } = state;
  const set = (values: Partial<NanoState['search']>): NanoState => ({ ...state, search: { ...search, ...values } });
  if (/^M-c$/i.test(name)) return set({ caseSensitive: !search.caseSensitive });
  if (/^M-r$/i.test(name)) return set({ regexp: !search.regexp });
  if (/^M-b$/i.test(name)) return set({ backwards: !search.backwards });
  if (name === '^R') return ask(state, prompt.kind === 'search' ? 'replace' : 'search', prompt.text);
  if (name === '^T' && prompt.kind === 'search') return ask(state, 'go-to');
  if (name === '^P' || name === 'up') return ask(state, prompt.kind, search.text);
  return undefined;
};

const writeKeys: OwnKeys = (state, prompt, name) => {
  const { writing, options } = state;
  const how = (wanted: 'append' | 'prepend'): NanoState =>
    ask(
      { ...state, writing: { ...writing, how: writing.how === wanted ? 'whole' : wanted } },
      'write',
      writing.how === wanted ? prompt.text : '',
    );
  if (/^M-a$/i.test(name)) return how('append');
  if (/^M-p$/i.test(name)) return how('prepend');
  if (/^M-d$/i.test(name)) return { ...state, writing: { ...writing, dos: !writing.dos } };
  if (/^M-b$/i.test(name)) return { ...state, options: { ...options, backup: !options.backup } };
  return /^(?:M-m|M-M|\^T)$/.test(name)
    ? { ...state, prompt: undefined, message: `drydock: nano's ${name} here is not simulated` }
    : undefined;
};

const goToKeys: OwnKeys = (state, _prompt, name) => {
  const last = state.lines.length - 1;
  const closed: NanoState = { ...state, prompt: undefined };
  if (name === '^Y') return { ...closed, row: 0, column: 0 };
  if (name === '^V') return { ...closed, row: last, column: chars(state, last).length };
  return name === '^T' ? ask(state, 'search') : undefined;
};

const OWN_KEYS: Partial<Readonly<Record<NanoPrompt['kind'], OwnKeys>>> = {
  search: searchKeys,
  replace: searchKeys,
  write: writeKeys,
  'go-to': goToKeys,
  insert: (state, prompt, name) => (name === '^X' ? ask(state, 'execute', prompt.text) : undefined),
  execute: (state, _prompt, name) =>
    name === '^X'
      ? ask(state, 'insert')
      : name === '^Z'
        ? { ...state, prompt: undefined, message: "drydock: nano's ^T^Z is not simulated" }
        : undefined,
};

/** The answer with a key typed into it. */
function typedInto(prompt: NanoPrompt, key: NanoKey): NanoPrompt {
  const text = [...prompt.text];
  const { at } = prompt;
  const made = (parts: readonly string[], to: number): NanoPrompt => ({
    ...prompt,
    text: parts.join(''),
    at: Math.max(0, Math.min(parts.length, to)),
  });
  if ('char' in key) return made([...text.slice(0, at), key.char, ...text.slice(at)], at + 1);
  switch (key.special) {
    case 'backspace':
    case '^H':
      return at === 0 ? prompt : made([...text.slice(0, at - 1), ...text.slice(at)], at - 1);
    case 'delete':
    case '^D':
      return made([...text.slice(0, at), ...text.slice(at + 1)], at);
    case '^K':
    case '^U':
      return made([], 0);
    case '^A':
    case 'home':
      return made(text, 0);
    case '^E':
    case 'end':
      return made(text, text.length);
    case '^B':
    case 'left':
      return made(text, at - 1);
    case '^F':
    case 'right':
      return made(text, at + 1);
    default:
      return prompt;
  }
}

function answered(closed: NanoState, prompt: NanoPrompt): NanoState {
  const { text } = prompt;
  switch (prompt.kind) {
    case 'write':
      return text === ''
        ? { ...closed, message: 'Cancelled' }
        : { ...closed, work: { type: 'write', path: text, asked: 'nothing' } };
    case 'insert':
      return text === '' ? { ...closed, message: 'Cancelled' } : { ...closed, work: { type: 'insert', path: text } };
    case 'execute':
      return text === ''
        ? { ...closed, message: 'Cancelled' }
        : { ...closed, work: { type: 'execute', command: text } };
    case 'search': {
      const wanted = text || closed.search.text;
      return wanted === ''
        ? { ...closed, message: 'Cancelled' }
        : find({ ...closed, search: { ...closed.search, text: wanted } });
    }
    case 'replace': {
      const wanted = text || closed.search.text;
      const began = { row: closed.row, column: closed.column };
      if (wanted === '') return { ...closed, message: 'Cancelled' };
      return ask(
        {
          ...closed,
          search: { ...closed.search, text: wanted },
          replacement: { from: wanted, to: '', count: 0, began },
        },
        'replace-with',
      );
    }
    case 'replace-with':
      return closed.replacement === undefined
        ? closed
        : nextReplacement({ ...closed, replacement: { ...closed.replacement, to: text } }, true);
    case 'go-to':
      return goTo(closed, text);
    default:
      return closed;
  }
}

/** Numbers below zero count from the end. */
function goTo(state: NanoState, text: string): NanoState {
  const [, line, column] = /^\s*(-?\d*)\s*(?:[,.;:\s]\s*(-?\d+))?\s*$/.exec(text) ?? [];
  if (line === undefined || text.trim() === '') return { ...state, message: 'Invalid line or column number' };
  const total = state.lines.length;
  const asked = line === '' ? state.row + 1 : Number(line) < 0 ? total + 1 + Number(line) : Number(line);
  const row = Math.max(0, Math.min(total, asked) - 1);
  const { length } = chars(state, row);
  const at = column === undefined ? 1 : Number(column) < 0 ? length + 2 + Number(column) : Number(column);
  return { ...state, row, column: Math.min(Math.max(0, at - 1), length) };
}
