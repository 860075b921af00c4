import type { Unit } from '../../client.ts';
import { plainTable } from '../../plain-table.ts';
import { matches } from '../../../shell/expand/pattern.ts';

export interface ListOptions {
  readonly types: readonly string[];
  readonly states: readonly string[];
  readonly patterns: readonly string[];
  readonly all: boolean;
  readonly legend: boolean;
  /** Without the column of marks. */
  readonly plain: boolean;
}

export const UNIT_TYPES: readonly string[] =
  'service mount swap socket target device automount timer path slice scope'.split(' ');

function chosen(units: readonly Unit[], { types, states, patterns }: ListOptions): readonly Unit[] {
  return units.filter(
    ({ name, load, active, sub, enabled }) =>
      (types.length === 0 || types.includes(typeOf(name))) &&
      (states.length === 0 || states.some((state) => [load, active, sub, enabled].includes(state))) &&
      (patterns.length === 0 || patterns.some((pattern) => matches(pattern, name))),
  );
}

const typeOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

const byTypeAndName = ({ name: a }: Unit, { name: b }: Unit): number =>
  typeOf(a) === typeOf(b) ? (a < b ? -1 : 1) : typeOf(a) < typeOf(b) ? -1 : 1;

/** Before the names of units that somebody should look at. */
const MARKS: Readonly<Record<string, string>> = {
  failed: '● ',
  'not-found': '● ',
  masked: '● ',
  'bad-setting': '● ',
  error: '● ',
};

/** `systemctl list-units`. */
export function unitLines(units: readonly Unit[], options: ListOptions): readonly string[] {
  const found = chosen(units, options).toSorted(byTypeAndName);
  const rows = found.map((unit) => [
    `${options.plain ? '' : (MARKS[unit.load === 'loaded' ? unit.active : unit.load] ?? '  ')}${unit.name}`,
    unit.load,
    unit.active,
    unit.sub,
    unit.description,
  ]);
  const table = tableLines(
    [[options.plain ? 'UNIT' : '  UNIT', 'LOAD', 'ACTIVE', 'SUB', 'DESCRIPTION'], ...rows],
    options,
  );
  if (!options.legend) return table;
  // Whoever asks for states wants to see no others.
  const showsAll = options.all || options.states.includes('inactive');
  const hasHint = showsAll || options.states.length === 0;
  const hint = showsAll || !hasHint ? '' : ' Pass --all to see loaded but inactive units, too.';
  return [
    ...table,
    '',
    ...(found.length === 0
      ? []
      : [
          'Legend: LOAD   → Reflects whether the unit definition was properly loaded.',
          '        ACTIVE → The high-level unit activation state, i.e. generalization of SUB.',
          '        SUB    → The low-level unit activation state, values depend on unit type.',
          '',
        ]),
    `${String(found.length)} loaded units listed.${hint}`,
    ...(hasHint ? ["To show all installed unit files use 'systemctl list-unit-files'."] : []),
  ];
}

/** `systemctl list-unit-files`. */
export function unitFileLines(units: readonly Unit[], options: ListOptions): readonly string[] {
  const found = chosen(units, options);
  const rows = found.map(({ name, enabled, preset }) => [
    name,
    enabled,
    enabled === 'static' || enabled === 'alias' ? '-' : preset,
  ]);
  const table = tableLines([['UNIT FILE', 'STATE', 'PRESET'], ...rows], options);
  return options.legend ? [...table, '', `${String(found.length)} unit files listed.`] : table;
}

const tableLines = (rows: readonly (readonly string[])[], { legend }: ListOptions): readonly string[] =>
  plainTable(legend ? rows : rows.slice(1));
