/** A transaction of dnf: the table, the question, the packages, the keys, and what was done. */
import { evr, nevra, readRpm, type InstalledRpm, type RpmHeader } from '../../../../formats/rpm.ts';
import { encodeUtf8 } from '../../../../protocol/bytes.ts';
import type { Process } from '../../../../protocol/program.ts';
import { fileText, LineReader, type Io } from '../../../io.ts';
import { failureText, fetchFile } from '../../fetch-file.ts';
import { eraseRpm, unpackRpm } from '../rpm-files.ts';
import type { Offer, Plan, Repository, RpmArchive } from '../repositories.ts';
import { columnWidths, formatNumber, progressLine, row, terminalWidth } from './dnf-text.ts';

export interface TransactionOptions {
  readonly yes: boolean;
  readonly no: boolean;
  readonly quiet: boolean;
  readonly nogpgcheck: boolean;
}

/** Keys by their last eight digits. */
export const KEYS: Readonly<
  Record<string, { readonly user: string; readonly fingerprint: string; readonly release: string }>
> = {
  '350d275d': {
    user: 'Rocky Enterprise Software Foundation - Release key 2022 <releng@rockylinux.org>',
    fingerprint: '21CB 256A E16F C54C 6E65 2949 702D 426D 350D 275D',
    release: '6279464b',
  },
  '3228467c': {
    user: 'Fedora (epel9) <epel@fedoraproject.org>',
    fingerprint: 'FF8A D134 4597 106E CE81 3B91 8A38 72BF 3228 467C',
    release: '613798eb',
  },
  f4a80eb5: {
    user: 'CentOS-7 Key (CentOS 7 Official Signing Key) <security@centos.org>',
    fingerprint: '6341 ab27 53d7 8a78 a7c2 7bb1 24c6 a8a7 f4a8 0eb5',
    release: '53a7ff4b',
  },
};

/** `vim-common-2:8.2.2637-20.el9_1.x86_64` */
export const withEpoch = (each: RpmHeader): string => `${each.name}-${evr(each)}.${each.arch}`;
const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : 1);
type Line = readonly [name: string, arch: string, version: string, from: string, size: string];

function sections(plan: Plan): readonly (readonly [title: string, lines: readonly Line[]])[] {
  const offers = (some: readonly Offer[]): readonly Line[] =>
    some
      .toSorted((a, b) => byName(a.header, b.header))
      .map(({ header, repository }) => [
        header.name,
        header.arch,
        evr(header),
        repository.id,
        formatNumber(header.sizeBytes, true),
      ]);
  const installed = (some: readonly InstalledRpm[]): readonly Line[] =>
    some
      .toSorted(byName)
      .map((each) => [each.name, each.arch, evr(each), `@${each.fromRepo}`, formatNumber(each.installedBytes, true)]);
  return [
    ['Installing', offers(plan.install)],
    ['Upgrading', offers(plan.upgrade)],
    ['Reinstalling', offers(plan.reinstall)],
    ['Installing dependencies', offers(plan.dependencies)],
    ['Installing weak dependencies', offers(plan.weak)],
    ['Removing', installed(plan.remove)],
    ['Removing dependent packages', installed(plan.dependents)],
    ['Removing unused dependencies', installed(plan.unused)],
  ];
}

