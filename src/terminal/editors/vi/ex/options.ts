/** :set. */
import type { ViOptions, ViState } from '../state.ts';
import { fail } from '../state.ts';
import type { ExCall, ExCommand } from './command.ts';

type SwitchName = { [Name in keyof ViOptions]: ViOptions[Name] extends boolean ? Name : never }[keyof ViOptions];
type WidthName = Exclude<keyof ViOptions, SwitchName>;

const SWITCHES: Readonly<Record<string, SwitchName>> = {
  ai: 'autoindent',
  et: 'expandtab',
  ic: 'ignorecase',
  list: 'list',
  nu: 'number',
  paste: 'paste',
  rnu: 'relativenumber',
  scs: 'smartcase',
  wrap: 'wrap',
  ws: 'wrapscan',
};
const WIDTHS: Readonly<Record<string, WidthName>> = { sw: 'shiftwidth', ts: 'tabstop', sts: 'softtabstop' };
const fullNames = <Name extends string>(table: Readonly<Record<string, Name>>): Readonly<Record<string, Name>> => ({
  ...table,
  ...Object.fromEntries(Object.values(table).map((name) => [name, name])),
});
const SWITCH_NAMES = fullNames(SWITCHES);
const WIDTH_NAMES = fullNames(WIDTHS);

/** Options that change only colours, or nothing that is seen here. */
const QUIET =
  /^(?:no|inv)?(?:hlsearch|hls|incsearch|is|ruler|ru|showmode|smd|showcmd|sc|mouse|cursorline|cul|cursorcolumn|cuc|syntax|background|bg|filetype|ft|fileformat|ff|encoding|enc|fileencoding|fenc|scrolloff|so|smartindent|si|cindent|cin|textwidth|tw|backspace|bs|compatible|cp|hidden|hid|swapfile|swf|backup|bk|undofile|laststatus|ls|foldmethod|fdm|clipboard|modifiable|ma|autoread|ar|wildmenu|showmatch|sm|visualbell|vb|ttyfast|title|history|hi|modeline|ml|linebreak|lbr|colorcolumn|cc)(?:[!&]|[+^-]?[=:].*)?$/;

function setAll(state: ViState, { args }: ExCall): ViState {
  if (args === '') return changed(state);
  if (args === 'all') return fail(state, 'drydock: :set all is not simulated');
  let next = state;
  for (const option of args.split(/\s+/)) {
    next = setOption(next, option);
    if (next.failed)
      return { ...next, message: next.message.startsWith('E') ? `${next.message}: ${option}` : next.message };
  }
  return next;
}

/** :set alone lists what differs from the default. */
function changed(state: ViState): ViState {
  const shown = Object.entries(SWITCHES).flatMap(([, name]) =>
    state.options[name] && name !== 'wrap' && name !== 'wrapscan' ? [name] : [],
  );
  const widths = Object.values(WIDTHS).flatMap((name) =>
    state.options[name] === (name === 'softtabstop' ? 0 : 8) ? [] : [`${name}=${String(state.options[name])}`],
  );
  return { ...state, output: ['--- Options ---', ...[...shown, ...widths].map((option) => `  ${option}`)] };
}

function setOption(state: ViState, option: string): ViState {
  const [, prefix = '', name = '', sign = '', value] =
    /^(no|inv)?([a-z]+)(?:([!?&]|[+^-]?[=:])(.*))?$/.exec(option) ?? [];
  const plain = /^(?:no|inv)/.test(option) && SWITCH_NAMES[option] !== undefined ? option : name;
  const flag = SWITCH_NAMES[plain];
  const width = WIDTH_NAMES[name];
  const set = (values: Partial<ViOptions>): ViState => ({ ...state, options: { ...state.options, ...values } });
  if (flag !== undefined) {
    if (sign === '?') return { ...state, message: `${state.options[flag] ? '  ' : 'no'}${flag}` };
    if (value !== undefined && value !== '') return fail(state, 'E474: Invalid argument');
    const on = sign === '!' || prefix === 'inv' ? !state.options[flag] : prefix !== 'no';
    // What is pasted is not indented anew.
    return flag === 'paste' && on
      ? set({ paste: true, autoindent: false, expandtab: false, softtabstop: 0 })
      : set({ [flag]: on });
  }
  if (width !== undefined) {
    if (sign === '' || sign === '?') return { ...state, message: `  ${width}=${String(state.options[width])}` };
    const number = Number(value);
    if (!/^-?\d+$/.test(value ?? '')) return fail(state, 'E521: Number required after =');
    if (number < (width === 'tabstop' ? 1 : 0)) return fail(state, 'E487: Argument must be positive');
    return set({ [width]: width === 'shiftwidth' && number === 0 ? state.options.tabstop : number });
  }
  if (/^(?:ff|fileformat)$/.test(name) && (value === 'unix' || value === 'dos'))
    return { ...state, format: value, saved: [...state.saved, ''] };
  if (/^(?:ff|fileformat)$/.test(name)) return { ...state, message: `  fileformat=${state.format}` };
  if (/^(?:ro|readonly)$/.test(name)) return { ...state, readonly: prefix !== 'no' };
  return QUIET.test(option) ? state : fail(state, 'E518: Unknown option');
}

export const OPTION_COMMANDS: readonly ExCommand[] = [
  { name: 'set', shortest: 'se', run: setAll },
  { name: 'setlocal', shortest: 'setl', run: setAll },
  { name: 'nohlsearch', shortest: 'noh', run: (state) => state },
  { name: 'syntax', shortest: 'sy', run: (state) => state },
  { name: 'filetype', shortest: 'filet', run: (state) => state },
  { name: 'colorscheme', shortest: 'colo', run: (state) => state },
  { name: 'highlight', shortest: 'hi', run: (state) => state },
];
