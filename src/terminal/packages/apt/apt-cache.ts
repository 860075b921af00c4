/**
 * apt-cache, and what apt tells without changing anything.
 * Models: show, policy, search, madison, depends, rdepends, pkgnames; list of apt.
 * Leaves out: pins, descriptions beyond their first line.
 */
import type { Process } from '../../../protocol/program.ts';
import type { Applet, Options } from '../../coreutils/command.ts';
import type { Io } from '../../io.ts';
import { notSimulated, plainProgram } from '../../system/plain-program.ts';
import { AptArchive, type Offer } from './apt-archive.ts';
import { parseAptOptions } from './apt-options.ts';
import { notice, sizeText } from './apt-text.ts';
import { compareVersions, dependencies, stanzaText } from '../dpkg/deb-control.ts';
import { nameMatcher } from '../dpkg/dpkg-query.ts';

export const aptCache: Applet = plainProgram('apt-cache', async ({ process, io, args }) => {
  const options = parseAptOptions(args);
  if ('problem' in options) {
    await io.raw(`E: ${options.problem}\n`);
    return 100;
  }
  const [verb = '', ...names] = options.operands;
  switch (verb) {
    case 'show':
      return await io.end(await showPackages(process, io, names, 'apt-cache'));
    case 'policy':
      return await io.end(await policy(process, io, names));
    case 'search':
      return await io.end(await searchPackages(process, io, names, options.has('n'), 'apt-cache'));
    case 'madison':
      return await io.end(await madison(process, io, names));
    case 'depends':
    case 'rdepends':
      return await io.end(await relations(process, io, names, verb));
    case 'pkgnames':
      for (const name of new AptArchive(process).names()) io.line(name);
      return await io.end(0);
    case '':
      io.out(
        'apt 2.8.3 (amd64)\nUsage: apt-cache [options] command\n       apt-cache [options] show pkg1 [pkg2 ...]\n',
      );
      return await io.end(1);
    default:
      if (['showpkg', 'showsrc', 'stats', 'dump', 'gencaches', 'unmet', 'dotty'].includes(verb))
        return await notSimulated(io, `apt-cache ${verb}`);
      await io.raw(`E: Invalid operation ${verb}\n`);
      return 100;
  }
});

/** `apt show`, `apt-cache show`. */
export async function showPackages(
  process: Process,
  io: Io,
  names: readonly string[],
  tool: 'apt' | 'apt-cache',
): Promise<number> {
  const archive = new AptArchive(process);
  let found = 0;
  for (const name of names) {
    const offer = archive.candidate(name);
    if (offer === undefined) {
      const record = archive.database.get(name);
      if (record === undefined) {
        // apt looks twice: for the version that would be installed, and for the one that is.
        for (let looked = 0; looked < (tool === 'apt' ? 2 : 1); looked += 1)
          await notice(process, io, `Unable to locate package ${name}`);
        continue;
      }
      io.line(stanzaText(record.fields));
    } else if (tool === 'apt-cache') io.line(stanzaText(offer.fields));
    else io.line(aptShow(archive, offer));
    found += 1;
  }
  if (found > 0) return 0;
  await io.raw('E: No packages found\n');
  return 100;
}

function aptShow(archive: AptArchive, { name, version, fields, origin }: Offer): string {
  const installed = archive.database.isInstalled(name);
  return stanzaText({
    Package: name,
    Version: version,
    Priority: fields['Priority'] ?? '',
    Section: fields['Section'] ?? '',
    Maintainer: fields['Maintainer'] ?? '',
    'Installed-Size': sizeText(Number(fields['Installed-Size'] ?? 0) * 1024),
    ...(fields['Depends'] === undefined ? {} : { Depends: fields['Depends'] }),
    'Download-Size': sizeText(Number(fields['Size'] ?? 0)),
    ...(installed ? { 'APT-Manual-Installed': archive.automatic.has(name) ? 'no' : 'yes' } : {}),
    'APT-Sources': origin,
    Description: fields['Description'] ?? '',
  });
}

/** `apt-cache policy`. */
export async function policy(process: Process, io: Io, names: readonly string[]): Promise<number> {
  if (names.length === 0) return await notSimulated(io, 'apt-cache policy without packages');
  const archive = new AptArchive(process);
  for (const name of names) {
    const offers = archive.offers(name);
    const record = archive.database.get(name);
    const installed = record?.state === 'installed' ? record.version : undefined;
    if (offers.length === 0 && installed === undefined) {
      if (archive.isKnown(name)) continue;
      await notice(process, io, `Unable to locate package ${name}`);
      continue;
    }
    io.out(
      `${name}:\n  Installed: ${installed ?? '(none)'}\n  Candidate: ${offers[0]?.version ?? installed ?? '(none)'}\n  Version table:\n`,
    );
    const versions = new Set([
      ...offers.map(({ version }) => version),
      ...(installed === undefined ? [] : [installed]),
    ]);
    for (const version of [...versions].toSorted((a, b) => compareVersions(b, a))) {
      const own = offers.filter((each) => each.version === version);
      io.line(` ${version === installed ? '***' : '   '} ${version} ${own.length === 0 ? '100' : '500'}`);
      for (const { origin } of own) io.line(`        500 ${origin}`);
      if (version === installed) io.line('        100 /var/lib/dpkg/status');
    }
  }
  return 0;
}

