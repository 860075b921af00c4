/** What dpkg and dpkg-query tell of the database. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Io } from '../../io.ts';
import { displayName, type DpkgDatabase, type PackageRecord } from './dpkg-database.ts';
import { stanzaText } from './deb-control.ts';

const LIST_HEADER = `Desired=Unknown/Install/Remove/Purge/Hold
| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend
|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)
`;

/** A shell pattern over package names. */
export function nameMatcher(pattern: string): (name: string) => boolean {
  if (!/[*?[]/.test(pattern)) return (name) => name === pattern.replace(/:(amd64|all)$/, '');
  const expression = new RegExp(
    `^${pattern
      .replace(/[.+^${}()|\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.')}$`,
  );
  return (name) => expression.test(name);
}

/** Records that a pattern names; complains of patterns that name none. */
export async function recordsFor(
  io: Io,
  database: DpkgDatabase,
  patterns: readonly string[],
): Promise<{ readonly records: readonly PackageRecord[]; readonly status: number }> {
  const all = [...database.packages.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (patterns.length === 0) return { records: all, status: 0 };
  const missing = patterns.filter((pattern) => !all.some(({ name }) => nameMatcher(pattern)(name)));
  for (const pattern of missing) await io.raw(`dpkg-query: no packages found matching ${pattern}\n`);
  return {
    records: all.filter(({ name }) => patterns.some((pattern) => nameMatcher(pattern)(name))),
    status: missing.length === 0 ? 0 : 1,
  };
}

/** `dpkg -l`. */
export async function list(
  process: Process,
  io: Io,
  database: DpkgDatabase,
  patterns: readonly string[],
): Promise<number> {
  const { records, status } = await recordsFor(io, database, patterns);
  if (records.length === 0) return status;
  const rows = records.map((record) => [
    `${{ install: 'i', hold: 'h', deinstall: 'r', purge: 'p' }[record.want]}${{ installed: 'i', 'config-files': 'c', unpacked: 'U', 'not-installed': 'n' }[record.state]}`,
    displayName(record),
    record.version,
    record.architecture,
    (record.fields['Description'] ?? '').split('\n')[0] ?? '',
  ]);
  const width = (column: number, least: number): number =>
    Math.max(least, ...rows.map((row) => row[column]?.length ?? 0));
  const widths = [width(1, 14), width(2, 12), width(3, 12)];
  const size = process.isatty(1) ? process.windowSize(1) : undefined;
  const left = widths.reduce((sum, each) => sum + each + 1, 4);
  const room = size === undefined || failed(size) ? width(4, 33) : Math.max(33, size.columns - left);
  const line = (status2: string, cells: readonly string[]): string =>
    `${status2.padEnd(4)}${cells.map((cell, at) => (at < 3 ? `${cell.slice(0, widths[at]).padEnd(widths[at] ?? 0)} ` : cell.slice(0, room))).join('')}\n`;
  io.out(LIST_HEADER);
  io.out(line('||/', ['Name', 'Version', 'Architecture', 'Description']));
  io.out(`+++-${widths.map((each) => '='.repeat(each)).join('-')}-${'='.repeat(room)}\n`);
  for (const [state = '', ...cells] of rows) io.out(line(state, cells));
  return status;
}

const STATUS_FIELDS = [
  ...['Package', 'Essential', 'Status', 'Priority', 'Section', 'Installed-Size', 'Maintainer', 'Architecture'],
  ...['Version', 'Replaces', 'Provides', 'Depends', 'Pre-Depends', 'Conflicts', 'Description', 'Homepage'],
];

/** `dpkg -s`. */
export async function status(io: Io, database: DpkgDatabase, names: readonly string[]): Promise<number> {
  let code = 0;
  for (const [at, name] of names.entries()) {
    const record = database.get(name);
    if (record === undefined) {
      await io.raw(`dpkg-query: package '${name}' is not installed and no information is available\n`);
      code = 1;
      continue;
    }
    if (at > 0) io.line('');
    const ordered = STATUS_FIELDS.flatMap((field) => {
      const value = record.fields[field];
      return value === undefined ? [] : [[field, value] as const];
    });
    io.out(stanzaText(Object.fromEntries(ordered)));
  }
  if (code !== 0) await io.raw('Use dpkg --info (= dpkg-deb --info) to examine archive files.\n');
  return code;
}

/** `dpkg -L`. */
export async function listFiles(io: Io, database: DpkgDatabase, names: readonly string[]): Promise<number> {
  let code = 0;
  for (const name of names) {
    const record = database.get(name);
    if (record === undefined) {
      await io.raw(`dpkg-query: package '${name}' is not installed\n`);
      code = 1;
    } else for (const path of database.paths(record.name)) io.line(path);
  }
  if (code !== 0) await io.raw('Use dpkg --contents (= dpkg-deb --contents) to list archive files contents.\n');
  return code;
}

/** `dpkg -S`: who has a path, or any path that contains the text. */
export async function search(io: Io, database: DpkgDatabase, patterns: readonly string[]): Promise<number> {
  let code = 0;
  const installed = database.installed().map((record) => ({ record, paths: database.paths(record.name) }));
  for (const pattern of patterns) {
    const isPath = pattern.startsWith('/') && !/[*?[]/.test(pattern);
    const matches = isPath
      ? (path: string) => path === pattern
      : nameMatcher(/[*?[]/.test(pattern) ? pattern : `*${pattern}*`);
    const owners = new Map<string, string[]>();
    for (const { record, paths } of installed)
      for (const path of paths)
        if (path !== '/.' && matches(path)) owners.set(path, [...(owners.get(path) ?? []), displayName(record)]);
    for (const [path, names] of owners) io.line(`${names.join(', ')}: ${path}`);
    if (owners.size > 0) continue;
    await io.raw(`dpkg-query: no path found matching pattern ${pattern}\n`);
    code = 1;
  }
  return code;
}

/** `dpkg --get-selections`. */
export async function selections(io: Io, database: DpkgDatabase, patterns: readonly string[]): Promise<number> {
  const { records, status: code } = await recordsFor(io, database, patterns);
  for (const record of records) {
    const name = displayName(record);
    io.line(`${name}${'\t'.repeat(Math.max(1, 6 - Math.floor(name.length / 8)))}${record.want}`);
  }
  return code;
}

/** `dpkg-query -W`. */
export async function show(
  io: Io,
  database: DpkgDatabase,
  patterns: readonly string[],
  format: string,
): Promise<number> {
  const { records, status: code } = await recordsFor(io, database, patterns);
  for (const record of records) {
    const values: Readonly<Record<string, string>> = {
      ...record.fields,
      'binary:Package': displayName(record),
      'db:Status-Status': record.state,
      'binary:Summary': (record.fields['Description'] ?? '').split('\n')[0] ?? '',
    };
    io.out(
      format
        .replace(/\$\{([\w:-]+)(?:;(-?\d+))?\}/g, (_, name: string, width?: string) => {
          const value = values[name] ?? '';
          const columns = Number(width ?? '0');
          return columns < 0 ? value.padEnd(-columns) : value.padStart(columns);
        })
        .replace(/\\n/g, '\n')
        .replace(/\\t/g, '\t'),
    );
  }
  return code;
}
