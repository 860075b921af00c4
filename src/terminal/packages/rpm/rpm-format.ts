/** How rpm shows a header: --queryformat, -qi, lists of files. */
import { evr, nevra, type InstalledRpm } from '../../../formats/rpm.ts';
import { strftime } from '../../strftime.ts';
import { shownName } from './rpm-database.ts';

const VENDORS: Readonly<Record<string, string>> = {
  '350d275d': 'Rocky Enterprise Software Foundation',
  f4a80eb5: 'CentOS',
  '3228467c': 'Fedora Project',
};
const vendor = ({ key }: InstalledRpm): string => VENDORS[key] ?? '(none)';

/** Unix seconds as `Sun Nov 19 18:00:00 2023`. */
export const rpmDate = (seconds: number): string => strftime('%a %b %e %H:%M:%S %Y', seconds * 1_000_000);

const TAGS: Readonly<Record<string, (each: InstalledRpm) => string>> = {
  NAME: ({ name }) => name,
  VERSION: ({ version }) => version,
  RELEASE: ({ release }) => release,
  ARCH: ({ arch }) => arch,
  EPOCH: ({ epoch }) => (epoch === undefined ? '(none)' : String(epoch)),
  EPOCHNUM: ({ epoch }) => String(epoch ?? 0),
  EVR: evr,
  NEVR: (each) => `${each.name}-${evr(each)}`,
  NEVRA: (each) => `${each.name}-${evr(each)}.${each.arch}`,
  NVR: ({ name, version, release }) => `${name}-${version}-${release}`,
  NVRA: nevra,
  SIZE: ({ installedBytes }) => String(installedBytes),
  SUMMARY: ({ summary }) => summary,
  DESCRIPTION: ({ summary }) => `${summary}.`,
  LICENSE: ({ license }) => license,
  GROUP: () => 'Unspecified',
  SOURCERPM: ({ sourceRpm }) => sourceRpm,
  VENDOR: vendor,
  INSTALLTIME: ({ installTime }) => String(installTime),
};
const LISTS: Readonly<Record<string, (each: InstalledRpm) => readonly string[]>> = {
  FILENAMES: ({ files }) => files.map(({ path }) => path),
  REQUIRES: requirements,
  REQUIRENAME: requirements,
  PROVIDES: provisions,
  PROVIDENAME: (each) => provisions(each).map((text) => text.split(' ')[0] ?? ''),
};

export function requirements({ requires }: InstalledRpm): readonly string[] {
  return requires;
}
export function provisions(each: InstalledRpm): readonly string[] {
  const own = `${each.name} = ${evr(each)}`;
  const all = each.arch === 'x86_64' ? [own, `${each.name}(x86-64) = ${evr(each)}`] : [own];
  return each.provides === undefined ? all : [...all, ...each.provides].toSorted();
}

/** What --queryformat makes of a header, or rpm's complaint, or a tag that is not modelled. */
export function queryFormat(
  format: string,
  each: InstalledRpm,
): { readonly text: string } | { readonly unknown: string } {
  let unknown: string | undefined;
  const one = (text: string, at: number | undefined): string =>
    text.replaceAll(/%(-?\d*)\{([^}:]+)(?::(\w+))?\}/g, (_, width: string, tag: string, as?: string) => {
      const name = tag.toUpperCase().replace(/^=|^RPMTAG_/, '');
      const list = LISTS[name]?.(each);
      const value = list === undefined ? TAGS[name]?.(each) : list[at ?? 0];
      if (value === undefined && list === undefined) unknown ??= tag;
      const shown = as === 'date' ? rpmDate(Number(value)) : (value ?? '(none)');
      if (as !== undefined && as !== 'date') unknown ??= `${tag}:${as}`;
      return width.startsWith('-') ? shown.padEnd(Number(width.slice(1))) : shown.padStart(Number(width));
    });
  const text = escapes(format)
    .replaceAll(/\[([^\]]*)\]/g, (_, inner: string) => {
      const tag = /%-?\d*\{=?([^}:=]+)/.exec(inner)?.[1]?.toUpperCase() ?? '';
      const count = LISTS[tag]?.(each).length ?? 1;
      return Array.from({ length: count }, (__, at) => one(inner, at)).join('');
    })
    .replaceAll(/%%/g, '\u0000');
  const done = one(text, undefined).replaceAll('\u0000', '%');
  return unknown === undefined ? { text: done } : { unknown };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\' };
const escapes = (text: string): string => text.replaceAll(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter);

/** -qi. */
export function information(each: InstalledRpm): string {
  const line = (title: string, text: string): string => `${title.padEnd(12)}: ${text}\n`;
  return [
    line('Name', each.name),
    ...(each.epoch === undefined ? [] : [line('Epoch', String(each.epoch))]),
    line('Version', each.version),
    line('Release', each.release),
    line('Architecture', each.arch),
    line('Install Date', each.installTime === 0 ? '(not installed)' : rpmDate(each.installTime)),
    line('Group', 'Unspecified'),
    line('Size', String(each.installedBytes)),
    line('License', each.license),
    line('Source RPM', each.sourceRpm),
    line('Vendor', vendor(each)),
    line('Summary', each.summary),
    'Description :\n',
    `${each.summary}.\n`,
  ].join('');
}

/** A line of --last. */
export const lastLine = (each: InstalledRpm): string => `${shownName(each).padEnd(45)} ${rpmDate(each.installTime)}\n`;