/** What dnf shows before it asks. */
export function transactionTable(plan: Plan, width: number | undefined): string {
  const parts = sections(plan);
  const lines = parts.flatMap(([, some]) => some);
  const texts = [0, 2, 3].map((at) => lines.map((line) => line[at] ?? ''));
  const archWidth = Math.max(1, ...lines.map(([, arch]) => arch.length));
  const [names = [], versions = [], origins = []] = texts;
  const widths = columnWidths([names, [], versions, origins, []], {
    columns: [1, archWidth, 1, 1, 5],
    indent: 2,
    remainder: 2,
    width,
  });
  const [n = 1, a = 1, v = 1, r = 1, s = 5] = widths;
  const total = Math.max(width ?? 80, widths.reduce((sum, each) => sum + each, 0) + 5);
  const rule = '='.repeat(total);
  const cells = (line: Line): string =>
    row(
      [
        [line[0], -n],
        [line[1], -a],
        [line[2], -v],
        [line[3], -r],
        [line[4], s],
      ],
      ' ',
    );
  const pick = (size: number, short: string, long: string): string => (size >= long.length ? long : short);
  const head = cells(['Package', pick(a, 'Arch', 'Architecture'), 'Version', pick(r, 'Repo', 'Repository'), 'Size']);
  const count = (...some: readonly (readonly unknown[])[]): number => some.reduce((sum, { length }) => sum + length, 0);
  const summary = [
    ['Install', count(plan.install, plan.dependencies, plan.weak)],
    ['Upgrade', count(plan.upgrade)],
    ['Remove', count(plan.remove, plan.dependents, plan.unused)],
  ] as const;
  const shown = summary.filter(([, many]) => many > 0);
  const digits = Math.max(0, ...shown.map(([, many]) => String(many).length));
  const letters = Math.max(0, ...shown.map(([title]) => title.length));
  return [
    `${rule}\n${head}\n${rule}\n`,
    ...parts
      .filter(([, some]) => some.length > 0)
      .map(([title, some]) => `${title}:\n${some.map((line) => `${cells(line)}\n`).join('')}`),
    `\nTransaction Summary\n${rule}\n`,
    ...shown.map(
      ([title, many]) => `${title.padEnd(letters)}  ${String(many).padStart(digits)} Package${many === 1 ? '' : 's'}\n`,
    ),
  ].join('');
}

export class DnfTransaction {
  #step = 0;
  constructor(
    private readonly process: Process,
    private readonly io: Io,
    private readonly archive: RpmArchive,
    private readonly options: TransactionOptions,
  ) {}

