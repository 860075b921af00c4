/** :set. */
import type { ViOptions } from '../state/options.ts';
import type { ViState } from '../state/state.ts';
import { DEFAULT_OPTIONS } from '../state/options.ts';
import { fail } from '../state/state.ts';
import type { ExCall, ExCommand } from './command.ts';
import {
  PLAIN_OPTIONS,
  SWITCH_NAMES,
  WIDTH_NAMES,
  type PlainOption,
  type SwitchName,
  type WidthName,
} from './option-names.ts';

function setAll(state: ViState, { args }: ExCall): ViState {
  if (args === '') return changed(state);
  if (args === 'all') return fail(state, 'drydock: :set all is not simulated');
  let next = state;
  const told: string[] = [];
  for (const option of args.match(/(?:\\.|\S)+/g) ?? []) {
    next = setOption({ ...next, message: '' }, option.replaceAll(/\\(.)/g, '$1'));
    if (!next.failed && next.message.trim() !== '') told.push(next.message);
    if (next.failed)
      return { ...next, message: next.message.startsWith('E') ? `${next.message}: ${option}` : next.message };
  }
  if (told.length > 1) return { ...next, message: '', output: told, outputOver: true };
  return { ...next, message: told[0] ?? (next.message === '' ? state.message : next.message) };
}

/** :set alone lists what differs from the default. */
function changed({ options, ...state }: ViState): ViState {
  const switches = [...new Set(SWITCH_NAMES.values())].filter((name) => options[name] !== DEFAULT_OPTIONS[name]);
  const widths = [...new Set(WIDTH_NAMES.values())].filter((name) => options[name] !== DEFAULT_OPTIONS[name]);
  const lines = [
    ...switches.map((name) => (options[name] ? `  ${name}` : `no${name}`)),
    ...widths.map((name) => `  ${name}=${String(options[name])}`),
    ...(options.listchars === DEFAULT_OPTIONS.listchars ? [] : [`  listchars=${options.listchars}`]),
    ...Object.entries(options.others).map(([name, value]) => shown(name, value)),
  ];
  return { ...state, options, output: ['--- Options ---', ...lines] };
}

const shown = (name: string, value: boolean | string): string =>
  typeof value === 'string' ? `  ${name}=${value}` : `${value ? '  ' : 'no'}${name}`;

interface Typed {
  /** no or inv before the name of a switch. */
  readonly prefix: string;
  readonly name: string;
  /** ? ! & or a sign with = */
  readonly sign: string;
  readonly value: string;
}

function parse(option: string): Typed {
  const [, word = '', sign = '', value = ''] = /^([a-z]+)(?:([?!&]|[+^-]?[=:])(.*))?$/.exec(option) ?? [];
  const prefix = isKnown(word) ? '' : (/^(?:no|inv)/.exec(word)?.[0] ?? '');
  return { prefix, name: word.slice(prefix.length), sign: sign.replace(':', '='), value };
}
const isKnown = (name: string): boolean =>
  SWITCH_NAMES.has(name) || WIDTH_NAMES.has(name) || PLAIN_OPTIONS.has(name) || OWN[name] !== undefined;

function setOption(state: ViState, option: string): ViState {
  const typed = parse(option);
  const own = OWN[typed.name];
  if (own !== undefined && typed.name !== '') return own(state, typed);
  const flag = SWITCH_NAMES.get(typed.name);
  if (flag !== undefined && typed.name !== '') return setSwitch(state, flag, typed);
  const width = WIDTH_NAMES.get(typed.name);
  if (width !== undefined && typed.name !== '') return setWidth(state, width, typed);
  const plain = PLAIN_OPTIONS.get(typed.name);
  return plain === undefined || typed.name === '' ? fail(state, 'E518: Unknown option') : setPlain(state, plain, typed);
}

/** What an option is set to, by its name or its short one; a switch is 1 or 0. */
export function optionValue({ options }: ViState, name: string): number | string | undefined {
  const flag = SWITCH_NAMES.get(name);
  if (flag !== undefined) return options[flag] ? 1 : 0;
  const width = WIDTH_NAMES.get(name);
  if (width !== undefined) return options[width];
  const plain = PLAIN_OPTIONS.get(name);
  if (plain === undefined) return undefined;
  const value = options.others[plain.name] ?? plain.value;
  return typeof value === 'boolean' ? (value ? 1 : 0) : value;
}

const withOptions = (state: ViState, values: Partial<ViOptions>): ViState => ({
  ...state,
  options: { ...state.options, ...values },
});

function setSwitch(state: ViState, name: SwitchName, { prefix, sign }: Typed): ViState {
  if (sign === '?') return { ...state, message: shown(name, state.options[name]) };
  if (sign.endsWith('=')) return fail(state, 'E474: Invalid argument');
  if (sign === '&') return withOptions(state, { [name]: DEFAULT_OPTIONS[name] });
  const on = sign === '!' || prefix === 'inv' ? !state.options[name] : prefix !== 'no';
  // What is pasted is not indented anew.
  return name === 'paste' && on
    ? withOptions(state, { paste: true, autoindent: false, expandtab: false, softtabstop: 0 })
    : withOptions(state, { [name]: on });
}

