/** Keys while nano asks something, and what follows from the answer. */
import { find, nextReplacement, replaceKey } from './search.ts';
import { ask, chars, type NanoKey, type NanoPrompt, type NanoState } from './state.ts';

export function promptKey(state: NanoState, prompt: NanoPrompt, key: NanoKey): NanoState {
  const name = 'special' in key ? key.special : key.char;
  const closed: NanoState = { ...state, prompt: undefined };
  if (name === '^C' || name === 'escape') return { ...closed, replacement: undefined, message: 'Cancelled' };
  if (prompt.kind === 'exit') {
    if (/^[yY]$/.test(name)) return ask(closed, 'write-exit', 'File Name to Write', state.path);
    return /^[nN]$/.test(name) ? { ...closed, exit: true } : state;
  }
  if (prompt.kind === 'overwrite') {
    if (/^[yY]$/.test(name))
      return { ...closed, work: { type: 'write', path: prompt.text, thenExit: false, overwrite: true } };
    return /^[nN]$/.test(name) ? closed : state;
  }
  if (prompt.kind === 'replace-each') return replaceKey(closed, name);
  if ('char' in key) return { ...state, prompt: { ...prompt, text: prompt.text + key.char } };
  if (name === 'backspace' || name === '^H')
    return { ...state, prompt: { ...prompt, text: [...prompt.text].slice(0, -1).join('') } };
  if (name === '^U' || name === '^K') return { ...state, prompt: { ...prompt, text: '' } };
  if (prompt.kind === 'search' && name === '^\\') return ask(closed, 'replace', 'Search (to replace)', prompt.text);
  return name === 'enter' ? answered(closed, prompt) : state;
}

function answered(closed: NanoState, prompt: NanoPrompt): NanoState {
  switch (prompt.kind) {
    case 'write':
    case 'write-exit':
      return prompt.text === ''
        ? { ...closed, message: 'Cancelled' }
        : {
            ...closed,
            work: { type: 'write', path: prompt.text, thenExit: prompt.kind === 'write-exit', overwrite: false },
          };
    case 'insert':
      return prompt.text === ''
        ? { ...closed, message: 'Cancelled' }
        : { ...closed, work: { type: 'insert', path: prompt.text } };
    case 'search': {
      const text = prompt.text || closed.search;
      return text === '' ? { ...closed, message: 'Cancelled' } : find({ ...closed, search: text }, text);
    }
    case 'replace': {
      const text = prompt.text || closed.search;
      return text === ''
        ? { ...closed, message: 'Cancelled' }
        : ask(
            { ...closed, search: text, replacement: { from: text, to: '', count: 0 } },
            'replace-with',
            'Replace with',
            '',
          );
    }
    case 'replace-with':
      return nextReplacement(
        { ...closed, replacement: { from: closed.replacement?.from ?? '', to: prompt.text, count: 0 } },
        true,
      );
    case 'go-to': {
      const match = /^\s*(\d*)\s*(?:[,.;:\s]\s*(\d+))?\s*$/.exec(prompt.text);
      if (match === null || prompt.text.trim() === '') return { ...closed, message: 'Invalid line or column number' };
      const row = match[1] === '' ? closed.row : Math.max(0, Math.min(closed.lines.length, Number(match[1])) - 1);
      return { ...closed, row, column: Math.min(Math.max(0, Number(match[2] ?? '1') - 1), chars(closed, row).length) };
    }
    default:
      return closed;
  }
}