/** `search`: every word has to be in the name or the summary. */
export async function searchPackages(
  process: Process,
  io: Io,
  words: readonly string[],
  namesOnly: boolean,
  tool: 'apt' | 'apt-cache',
): Promise<number> {
  if (words.length === 0) {
    await io.raw('E: You must give at least one search pattern\n');
    return 100;
  }
  const archive = new AptArchive(process);
  const patterns = words.map((word) => new RegExp(word, 'i'));
  if (tool === 'apt')
    io.line(process.isatty(1) ? 'Sorting... Done\nFull Text Search... Done' : 'Sorting...\nFull Text Search...');
  for (const name of archive.names()) {
    const offer = archive.candidate(name);
    if (offer === undefined) continue;
    const summary = offer.fields['Description'] ?? '';
    if (!patterns.every((pattern) => pattern.test(name) || (!namesOnly && pattern.test(summary)))) continue;
    if (tool === 'apt-cache') io.line(`${name} - ${summary}`);
    else io.line(`${listLine(archive, name, offer)}\n  ${summary}\n`);
  }
  return 0;
}

/** `apt list`. */
export async function listPackages(
  process: Process,
  io: Io,
  options: Options,
  patterns: readonly string[],
): Promise<number> {
  const archive = new AptArchive(process);
  io.line(process.isatty(1) ? 'Listing... Done' : 'Listing...');
  for (const name of archive.names()) {
    if (patterns.length > 0 && !patterns.some((pattern) => nameMatcher(pattern)(name))) continue;
    const installed = archive.database.isInstalled(name);
    if (options.has('installed') && !installed) continue;
    if (options.has('upgradable')) {
      const offer = archive.candidate(name);
      const version = archive.database.get(name)?.version ?? '';
      if (!installed || offer === undefined || compareVersions(offer.version, version) <= 0) continue;
    }
    io.line(listLine(archive, name, archive.candidate(name)));
  }
  return await io.end(0);
}

/** `curl/noble-updates,now 8.5.0 amd64 [installed,automatic]` */
function listLine(archive: AptArchive, name: string, offer: Offer | undefined): string {
  const record = archive.database.get(name);
  const there = record?.state === 'installed' ? record : undefined;
  const current = there !== undefined && there.version === (offer?.version ?? there.version);
  const places = [...(offer === undefined ? [] : [offer.suite]), ...(current ? ['now'] : [])];
  const how =
    offer === undefined && there !== undefined
      ? '[installed,local]'
      : current
        ? archive.automatic.has(name)
          ? '[installed,automatic]'
          : '[installed]'
        : there === undefined
          ? ''
          : `[upgradable from: ${there.version}]`;
  const version = offer?.version ?? there?.version ?? '';
  const architecture = offer?.fields['Architecture'] ?? there?.architecture ?? '';
  return `${name}/${places.join(',')} ${version} ${architecture}${how === '' ? '' : ` ${how}`}`;
}

async function madison(process: Process, io: Io, names: readonly string[]): Promise<number> {
  const archive = new AptArchive(process);
  for (const name of names) {
    const offers = archive.offers(name);
    if (offers.length === 0) await notice(process, io, `Unable to locate package ${name}`);
    for (const { version, origin } of offers) io.line(`${name.padStart(10)} | ${version} | ${origin}`);
  }
  return 0;
}

/** `apt depends`, `apt-cache rdepends`. */
export async function relations(
  process: Process,
  io: Io,
  names: readonly string[],
  verb: 'depends' | 'rdepends',
): Promise<number> {
  const archive = new AptArchive(process);
  if (names.length === 0) {
    await io.raw('E: No packages found\n');
    return 100;
  }
  for (const name of names) {
    const offer = archive.candidate(name);
    if (offer === undefined) {
      await io.raw('E: No packages found\n');
      return 100;
    }
    io.line(name);
    if (verb === 'depends') {
      for (const alternatives of dependencies(offer.fields['Depends'])) io.line(`  Depends: ${alternatives[0] ?? ''}`);
      continue;
    }
    io.line('Reverse Depends:');
    for (const each of archive.names())
      if (dependencies(archive.candidate(each)?.fields['Depends']).flat().includes(name)) io.line(`  ${each}`);
  }
  return 0;
}
