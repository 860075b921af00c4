/** :map and its family, :abbreviate, and taking them back. */
import type { Mapping, ViState } from '../state/state.ts';
import { fail } from '../state/state.ts';
import type { ExCall, ExCommand } from './command.ts';

const define =
  (modes: string, how: { readonly remap: boolean; readonly abbreviation: boolean }) =>
  (state: ViState, { args, bang }: ExCall): ViState => {
    const [, from = '', to = ''] = /^((?:<(?:silent|buffer|nowait|expr|unique)>\s*)*\S+)\s*([\s\S]*)$/.exec(args) ?? [];
    const reach = bang ? 'ic' : modes;
    const keys = from
      .replace(/^(?:<(?:silent|buffer|nowait|unique)>\s*)+/, '')
      .replaceAll(/<leader>/gi, () => state.leader);
    if (to === '') return list(state, reach, keys, how.abbreviation);
    const mapping: Mapping = { modes: reach, from: keys, to, ...how };
    const others = state.mappings.filter(
      (each) =>
        each.from !== keys ||
        each.abbreviation !== how.abbreviation ||
        ![...each.modes].some((mode) => reach.includes(mode)),
    );
    return { ...state, mappings: [...others, mapping] };
  };

function list(state: ViState, modes: string, from: string, abbreviation: boolean): ViState {
  const found = state.mappings.filter(
    (each) =>
      each.abbreviation === abbreviation &&
      each.from.startsWith(from) &&
      [...each.modes].some((mode) => modes.includes(mode)),
  );
  if (found.length === 0) return { ...state, message: abbreviation ? 'No abbreviation found' : 'No mapping found' };
  const lines = found.map(({ modes: each, from: keys, to, remap }) => {
    const mode = each === 'nv' ? '   ' : each === 'ic' ? '!  ' : `${each.charAt(0)}  `;
    return `${mode}${keys.padEnd(12)}${remap ? ' ' : '*'} ${to}`;
  });
  return lines.length === 1 ? { ...state, message: lines[0] ?? '' } : { ...state, output: lines };
}

const remove =
  (modes: string, abbreviation: boolean) =>
  (state: ViState, { args, bang }: ExCall): ViState => {
    const reach = bang ? 'ic' : modes;
    const isMeant = (each: Mapping): boolean =>
      each.from === args && each.abbreviation === abbreviation && [...each.modes].some((mode) => reach.includes(mode));
    if (!state.mappings.some(isMeant))
      return fail(state, abbreviation ? 'E24: No such abbreviation' : 'E31: No such mapping');
    return { ...state, mappings: state.mappings.filter((each) => !isMeant(each)) };
  };

const family = (
  name: string,
  shortest: string,
  modes: string,
  how: { readonly remap: boolean; readonly abbreviation: boolean },
): ExCommand => ({
  name,
  shortest,
  takesBars: true,
  run: define(modes, how),
});
const MAP = { remap: true, abbreviation: false };
const NOREMAP = { remap: false, abbreviation: false };
const ABBREVIATION = { remap: false, abbreviation: true };

export const MAP_COMMANDS: readonly ExCommand[] = [
  family('map', 'map', 'nv', MAP),
  family('nmap', 'nm', 'n', MAP),
  family('vmap', 'vm', 'v', MAP),
  family('xmap', 'xm', 'v', MAP),
  family('imap', 'im', 'i', MAP),
  family('cmap', 'cm', 'c', MAP),
  family('noremap', 'no', 'nv', NOREMAP),
  family('nnoremap', 'nn', 'n', NOREMAP),
  family('vnoremap', 'vn', 'v', NOREMAP),
  family('xnoremap', 'xn', 'v', NOREMAP),
  family('inoremap', 'ino', 'i', NOREMAP),
  family('cnoremap', 'cno', 'c', NOREMAP),
  family('abbreviate', 'ab', 'ic', ABBREVIATION),
  family('iabbrev', 'ia', 'i', ABBREVIATION),
  { name: 'unmap', shortest: 'unm', run: remove('nv', false) },
  { name: 'nunmap', shortest: 'nun', run: remove('n', false) },
  { name: 'vunmap', shortest: 'vu', run: remove('v', false) },
  { name: 'iunmap', shortest: 'iu', run: remove('i', false) },
  { name: 'unabbreviate', shortest: 'una', run: remove('ic', true) },
  { name: 'iunabbrev', shortest: 'iuna', run: remove('i', true) },
  {
    name: 'mapclear',
    shortest: 'mapc',
    run: (state) => ({ ...state, mappings: state.mappings.filter((each) => each.abbreviation) }),
  },
  {
    name: 'abclear',
    shortest: 'abc',
    run: (state) => ({ ...state, mappings: state.mappings.filter((each) => !each.abbreviation) }),
  },
];
