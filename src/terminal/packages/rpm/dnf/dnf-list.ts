/** dnf list, info, search, provides, repolist, check-update: what is there and what could be. */
import { fnmatchRegExp } from '../../../../formats/glob.ts';
import { compareEvr, evr, type InstalledRpm, type RpmHeader } from '../../../../formats/rpm.ts';
import type { Process } from '../../../../protocol/program.ts';
import type { Io } from '../../../io.ts';
import { isAbsentPackage } from '../absent-packages.ts';
import { labelsOf } from '../rpm-database.ts';
import type { Repository, RpmArchive } from '../repositories.ts';
import { columnWidths, formatNumber, row, terminalWidth } from './dnf-text.ts';

export interface ListCall {
  readonly process: Process;
  readonly io: Io;
  readonly archive: RpmArchive;
  readonly has: (option: string) => boolean;
  readonly names: readonly string[];
}

interface Listed {
  readonly header: RpmHeader;
  /** As the last column has it. */
  readonly from: string;
}

const label = (header: RpmHeader): readonly string[] =>
  labelsOf({ ...header, installTime: 0, fromRepo: '', user: false });
const matches = (header: RpmHeader, names: readonly string[]): boolean =>
  names.length === 0 ||
  names.some((name) =>
    /[*?[]/.test(name) ? label(header).some((each) => fnmatchRegExp(name).test(each)) : label(header).includes(name),
  );
const order = (a: Listed, b: Listed): number =>
  a.header.name === b.header.name ? compareEvr(a.header, b.header) : a.header.name < b.header.name ? -1 : 1;

const keyless = ({ arch }: InstalledRpm): boolean => arch !== '(none)';
export const installedOf = ({ archive }: ListCall): readonly Listed[] =>
  archive.database.packages.filter(keyless).map((header) => ({ header, from: `@${header.fromRepo}` }));
/** The newest of each package, where it is newer than what is installed. */
function available({ archive }: ListCall, showsAll = false): readonly Listed[] {
  return [...new Set(archive.offers.map(({ header }) => header.name))].flatMap((name) => {
    const offer = archive.newest(name);
    const there = archive.database.get(name);
    if (offer === undefined || (!showsAll && there !== undefined && compareEvr(offer.header, there) <= 0)) return [];
    return [{ header: offer.header, from: offer.repository.id }];
  });
}
const updates = ({ archive }: ListCall): readonly Listed[] =>
  archive.database.packages.flatMap((each) => {
    const offer = archive.update(each);
    return offer === undefined ? [] : [{ header: offer.header, from: offer.repository.id }];
  });

/** Which packages a word after `list` or `info` is about. */
function groups(call: ListCall): readonly (readonly [title: string, some: readonly Listed[]])[] {
  const [kind] = call.names;
  const wants = (name: string): boolean => kind === name || call.has(name);
  const names = ['installed', 'available', 'updates', 'upgrades', 'all'].includes(kind ?? '')
    ? call.names.slice(1)
    : call.names;
  const pick = (some: readonly Listed[]): readonly Listed[] =>
    some.filter(({ header }) => matches(header, names)).toSorted(order);
  if (wants('installed')) return [['Installed Packages', pick(installedOf(call))]];
  if (wants('available')) return [['Available Packages', pick(available(call))]];
  if (wants('updates') || wants('upgrades')) return [['Available Upgrades', pick(updates(call))]];
  return [
    ['Installed Packages', pick(installedOf(call))],
    ['Available Packages', pick(available(call))],
  ];
}

export async function list(call: ListCall): Promise<number> {
  const found = groups(call);
  if (found.every(([, some]) => some.length === 0)) {
    if (call.names.length === 0 || call.has('updates') || call.has('upgrades')) return 0;
    return await nothing(call);
  }
  const all = found.flatMap(([, some]) => some);
  for (const [title, some] of found) {
    if (some.length === 0) continue;
    call.io.line(title);
    rows(call, some, all);
  }
  return 0;
}

async function nothing({ io, names }: ListCall, text = 'Error: No matching Packages to list'): Promise<number> {
  const absent = names.find(isAbsentPackage);
  await io.raw(absent === undefined ? `${text}\n` : `drydock: package '${absent}' is not simulated\n`);
  return 1;
}

/** Names, versions and origins in columns. */
function rows({ process, io }: ListCall, some: readonly Listed[], all: readonly Listed[]): void {
  const cells = ({ header, from }: Listed): readonly [string, string, string] => [
    `${header.name}.${header.arch}`,
    evr(header),
    from,
  ];
  const texts = [0, 1, 2].map((at) => all.map((each) => cells(each)[at] ?? ''));
  const width = terminalWidth(process);
  const [n = 1, v = 1, r = 0] = columnWidths(texts, { columns: [1, 1, 0], indent: 0, remainder: 1, width });
  for (const each of some) {
    const [name, version, from] = cells(each);
    io.line(
      row([
        [name, -n],
        [version, -v],
        [from, -r],
      ]),
    );
  }
}

export async function info(call: ListCall): Promise<number> {
  const found = groups(call);
  if (found.every(([, some]) => some.length === 0)) {
    return await nothing(call);
  }
  for (const [title, some] of found) {
    if (some.length === 0) continue;
    call.io.line(title);
    for (const { header, from } of some) call.io.out(describe(header, from, call));
  }
  return 0;
}

function describe(header: RpmHeader, from: string, { process }: ListCall): string {
  const installed = from.startsWith('@');
  const field = (title: string, text: string): string => `${title.padEnd(12)} : ${text}\n`;
  const width = terminalWidth(process) ?? 80;
  return [
    field('Name', header.name),
    ...(header.epoch === undefined || header.epoch === 0 ? [] : [field('Epoch', String(header.epoch))]),
    field('Version', header.version),
    field('Release', header.release),
    field('Architecture', header.arch),
    field('Size', formatNumber(installed ? header.installedBytes : header.sizeBytes)),
    field('Source', header.sourceRpm),
    field('Repository', installed ? '@System' : from),
    ...(installed && from !== '@System' ? [field('From repo', from.slice(1))] : []),
    field('Summary', wrap(header.summary, width)),
    field('License', wrap(header.license, width)),
    field('Description', wrap(`${header.summary}.`, width)),
    '\n',
  ].join('');
}

/** Text behind a title of 15 columns, in lines that fit. */
function wrap(text: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && 15 + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${' '.repeat(13)}: `);
}

/** Packages whose names or summaries have the words. */
export async function search(call: ListCall): Promise<number> {
  const { io, names } = call;
  const words = names.filter((name) => name !== 'all').map((name) => name.toLowerCase());
  const all = [...available(call, true), ...installedOf(call)].toSorted(order);
  const unique = new Map(all.map((each) => [each.header.name, each]));
  const inName = ({ header }: Listed, word: string): boolean => header.name.toLowerCase().includes(word);
  const inSummary = ({ header }: Listed, word: string): boolean => header.summary.toLowerCase().includes(word);
  const sections: [string, Listed[]][] = [];
  const add = (title: string, each: Listed): void => {
    const section = sections.find(([known]) => known === title);
    if (section === undefined) sections.push([title, [each]]);
    else section[1].push(each);
  };
  for (const each of unique.values()) {
    if (!words.every((word) => inName(each, word) || inSummary(each, word))) continue;
    const [name, summary] = [words.some((word) => inName(each, word)), words.some((word) => inSummary(each, word))];
    const exact = words.length === 1 && each.header.name === words[0];
    if (exact) add('Name Exactly Matched', each);
    else add(name && summary ? 'Name & Summary Matched' : name ? 'Name Matched' : 'Summary Matched', each);
  }
  if (sections.length === 0) {
    await io.raw('No matches found.\n');
    return 0;
  }
  const width = (terminalWidth(call.process) ?? 80) - 2;
  for (const title of ['Name Exactly Matched', 'Name & Summary Matched', 'Name Matched', 'Summary Matched']) {
    const some = sections.find(([known]) => known === title)?.[1];
    if (some === undefined) continue;
    const text = `${title}: ${words.join(', ')}`;
    const left = Math.floor((width - text.length) / 2);
    io.line(`${'='.repeat(left)} ${text} ${'='.repeat(width - text.length - left)}`);
    for (const { header } of some) io.line(`${header.name}.${header.arch} : ${header.summary}`);
  }
  return 0;
}

/** Packages that have a file or a capability. */
export async function provides(call: ListCall): Promise<number> {
  const { io, archive, names } = call;
  let found = 0;
  for (const word of names) {
    const paths = word.startsWith('/') || word.includes('*') ? [word] : [];
    const patterns = [...paths, ...(word.includes('/') ? [] : [`/usr/bin/${word}`, `/usr/sbin/${word}`])].map(
      fnmatchRegExp,
    );
    const all: readonly Listed[] = [
      ...archive.offers.map(({ header, repository }) => ({ header, from: repository.id })),
      ...archive.database.packages.filter(keyless).map((header) => ({ header, from: '@System' })),
    ];
    for (const { header, from } of all.toSorted(order)) {
      const files = header.files.filter(({ path }) =>
        patterns.some((pattern) => pattern.test(path) || pattern.test(path.replace(/^\/usr\/s?bin/, '/bin'))),
      );
      const own = header.name === word ? [`${header.name} = ${evr(header)}`] : [];
      const provided = [...own, ...(header.provides ?? []).filter((each) => each.split(' ')[0] === word)];
      if (files.length === 0 && provided.length === 0) continue;
      found += 1;
      io.line(`${header.name}-${evr(header)}.${header.arch} : ${header.summary}`);
      io.line(`Repo        : ${from}`);
      io.line('Matched from:');
      for (const each of provided) io.line(`Provide    : ${each}`);
      for (const { path } of files) io.line(`Filename    : ${path}`);
      io.line('');
    }
  }
  if (found > 0) return 0;
  return await nothing(
    call,
    'Error: No matches found. If searching for a file, try specifying the full path or using a wildcard prefix ("*/") at the beginning.',
  );
}

/** 100 where something is newer than what is installed. */
export function checkUpdate(call: ListCall): number {
  const found = updates(call)
    .filter(({ header }) => matches(header, call.names))
    .toSorted(order);
  if (found.length === 0) return 0;
  call.io.line('');
  rows(call, found, found);
  return 100;
}

export function repolist(io: Io, repositories: readonly Repository[], which: 'all' | 'enabled' | 'disabled'): number {
  const shown = repositories
    .filter(({ enabled }) => which === 'all' || enabled === (which === 'enabled'))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  if (shown.length === 0) return 0;
  const idWidth = Math.max(7, ...shown.map(({ id }) => id.length));
  const nameWidth = Math.max(9, ...shown.map(({ name }) => name.length));
  const wide = which === 'all';
  const total = idWidth + nameWidth + (wide ? 8 : 0);
  const gaps = 78 - total;
  const [left, right] = wide ? [Math.floor(gaps / 2), gaps - Math.floor(gaps / 2)] : [gaps, 0];
  const line = (id: string, name: string, status: string): string =>
    wide
      ? `${id.padEnd(idWidth + left)} ${name.padEnd(nameWidth + right)} ${status}`.trimEnd()
      : `${id.padEnd(idWidth + left)} ${name}`;
  io.line(line('repo id', 'repo name', 'status'));
  for (const { id, name, enabled } of shown) io.line(line(id, name, enabled ? 'enabled' : 'disabled'));
  return 0;
}