  /** Exit status. */
  async run(plan: Plan): Promise<number> {
    const { process, io, options } = this;
    const coming = [...plan.install, ...plan.upgrade, ...plan.reinstall, ...plan.dependencies, ...plan.weak];
    const going = [...plan.remove, ...plan.dependents, ...plan.unused];
    if (coming.length + going.length === 0) {
      this.#say('Dependencies resolved.');
      this.#say('Nothing to do.');
      this.#say('Complete!');
      return 0;
    }
    this.#say('Dependencies resolved.');
    io.line(transactionTable(plan, terminalWidth(process)).replace(/\n$/, ''));
    io.line('');
    const bytes = coming.reduce((sum, { header }) => sum + header.sizeBytes, 0);
    if (coming.length > 0) {
      this.#say(`Total download size: ${formatNumber(bytes, true)}`);
      if (plan.upgrade.length + plan.reinstall.length + going.length === 0)
        this.#say(
          `Installed size: ${formatNumber(
            coming.reduce((sum, { header }) => sum + header.installedBytes, 0),
            true,
          )}`,
        );
    } else
      this.#say(
        `Freed space: ${formatNumber(
          going.reduce((sum, each) => sum + each.installedBytes, 0),
          true,
        )}`,
      );
    if (!(await this.#confirm())) {
      await io.raw('Operation aborted.\n');
      return 1;
    }
    if (coming.length > 0) this.#say('Downloading Packages:');
    const fetched = await this.#download(coming, bytes);
    if (fetched === undefined) return 1;
    for (const { header, repository } of coming)
      if (repository.gpgcheck && !options.nogpgcheck && !(await this.#key(header, repository))) return 1;
    for (const title of ['check', 'test']) this.#say(`Running transaction ${title}\nTransaction ${title} succeeded.`);
    this.#say('Running transaction');
    await this.#carryOut(plan, fetched, going);
    this.#done(plan, coming, going);
    this.#say('\nComplete!');
    return 0;
  }

  #say(text: string): void {
    if (!this.options.quiet) this.io.line(text);
  }

  async #confirm(): Promise<boolean> {
    const { process, io, options } = this;
    if (options.yes) return true;
    if (options.no) return false;
    for (;;) {
      io.out('Is this ok [y/N]: ');
      await io.flush();
      const answer = await new LineReader(process, 0).nextText();
      if (answer === undefined) return false;
      if (/^y(es)?$/i.test(answer.trim())) return true;
      if (/^(n(o)?)?$/i.test(answer.trim())) return false;
    }
  }

  async #download(coming: readonly Offer[], bytes: number): Promise<ReadonlyMap<Offer, Fetched> | undefined> {
    const { process, io } = this;
    const width = terminalWidth(process) ?? 80;
    const found = new Map<Offer, Fetched>();
    const started = process.time().monotonicUs;
    const ordered = coming.toSorted((a, b) => a.header.sizeBytes - b.header.sizeBytes);
    for (const [at, each] of ordered.entries()) {
      const before = process.time().monotonicUs;
      const file = await fetchFile(process, each.url);
      const rpm = file.type === 'file' ? readRpm(file.bytes) : undefined;
      const title = `${nevra(each.header)}.rpm`;
      if (rpm === undefined) {
        const why = file.type === 'file' ? 'not an rpm package' : failureText(file);
        await io.raw(`[FAILED] ${title}: ${why}\nError: Error downloading packages:\n  ${title}: ${why}\n`);
        return undefined;
      }
      found.set(each, rpm);
      const seconds = (process.time().monotonicUs - before) / 1e6;
      const numbered = coming.length > 1 ? `(${String(at + 1)}/${String(coming.length)}): ${title}` : title;
      this.#say(progressLine(numbered, file.type === 'file' ? file.bytes.length : 0, seconds, width));
      await io.flush();
    }
    if (coming.length > 0) {
      const seconds = Math.max(0.01, (process.time().monotonicUs - started) / 1e6);
      this.#say('-'.repeat(width));
      this.#say(progressLine('Total', bytes, seconds, width, '     '));
    }
    return found;
  }

  /** The key of a package is in the database afterwards, or nothing is installed. */
  async #key({ key, name }: RpmHeader, repository: Repository): Promise<boolean> {
    const { process, io, archive } = this;
    if (archive.database.hasKey(key)) return true;
    const known = KEYS[key];
    const path = (repository.gpgkey ?? '').replace(/^file:\/\//, '');
    const text = fileText(process, path) ?? '';
    if (known === undefined || !text.toLowerCase().includes(key)) {
      await io.raw(`Error: GPG check FAILED\nPublic key for ${name} is not installed\n`);
      return false;
    }
    const width = terminalWidth(process) ?? 80;
    this.#say(progressLine(repository.name, encodeUtf8(text).length, 0.001, width));
    await io.raw(
      `Importing GPG key 0x${key.toUpperCase()}:\n Userid     : "${known.user}"\n Fingerprint: ${known.fingerprint}\n From       : ${path}\n`,
    );
    if (!(await this.#confirm())) {
      await io.raw(`Key import failed (code 1). Failing package is: ${name}\nError: GPG check FAILED\n`);
      return false;
    }
    archive.database.addKey(key, known.release, known.user, Math.floor(process.time().realtimeUs / 1_000_000));
    archive.database.save();
    this.#say('Key imported successfully');
    return true;
  }

  async #carryOut(plan: Plan, fetched: ReadonlyMap<Offer, Fetched>, going: readonly InstalledRpm[]): Promise<void> {
    const { process, io, archive } = this;
    const order = installOrder([...fetched.keys()]);
    const old = new Map(
      [...plan.upgrade, ...plan.reinstall].map((each) => [each, archive.database.get(each.header.name)]),
    );
    const total = order.length + going.length + [...old.values()].filter((each) => each !== undefined).length;
    this.#progress('Preparing', '', 1, 1);
    this.#step = 0;
    for (const each of order) {
      const rpm = fetched.get(each);
      if (rpm === undefined) continue;
      const before = archive.database.get(each.header.name);
      const asked = plan.install.includes(each) || (before?.user ?? false);
      const action = plan.upgrade.includes(each)
        ? 'Upgrading'
        : plan.reinstall.includes(each)
          ? 'Reinstalling'
          : 'Installing';
      this.#progress(action, withEpoch(each.header), (this.#step += 1), total);
      await unpackRpm(process, archive.database, rpm, { fromRepo: each.repository.id, user: asked });
    }
    for (const before of old.values())
      if (before !== undefined) this.#progress('Cleanup', withEpoch(before), (this.#step += 1), total);
    for (const each of going) {
      this.#progress('Erasing', withEpoch(each), (this.#step += 1), total);
      for (const line of await eraseRpm(process, archive.database, each)) await io.raw(`${line}\n`);
    }
    const all = [
      ...order.map(({ header }) => header),
      ...[...old.values()].filter((each) => each !== undefined),
      ...going,
    ];
    for (const [at, each] of all.toSorted(byName).entries())
      this.#progress('Verifying', withEpoch(each), at + 1, total);
    this.#say('');
  }

  /** `  Installing       : which-2.21-29.el9.x86_64        1/5 ` */
  #progress(action: string, name: string, done: number, total: number): void {
    const width = terminalWidth(this.process) ?? 80;
    const digits = String(total).length;
    // The longest action is `Running scriptlet`.
    const wide = 17;
    const overhead = 2 * digits + 2 + 2 + wide + 2 + 1 + 2 + 1;
    const room = Math.max(width, overhead) - overhead;
    const nameWidth = Math.min(name.length, Math.floor(room / 2));
    const full = nameWidth + (width - (overhead + nameWidth)) + 1;
    const count = `${String(done).padStart(digits)}/${String(total)}`;
    this.#say(`  ${action.padEnd(wide)}: ${name.slice(0, full).padEnd(full)}   ${count} `);
  }

  #done(plan: Plan, coming: readonly Offer[], going: readonly InstalledRpm[]): void {
    const groups = [
      ['Upgraded', plan.upgrade.map(({ header }) => header)],
      [
        'Installed',
        coming
          .filter((each) => !plan.upgrade.includes(each) && !plan.reinstall.includes(each))
          .map(({ header }) => header),
      ],
      ['Reinstalled', plan.reinstall.map(({ header }) => header)],
      ['Removed', going],
    ] as const;
    for (const [title, some] of groups)
      if (some.length > 0)
        this.#say(spread(title, [...some].toSorted(byName).map(withEpoch), terminalWidth(this.process) ?? 80));
  }
}

