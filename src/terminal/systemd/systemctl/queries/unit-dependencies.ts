/** `systemctl list-dependencies`: what units require and want, or what does them, by their files and the links beside these. */
import { failed } from '../../../../protocol/errno.ts';
import type { Process } from '../../../../protocol/program.ts';
import type { Invocation } from '../../../coreutils/command.ts';
import { askManager, sayUnreachable, unitName, type Unit } from '../../client.ts';
import { unitSettings } from './unit-settings.ts';

/** An alias: systemd knows what it stands for. */
const DEFAULT = 'default.target';
const DIRECTORIES = ['/etc/systemd/system', '/run/systemd/system', '/usr/lib/systemd/system'];

/** Names of the units that stand below one in the tree. */
type Below = (name: string) => readonly string[];

export async function listDependencies(call: Invocation, names: readonly string[]): Promise<number> {
  const { process, io, options } = call;
  const initial = await askManager({ process, options }, { method: 'get-default' });
  if (initial.type === 'unreachable') return await sayUnreachable(io, initial);
  for (const [at, asked] of (names.length === 0 ? [DEFAULT] : names.map(unitName)).entries()) {
    const name = asked === DEFAULT && initial.type === 'default-target' ? initial.name : asked;
    const units = await unitsAround(call, name);
    const below = belowOf(call, units);
    if (at > 0) io.line('');
    io.line(asked);
    for (const line of lines(units, below, name, '', new Set([name]), options)) io.line(line);
  }
  return await io.end(0);
}

/** Which way the tree goes: what is needed, what needs it, what comes before or after. */
function belowOf({ process, options }: Invocation, units: ReadonlyMap<string, Unit>): Below {
  const needs = (name: string): readonly string[] => {
    const unit = units.get(name);
    return unit === undefined ? [] : needsOf(process, unit);
  };
  const others = (has: (unit: Unit) => boolean): readonly string[] =>
    [...units.values()]
      .filter(has)
      .map(({ name }) => name)
      .toSorted();
  if (options.has('after')) return (name) => (units.get(name)?.after ?? []).toSorted();
  if (options.has('before')) return (name) => others(({ after }) => after.includes(name));
  if (options.has('reverse')) return (name) => others((unit) => needs(unit.name).includes(name));
  return needs;
}

/** The unit with all that it pulls in; for the ways back every unit that is loaded or has a file. */
async function unitsAround({ process, options }: Invocation, name: string): Promise<ReadonlyMap<string, Unit>> {
  const units = new Map<string, Unit>();
  if (['reverse', 'before', 'after'].some((each) => options.has(each))) {
    for (const request of [{ method: 'list', all: true }, { method: 'list-unit-files' }]) {
      const reply = await askManager({ process, options }, request);
      for (const unit of reply.type === 'units' ? reply.units : []) units.set(unit.name, unit);
    }
    return units;
  }
  const load = async (each: string): Promise<void> => {
    if (units.has(each)) return;
    const reply = await askManager({ process, options }, { method: 'show', units: [each] });
    const [unit] = reply.type === 'units' ? reply.units : [];
    if (unit === undefined) return;
    units.set(each, unit);
    for (const need of needsOf(process, unit)) await load(need);
  };
  await load(name);
  return units;
}

function needsOf(process: Process, unit: Unit): readonly string[] {
  const settings = unitSettings(process, unit);
  const written = ['Requires', 'Wants', 'BindsTo'].flatMap((key) =>
    (settings.get(key) ?? []).flatMap((value) => value.split(/\s+/)),
  );
  const linked = DIRECTORIES.flatMap((directory) =>
    ['wants', 'requires'].flatMap((kind) => {
      const entries = process.readdir(`${directory}/${unit.name}.${kind}`);
      return failed(entries) ? [] : entries.map(({ name }) => name);
    }),
  );
  return [...new Set([...written, ...linked])].filter((name) => name !== '').toSorted();
}

function lines(
  units: ReadonlyMap<string, Unit>,
  below: Below,
  name: string,
  indent: string,
  seen: ReadonlySet<string>,
  options: Invocation['options'],
): readonly string[] {
  const names = below(name).filter((each) => !seen.has(each));
  const isPlain = options.has('plain');
  return names.flatMap((each, at) => {
    const last = at === names.length - 1;
    const { active = 'inactive' } = units.get(each) ?? {};
    const dot = active === 'failed' ? '×' : active === 'active' || active === 'reloading' ? '●' : '○';
    const branch = isPlain ? '  ' : last ? '└─' : '├─';
    const more = isPlain || last ? '  ' : '│ ';
    // Targets are followed; what services need is shown with --all alone.
    const isFollowed = options.has('a') || each.endsWith('.target');
    const rest = isFollowed ? lines(units, below, each, indent + more, new Set([...seen, each]), options) : [];
    return [`${dot} ${indent}${branch}${each}`, ...rest];
  });
}
