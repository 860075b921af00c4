/** `systemctl list-dependencies`: what a unit requires and wants, as its files and the links beside them say. */
import { failed } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';
import type { Invocation } from '../coreutils/command.ts';
import { fileText } from '../io.ts';
import { ask, sayUnreachable, unitName, type Unit } from './client.ts';

/** An alias: systemd knows what it stands for. */
const DEFAULT = 'default.target';
const DIRECTORIES = ['/etc/systemd/system', '/run/systemd/system', '/usr/lib/systemd/system'];

export async function listDependencies(call: Invocation, names: readonly string[]): Promise<number> {
  const { process, io, options } = call;
  const initial = await ask(process, { method: 'get-default' });
  if (initial.type === 'unreachable') return await sayUnreachable(io, initial);
  for (const asked of names.length === 0 ? [DEFAULT] : names.map(unitName)) {
    const name = asked === DEFAULT && initial.type === 'default-target' ? initial.name : asked;
    const units = new Map<string, Unit>();
    const failure = await load(call, name, units);
    if (failure !== undefined) return failure;
    io.line(asked);
    for (const line of lines(process, units, name, '', new Set([name]), options.has('a'))) io.line(line);
  }
  return await io.end(0);
}

/** Asks for a unit and for all that it pulls in. */
async function load(call: Invocation, name: string, units: Map<string, Unit>): Promise<number | undefined> {
  if (units.has(name)) return undefined;
  const reply = await ask(call.process, { method: 'show', units: [name] });
  if (reply.type === 'unreachable') return await sayUnreachable(call.io, reply);
  const [unit] = reply.type === 'units' ? reply.units : [];
  if (unit === undefined) return undefined;
  units.set(name, unit);
  for (const each of needsOf(call.process, unit)) {
    const failure = await load(call, each, units);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

function needsOf(process: Process, unit: Unit): readonly string[] {
  const written = (unit.path === undefined ? [] : [unit.path, ...unit.dropIns]).flatMap((path) =>
    [...(fileText(process, path) ?? '').matchAll(/^(?:Requires|Wants|BindsTo)=(.*)$/gm)].flatMap((match) =>
      (match[1] ?? '').split(/\s+/),
    ),
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
  process: Process,
  units: ReadonlyMap<string, Unit>,
  name: string,
  indent: string,
  seen: ReadonlySet<string>,
  all: boolean,
): readonly string[] {
  const unit = units.get(name);
  const needs = unit === undefined ? [] : needsOf(process, unit).filter((each) => !seen.has(each));
  return needs.flatMap((each, at) => {
    const last = at === needs.length - 1;
    const { active = 'inactive' } = units.get(each) ?? {};
    const dot = active === 'failed' ? '×' : active === 'active' || active === 'reloading' ? '●' : '○';
    // Targets are followed; what services need is shown with --all alone.
    const below =
      all || each.endsWith('.target')
        ? lines(process, units, each, `${indent}${last ? '  ' : '│ '}`, new Set([...seen, each]), all)
        : [];
    return [`${dot} ${indent}${last ? '└─' : '├─'}${each}`, ...below];
  });
}