type Fetched = Exclude<ReturnType<typeof readRpm>, undefined>;

/** What others need comes before them. */
function installOrder(offers: readonly Offer[]): readonly Offer[] {
  const byName = new Map(offers.map((each) => [each.header.name, each]));
  const order: Offer[] = [];
  const seen = new Set<Offer>();
  const visit = (each: Offer): void => {
    if (seen.has(each)) return;
    seen.add(each);
    for (const name of each.header.requires) {
      const next = byName.get(name);
      if (next !== undefined) visit(next);
    }
    order.push(each);
  };
  for (const each of offers.toSorted((a, b) => (a.header.name < b.header.name ? -1 : 1))) visit(each);
  return order;
}

/** Names in as many columns as fit. */
export function spread(title: string, names: readonly string[], width: number): string {
  const columns = [8, 7, 6, 5, 4, 3, 2]
    .map((count) => fitting(names, count, width))
    .find((each) => each !== undefined) ?? [width - 2];
  const lines: string[] = [];
  for (let at = 0; at < names.length; at += columns.length)
    lines.push(`  ${row(names.slice(at, at + columns.length).map((name, column) => [name, -(columns[column] ?? 0)]))}`);
  return `${title}:\n${lines.join('\n')}`;
}

function fitting(names: readonly string[], count: number, width: number): readonly number[] | undefined {
  if (names.length < count) return undefined;
  let left = width - (count - 1 + 2);
  const widths = Array.from({ length: count }, () => 0);
  for (const [at, { length }] of names.entries()) {
    const more = length - (widths[at % count] ?? 0);
    if (more <= 0) continue;
    if (left <= more) return undefined;
    left -= more;
    widths[at % count] = length;
  }
  return widths.map((each) => each + Math.floor(left / count));
}
