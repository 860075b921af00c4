/** Carries a plan out: says what will happen, asks, downloads, and lets dpkg do it. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { LineReader, type Io } from '../../io.ts';
import { runAndWait } from '../../run-child.ts';
import type { AptArchive, Offer } from './apt-archive.ts';
import { lockDpkg, unlock } from './apt-lock.ts';
import { unneeded, type Plan } from './apt-plan.ts';
import { fetchedText, nameLines, sizeText } from './apt-text.ts';
import { failureText, fetchFile } from '../fetch-file.ts';

export interface TransactionOptions {
  readonly yes: boolean;
  readonly no: boolean;
  /** How often -q was given. */
  readonly quiet: number;
  readonly simulate: boolean;
  readonly downloadOnly: boolean;
  readonly purge: boolean;
  readonly allowHeld: boolean;
  /** Packages that newer versions exist of and that stay. */
  readonly kept: readonly string[];
  /** Names that were asked for. */
  readonly asked: readonly string[];
  /** `autoremove` takes away what nothing needs; others only mention it. */
  readonly mentionUnneeded: boolean;
}

const ARCHIVES = '/var/cache/apt/archives';

export class AptTransaction {
  constructor(
    private readonly process: Process,
    private readonly io: Io,
    private readonly archive: AptArchive,
    private readonly options: TransactionOptions,
  ) {}

  /** Exit status. */
  async run(plan: Plan): Promise<number> {
    const { process, io, options } = this;
    this.#describe(plan);
    const changes = plan.install.length + plan.upgrade.length + plan.remove.length;
    if (options.simulate) return await this.#simulate(plan);
    if (changes === 0) return 0;
    const bytes = this.#sizes(plan);
    if (plan.held.length > 0 && options.yes && !options.allowHeld) {
      await io.raw('E: Held packages were changed and -y was used without --allow-change-held-packages.\n');
      return 100;
    }
    const trivial =
      plan.remove.length === 0 && [...plan.install, ...plan.upgrade].every(({ name }) => options.asked.includes(name));
    if (!trivial && !options.yes && !(await this.#confirm())) {
      io.line('Abort.');
      return 1;
    }
    if (!(await lockDpkg(process, io))) return 100;
    const status = await this.#carryOut(plan, bytes);
    unlock(process);
    return status;
  }

  #names(title: string, names: readonly string[]): void {
    if (names.length === 0) return;
    const size = this.process.isatty(1) ? this.process.windowSize(1) : undefined;
    this.io.line(title);
    const columns = size === undefined || failed(size) ? 80 : size.columns;
    for (const line of nameLines([...names].toSorted(), columns)) this.io.line(line);
  }

