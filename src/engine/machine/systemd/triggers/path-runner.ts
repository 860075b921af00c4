/**
 * Paths: look at files and directories, and start their unit when what they wait for is there or has changed.
 * Models: PathExists=, PathExistsGlob=, PathChanged=, PathModified=, DirectoryNotEmpty=, Unit=, MakeDirectory=, the limits of
 * triggers and starts. Leaves out: the difference between PathChanged= and PathModified= (each write counts for both, not
 * the end of writing alone), DirectoryMode=.
 * Source: systemd.path(5), systemd src/core/path.c.
 */
import { fnmatchRegExp } from '../../../../formats/glob.ts';
import { failed } from '../../../../protocol/errno.ts';
import type { FileView } from '../../files/interface.ts';
import type { HostSystemd } from '../host-systemd.ts';
import type { UnitView } from '../interface.ts';
import { pathSettings, type PathSettings, type PathWatch } from './path-settings.ts';
import { triggerLimitHit } from './trigger-limit.ts';
import { mayBeginToWait } from './trigger-start.ts';
import type { TriggerRunner } from '../jobs/unit-runner.ts';
import type { UnitState } from '../units/unit-state.ts';
import { tellResult } from '../units/unit-result.ts';

export class PathRunner implements TriggerRunner {
  constructor(private readonly systemd: HostSystemd) {}

  settings(name: string): PathSettings {
    return pathSettings(name, this.systemd.loaded(name).file, this.systemd.specifiers(name));
  }

  triggered(name: string): string {
    return this.settings(name).unit;
  }

  start(unit: UnitState): void {
    const { systemd } = this;
    if (unit.active === 'active' || !mayBeginToWait(systemd, unit, this.triggered(unit.name))) return;
    const { watches, makesDirectory } = this.settings(unit.name);
    if (makesDirectory)
      for (const { condition, path } of watches)
        if (!condition.startsWith('PathExists')) systemd.files.root.mkdirp(path);
    unit.result = 'success';
    unit.watches = watches.flatMap(({ path }) => directoriesTo(path)).map((path) => this.#watch(unit, path));
    unit.seen = this.#look(watches);
    systemd.say(unit.name, `Started ${systemd.title(unit.name)}.`);
    systemd.setState(unit, 'active', 'waiting');
    if (watches.some((watch) => isThere(systemd.files.root, watch))) this.#trigger(unit);
  }

  stop(unit: UnitState): void {
    if (unit.active === 'active') {
      this.#end(unit, 'success');
      this.systemd.say(unit.name, `Stopped ${this.systemd.title(unit.name)}.`);
    } else this.systemd.setState(unit, unit.active, unit.sub);
  }

  restart(unit: UnitState): void {
    if (unit.active === 'active') this.stop(unit);
    this.start(unit);
  }

  /** Something near the places has changed, or the unit that was started has ended. */
  look(unit: UnitState): void {
    if (unit.sub !== 'waiting') return;
    const { watches } = this.settings(unit.name);
    const seen = this.#look(watches);
    const before = unit.seen;
    unit.seen = seen;
    const { root } = this.systemd.files;
    if (watches.some((watch, at) => isThere(root, watch) || (watchesChanges(watch) && seen[at] !== before[at])))
      this.#trigger(unit);
  }

  /** Nobody looks while it runs; what is still there starts it again. A start that hit its limit ends the path unit, too. */
  triggeredChanged(unit: UnitState, changed: UnitState): void {
    if (unit.sub !== 'running') return;
    if (changed.active === 'failed' && changed.result === 'start-limit-hit') this.#end(unit, 'unit-start-limit-hit');
    else if (changed.active === 'inactive' || changed.active === 'failed') {
      const { systemd } = this;
      unit.seen = this.#look(this.settings(unit.name).watches);
      systemd.setState(unit, 'active', 'waiting');
      systemd.simulation.loop.schedule(0, systemd.target, 'path.changed', { unit: unit.name });
    }
  }

  #trigger(unit: UnitState): void {
    const { systemd } = this;
    const settings = this.settings(unit.name);
    if (triggerLimitHit(unit, settings.triggerLimit, systemd.simulation.clock.nowUs)) {
      systemd.say(unit.name, `${unit.name}: Trigger limit hit, refusing further activation.`, 4);
      this.#end(unit, 'trigger-limit-hit');
      return;
    }
    systemd.setState(unit, 'active', 'running');
    systemd.start(settings.unit);
  }

  #end(unit: UnitState, result: UnitView['result']): void {
    const { systemd } = this;
    this.forgetWatches(unit);
    unit.result = result;
    const isFine = result === 'success';
    tellResult(systemd, unit.name, result);
    systemd.setState(unit, isFine ? 'inactive' : 'failed', isFine ? 'dead' : 'failed');
  }

  forgetWatches(unit: UnitState): void {
    for (const watch of unit.watches) this.systemd.files.unwatch(watch);
    unit.watches = [];
  }

  #watch(unit: UnitState, path: string): number {
    const { files, target } = this.systemd;
    return files.watch(path, { target, type: 'path.changed', payload: { unit: unit.name } });
  }

  #look(watches: readonly PathWatch[]): readonly string[] {
    return watches.map((watch) => (watchesChanges(watch) ? appearance(this.systemd.files.root, watch.path) : ''));
  }
}

const watchesChanges = ({ condition }: PathWatch): boolean =>
  condition === 'PathChanged' || condition === 'PathModified';

/** Whether what it waits for is there; of changes nothing can be said so. */
function isThere(files: FileView, { condition, path }: PathWatch): boolean {
  switch (condition) {
    case 'PathExists':
      return files.exists(path);
    case 'PathExistsGlob': {
      const entries = files.list(directoryOf(path));
      const pattern = fnmatchRegExp(path.slice(path.lastIndexOf('/') + 1));
      return !failed(entries) && entries.some(({ name }) => pattern.test(name));
    }
    case 'DirectoryNotEmpty': {
      const entries = files.list(path);
      return failed(entries) ? files.exists(path) : entries.length > 0;
    }
    default:
      return false;
  }
}

/** What a watch of the file, or of the directory with its files, could tell apart. */
function appearance(files: FileView, path: string): string {
  const stat = files.stat(path);
  if (failed(stat)) return '';
  const own = `${String(stat.inode)} ${String(stat.modifiedMs)} ${String(stat.size)} ${String(stat.changedMs)}`;
  if (stat.type !== 'directory') return own;
  const entries = files.list(path);
  const below = failed(entries)
    ? []
    : entries.map(({ name, type }) => (type === 'file' ? `${name} ${appearance(files, `${path}/${name}`)}` : name));
  return [own, ...below].join('\n');
}

const directoryOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

/** `/`, `/a` and `/a/b` of /a/b: any of them may come, go or be replaced. */
function directoriesTo(path: string): readonly string[] {
  const parts = path.split('/').filter((part) => part !== '');
  return ['/', ...parts.map((_, at) => `/${parts.slice(0, at + 1).join('/')}`)];
}