function setWidth(state: ViState, name: WidthName, { prefix, sign, value }: Typed): ViState {
  if (prefix !== '') return fail(state, 'E474: Invalid argument');
  if (sign === '' || sign === '?') return { ...state, message: `  ${name}=${String(state.options[name])}` };
  if (sign === '&') return withOptions(state, { [name]: DEFAULT_OPTIONS[name] });
  if (!/^-?\d+$/.test(value)) return fail(state, 'E521: Number required after =');
  const before = state.options[name];
  const number =
    { '=': Number(value), '+=': before + Number(value), '-=': before - Number(value) }[sign] ?? Number(value);
  if (number < (name === 'tabstop' || name === 'numberwidth' ? 1 : 0))
    return fail(state, 'E487: Argument must be positive');
  return withOptions(state, { [name]: name === 'shiftwidth' && number === 0 ? state.options.tabstop : number });
}

/** An option whose value changes nothing here; of one that is left out only the default is taken. */
function setPlain(state: ViState, { name, value: usual, kept }: PlainOption, typed: Typed): ViState {
  const { prefix, sign, value } = typed;
  const before = state.options.others[name] ?? usual;
  if (sign === '?' || (sign === '' && typeof usual === 'string' && prefix === ''))
    return { ...state, message: shown(name, before) };
  if ((typeof usual === 'string') !== (sign.endsWith('=') || sign === '&') && sign !== '&')
    return fail(state, 'E474: Invalid argument');
  const after =
    sign === '&'
      ? usual
      : typeof usual === 'string'
        ? value
        : sign === '!' || prefix === 'inv'
          ? before !== true
          : prefix !== 'no';
  if (!kept && after !== usual) return fail(state, `drydock: :set ${name} is not simulated`);
  const { [name]: _, ...others } = state.options.others;
  const made = withOptions(state, { others: after === usual ? others : { ...others, [name]: after } });
  // Other colours: the screen is painted anew.
  return /^(?:background|termguicolors|signcolumn)$/.test(name) ? { ...made, message: ' ' } : made;
}

/** Options that are no part of the table: of the file, and of how white space is shown. */
const OWN: Readonly<Record<string, (state: ViState, typed: Typed) => ViState>> = {
  ff: fileFormat,
  fileformat: fileFormat,
  ro: readOnly,
  readonly: readOnly,
  lcs: listCharacters,
  listchars: listCharacters,
};

function fileFormat(state: ViState, { sign, value }: Typed): ViState {
  if (sign !== '=') return { ...state, message: `  fileformat=${state.format}` };
  if (value !== 'unix' && value !== 'dos') return fail(state, 'E474: Invalid argument');
  return { ...state, format: value, saved: value === state.format ? state.saved : [...state.saved, ''] };
}

function readOnly(state: ViState, { prefix, sign }: Typed): ViState {
  if (sign === '?') return { ...state, message: shown('readonly', state.readonly) };
  return { ...state, readonly: sign === '!' || prefix === 'inv' ? !state.readonly : prefix !== 'no' };
}

function listCharacters(state: ViState, { sign, value }: Typed): ViState {
  if (!sign.endsWith('=')) return { ...state, message: `  listchars=${state.options.listchars}` };
  const fault = value
    .split(',')
    .find((part) => !/^(?:(?:eol|trail|space|nbsp|lead|extends|precedes):.|tab:...?)?$/u.test(part));
  if (fault !== undefined) return fail(state, 'E474: Invalid argument');
  const listchars = sign === '+=' ? [state.options.listchars, value].filter(Boolean).join(',') : value;
  return withOptions(state, { listchars });
}

/** Those of vim 9.1. */
const SCHEMES =
  'blue darkblue default delek desert elflord evening habamax industry koehler lunaperche morning murphy pablo peachpuff quiet retrobox ron shine slate sorbet torte wildcharm zaibatsu zellner'.split(
    ' ',
  );

/** Colours are chosen: what the last line says goes as the screen is painted anew. */
const recoloured = (state: ViState): ViState => ({ ...state, message: ' ' });

export const OPTION_COMMANDS: readonly ExCommand[] = [
  { name: 'set', shortest: 'se', run: setAll },
  { name: 'setlocal', shortest: 'setl', run: setAll },
  { name: 'nohlsearch', shortest: 'noh', run: (state) => state },
  {
    name: 'colorscheme',
    shortest: 'colo',
    run: (state, { args }) => {
      if (args === '') return { ...state, message: 'default' };
      return SCHEMES.includes(args) ? recoloured(state) : fail(state, `E185: Cannot find color scheme '${args}'`);
    },
  },
  { name: 'highlight', shortest: 'hi', run: (state) => state },
];
