/** A group of alternatives as dpkg keeps it: a file of its administrative directory, and links (dpkg utils/update-alternatives.c). */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { fileText } from '../../io.ts';
import { textToBytes } from '../../text.ts';

export interface Alternative {
  readonly path: string;
  readonly priority: number;
  /** By the name of the slave. */
  readonly slaves: ReadonlyMap<string, string>;
}

export interface LinkGroup {
  readonly name: string;
  readonly link: string;
  readonly manual: boolean;
  /** Links that follow the first, by their names. */
  readonly slaves: ReadonlyMap<string, string>;
  /** By path. */
  readonly alternatives: readonly Alternative[];
}

export interface Places {
  readonly altdir: string;
  readonly admindir: string;
}

export function readGroup(process: Process, { admindir }: Places, name: string): LinkGroup | undefined {
  const text = fileText(process, `${admindir}/${name}`);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  const next = (): string => lines.shift() ?? '';
  const [status, link] = [next(), next()];
  const slaves = new Map<string, string>();
  for (let slave = next(); slave !== ''; slave = next()) slaves.set(slave, next());
  const alternatives: Alternative[] = [];
  for (let path = next(); path !== ''; path = next()) {
    const priority = Number(next());
    const own = [...slaves.keys()].map((slave): [string, string] => [slave, next()]).filter(([, file]) => file !== '');
    alternatives.push({ path, priority, slaves: new Map(own) });
  }
  return { name, link, manual: status === 'manual', slaves, alternatives };
}

/** The one that auto mode takes: of the highest priority, the first of them. */
export const bestOf = ({ alternatives }: LinkGroup): Alternative | undefined =>
  alternatives.reduce<Alternative | undefined>(
    (best, each) => (best === undefined || each.priority > best.priority ? each : best),
    undefined,
  );

/** What the group's link leads to. */
export function currentOf(process: Process, { altdir }: Places, { name }: LinkGroup): string | undefined {
  const target = process.readlink(`${altdir}/${name}`);
  return failed(target) ? undefined : target;
}

/** Writes the group and its links as they are to be from now on; answers what failed. */
export function commitGroup(
  process: Process,
  places: Places,
  group: LinkGroup,
  chosen: Alternative | undefined,
): string | undefined {
  const links = [
    { name: group.name, link: group.link, path: chosen?.path },
    ...[...group.slaves].map(([name, link]) => ({ name, link, path: chosen?.slaves.get(name) })),
  ];
  for (const { link, name, path } of links) {
    const own = `${places.altdir}/${name}`;
    const isThere = path !== undefined && (name === group.name || !failed(process.stat(path)));
    const problem = isThere
      ? (pointTo(process, own, path) ?? pointTo(process, link, own))
      : (removeLink(process, link) ?? removeLink(process, own));
    if (problem !== undefined) return problem;
  }
  const file = `${places.admindir}/${group.name}`;
  if (group.alternatives.length === 0) {
    process.unlink(file);
    return undefined;
  }
  const text = groupText(group);
  if (fileText(process, file) === text) return undefined;
  const written = process.writeFile(`${file}.dpkg-tmp`, textToBytes(text));
  if (failed(written)) return `unable to create file '${file}.dpkg-tmp': ${strerror(written)}`;
  process.rename(`${file}.dpkg-tmp`, file);
  return undefined;
}

function pointTo(process: Process, link: string, target: string): string | undefined {
  if (process.readlink(link) === target) return undefined;
  const temporary = `${link}.dpkg-tmp`;
  process.unlink(temporary);
  const made = process.symlink(target, temporary);
  if (failed(made)) return `error creating symbolic link '${temporary}': ${strerror(made)}`;
  const moved = process.rename(temporary, link);
  return failed(moved) ? `unable to install '${temporary}' as '${link}': ${strerror(moved)}` : undefined;
}

/** Files that are no links stay. */
function removeLink(process: Process, link: string): string | undefined {
  if (failed(process.readlink(link))) return undefined;
  const removed = process.unlink(link);
  return failed(removed) ? `unable to remove '${link}': ${strerror(removed)}` : undefined;
}

function groupText({ alternatives, link, manual, slaves }: LinkGroup): string {
  const names = [...slaves.keys()];
  const lines = [
    manual ? 'manual' : 'auto',
    link,
    ...[...slaves].flat(),
    '',
    ...alternatives.flatMap((each) => [
      each.path,
      String(each.priority),
      ...names.map((name) => each.slaves.get(name) ?? ''),
    ]),
    '',
    '',
  ];
  return lines.join('\n');
}