  #describe(plan: Plan): void {
    const { archive, options, io } = this;
    const idle = options.mentionUnneeded ? unneeded(archive, plan.remove) : [];
    if (options.mentionUnneeded && idle.length > 0) {
      this.#names(
        idle.length === 1
          ? 'The following package was automatically installed and is no longer required:'
          : 'The following packages were automatically installed and are no longer required:',
        idle,
      );
      const sudo = this.process.env['SUDO_USER'] === undefined ? '' : 'sudo ';
      io.line(`Use '${sudo}apt autoremove' to remove ${idle.length === 1 ? 'it' : 'them'}.`);
    }
    this.#names('The following additional packages will be installed:', plan.additional);
    this.#names(
      'The following packages will be REMOVED:',
      plan.remove.map((name) => (options.purge ? `${name}*` : name)),
    );
    this.#names(
      'The following NEW packages will be installed:',
      plan.install.map(({ name }) => name),
    );
    this.#names('The following held packages will be changed:', plan.held);
    this.#names('The following packages have been kept back:', options.kept);
    this.#names(
      'The following packages will be upgraded:',
      plan.upgrade.map(({ name }) => name),
    );
    const counts = [plan.upgrade.length, plan.install.length, plan.remove.length, options.kept.length].map(String);
    if (options.quiet < 2)
      io.line(
        `${counts[0] ?? ''} upgraded, ${counts[1] ?? ''} newly installed, ${counts[2] ?? ''} to remove and ${counts[3] ?? ''} not upgraded.`,
      );
  }

  async #simulate(plan: Plan): Promise<number> {
    const { io, archive } = this;
    for (const name of plan.remove) io.line(`Remv ${name} [${archive.database.get(name)?.version ?? ''}]`);
    const offers = [...plan.upgrade, ...plan.install];
    for (const [verb, all] of [
      ['Inst', offers],
      ['Conf', offers],
    ] as const)
      for (const { name, version, suite, fields } of all)
        io.line(`${verb} ${name} (${version} ${suite} [${fields['Architecture'] ?? ''}])`);
    return await io.end(0);
  }

  /** Says how much is loaded and used; answers the bytes to load. */
  #sizes({ install, upgrade, remove }: Plan): number {
    const { io, archive, options } = this;
    const sum = (offers: readonly Offer[], field: string): number =>
      offers.reduce((total, { fields }) => total + Number(fields[field] ?? 0), 0);
    const bytes = sum([...install, ...upgrade], 'Size');
    const freed = [...remove, ...upgrade.map(({ name }) => name)].reduce(
      (total, name) =>
        total +
        (archive.database.isInstalled(name) ? Number(archive.database.get(name)?.fields['Installed-Size'] ?? 0) : 0),
      0,
    );
    const used = (sum([...install, ...upgrade], 'Installed-Size') - freed) * 1024;
    if (options.quiet >= 2) return bytes;
    if (bytes > 0) io.line(`Need to get ${sizeText(bytes)} of archives.`);
    io.line(
      `After this operation, ${sizeText(Math.abs(used))} ${used < 0 ? 'disk space will be freed' : 'of additional disk space will be used'}.`,
    );
    return bytes;
  }

  async #confirm(): Promise<boolean> {
    const { process, io, options } = this;
    io.out('Do you want to continue? [Y/n] ');
    await io.flush();
    if (options.no) {
      io.line('N');
      return false;
    }
    const answer = await new LineReader(process, 0).nextText();
    // Nobody to ask is a no.
    return answer !== undefined && /^(y|yes)?$/i.test(answer.trim());
  }

  async #carryOut(plan: Plan, bytes: number): Promise<number> {
    const { process, io, archive, options } = this;
    const offers = [...plan.upgrade, ...plan.install];
    const paths = await this.#download(offers, bytes);
    if (paths === undefined) return 100;
    if (options.downloadOnly) {
      io.line('Download complete and in download only mode');
      return 0;
    }
    const steps: (readonly string[])[] = [];
    if (plan.remove.length > 0) steps.push([options.purge ? '--purge' : '--remove', ...plan.remove]);
    if (paths.length > 0) steps.push(['--unpack', ...paths], ['--configure', ...offers.map(({ name }) => name)]);
    await io.flush();
    for (const step of steps) {
      const ended = await runAndWait(process, ['/usr/bin/dpkg', ...step]);
      if (ended.type === 'done' && ended.code === 0) continue;
      await io.raw('E: Sub-process /usr/bin/dpkg returned an error code (1)\n');
      return 100;
    }
    for (const { name } of plan.install) archive.setAutomatic(name, !options.asked.includes(name));
    for (const name of plan.remove) archive.setAutomatic(name, false);
    archive.saveStates();
    if (!failed(process.stat('/etc/apt/apt.conf.d/docker-clean'))) for (const path of paths) process.unlink(path);
    return 0;
  }

  /** Paths of the archives in the cache; undefined where one could not be had. */
  async #download(offers: readonly Offer[], bytes: number): Promise<readonly string[] | undefined> {
    const { process, io, options } = this;
    const started = process.time().monotonicUs;
    const failures: string[] = [];
    const paths: string[] = [];
    for (const [at, { name, version, origin, url, fields }] of offers.entries()) {
      const architecture = fields['Architecture'] ?? '';
      const path = `${ARCHIVES}/${name}_${version.replace(/:/g, '%3a')}_${architecture}.deb`;
      paths.push(path);
      if (!failed(process.stat(path))) continue;
      const title = `${origin.replace(/ Packages$/, '')} ${name} ${architecture} ${version}`;
      const fetched = await fetchFile(process, url);
      if (fetched.type === 'file') {
        if (options.quiet < 2) io.line(`Get:${String(at + 1)} ${title} [${sizeText(Number(fields['Size'] ?? 0))}]`);
        process.writeFile(path, fetched.bytes, { mode: 0o644 });
      } else {
        io.line(`Err:${String(at + 1)} ${title}\n  ${failureText(fetched)}`);
        failures.push(`E: Failed to fetch ${url}  ${failureText(fetched)}\n`);
      }
      await io.flush();
    }
    if (failures.length > 0) {
      for (const text of failures) await io.raw(text);
      await io.raw('E: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?\n');
      return undefined;
    }
    if (bytes > 0 && options.quiet < 2) io.line(fetchedText(bytes, process.time().monotonicUs - started));
    return paths;
  }
}
