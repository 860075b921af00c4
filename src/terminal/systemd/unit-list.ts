import type { Unit } from './client.ts';

export interface ListOptions {
  readonly type?: string;
  readonly state?: string;
  readonly all: boolean;
  readonly legend: boolean;
}

function chosen(units: readonly Unit[], { type, state }: ListOptions): readonly Unit[] {
  return units.filter(
    ({ name, load, active, sub, enabled }) =>
      (type === undefined || name.endsWith(`.${type}`)) &&
      (state === undefined || [load, active, sub, enabled].includes(state)),
  );
}

/** `systemctl list-units`. */
export function unitLines(units: readonly Unit[], options: ListOptions): readonly string[] {
  const found = chosen(units, options);
  const rows = found.map((unit) => [
    `${unit.active === 'failed' ? '●' : ' '} ${unit.name}`,
    unit.load,
    unit.active,
    unit.sub,
    unit.description,
  ]);
  const table = tableLines([['  UNIT', 'LOAD', 'ACTIVE', 'SUB', 'DESCRIPTION'], ...rows], options);
  if (!options.legend) return table;
  const hint = options.all || options.state !== undefined ? '' : ' Pass --all to see loaded but inactive units, too.';
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
    "To show all installed unit files use 'systemctl list-unit-files'.",
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

function tableLines(rows: readonly (readonly string[])[], { legend }: ListOptions): readonly string[] {
  const shown = legend ? rows : rows.slice(1);
  const widths = (rows[0] ?? []).map((_, column) => Math.max(0, ...shown.map((row) => row[column]?.length ?? 0)));
  return shown.map((row) =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join(' '),
  );
}
