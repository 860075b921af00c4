/** :autocmd for opened files and their types, :augroup, :filetype. */
import type { ViState } from '../state/state.ts';
import { fail } from '../state/state.ts';
import type { ExCall, ExCommand } from './command.ts';

const EVENTS = /^(?:bufread|bufreadpost|bufnewfile|bufenter|bufwinenter|filetype)$/;

/** `:autocmd [group] Event,Event pattern command`. */
function autocommand(state: ViState, { args, bang }: ExCall): ViState {
  if (args === '')
    return bang ? { ...state, autocommands: [] } : fail(state, 'drydock: the list of :autocmd is not simulated');
  const words = args.split(/\s+/);
  const isEvent = (word: string): boolean =>
    word
      .toLowerCase()
      .split(',')
      .every((each) => EVENTS.test(each));
  const at = isEvent(words[0] ?? '') ? 0 : 1;
  const [events = '', pattern = '', ...rest] = words.slice(at);
  if (!isEvent(events) || pattern === '' || rest.length === 0)
    return fail(state, `drydock: :autocmd ${args} is not simulated`);
  const added = { events: events.toLowerCase().split(','), pattern, command: rest.join(' ') };
  return { ...state, autocommands: [...state.autocommands, added] };
}

/** `:filetype [plugin] [indent] on|off`. */
function fileType(state: ViState, { args }: ExCall): ViState {
  const words = args.split(/\s+/);
  if (args === '') {
    const [types, plugins, indents] = [state.filetypes, state.plugins, state.indents].map((on) => (on ? 'ON' : 'OFF'));
    return { ...state, message: `filetype detection:${types ?? ''}  plugin:${plugins ?? ''}  indent:${indents ?? ''}` };
  }
  const on = words.includes('on');
  if (!on && !words.includes('off')) return fail(state, `E475: Invalid argument: ${args}`);
  const all = words.length === 1;
  return {
    ...state,
    filetypes: on || !all,
    plugins: words.includes('plugin') ? on : state.plugins,
    indents: words.includes('indent') ? on : state.indents,
  };
}

/** :syntax on finds the types of files too. */
function syntax(state: ViState, { args }: ExCall): ViState {
  if (args === '') return { ...state, message: 'No Syntax items defined for this buffer' };
  return /^(?:on|enable)$/.test(args) ? { ...state, filetypes: true } : state;
}

export const AUTO_COMMANDS: readonly ExCommand[] = [
  { name: 'autocmd', shortest: 'au', takesBars: true, run: autocommand },
  { name: 'augroup', shortest: 'aug', run: (state) => state },
  { name: 'filetype', shortest: 'filet', run: fileType },
  { name: 'syntax', shortest: 'sy', run: syntax },
];
