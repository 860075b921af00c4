/** Units as systemd has read them: what has changed on the disk since counts from the next daemon-reload on. */
import type { Plain } from '../../../../protocol/plain.ts';
import type { HostSystemd } from '../host-systemd.ts';
import { checkUnit } from './unit-check.ts';
import { parseUnit } from './unit-file.ts';
import { expandSpecifiers } from './unit-name.ts';
import { loadUnit, type LoadedUnit } from './unit-loader.ts';

export class LoadedUnits {
  readonly #units = new Map<string, LoadedUnit>();

  constructor(private readonly systemd: HostSystemd) {}

  /** Reads it where that has not been done; what is wrong with it goes into the journal then. */
  get(name: string): LoadedUnit {
    const known = this.#units.get(name);
    if (known !== undefined) return known;
    const { unit, remarks } = checkUnit(name, this.#read(name));
    for (const remark of remarks) this.systemd.say(name, remark, 4);
    if (unit.problem !== undefined) this.systemd.say(name, `${name}: ${unit.problem}`, 3);
    // A unit that is not there may be written at any time; only what was found is kept until daemon-reload.
    if (unit.load !== 'not-found') this.#units.set(name, unit);
    return unit;
  }

  /** Reads it; units that it names may be instances for what it is one for. */
  #read(name: string): LoadedUnit {
    const unit = loadUnit(this.systemd.unitFiles, name);
    const specifiers = this.systemd.specifiers(name);
    const named = (names: readonly string[]): readonly string[] =>
      names.map((each) => expandSpecifiers(each, specifiers));
    return { ...unit, requires: named(unit.requires), pulls: named(unit.pulls) };
  }

  forget(name: string): void {
    this.#units.delete(name);
  }

  clear(): void {
    this.#units.clear();
  }

  /** All but the parsed settings, which follow from the text. */
  snapshot(): Plain {
    return [...this.#units].map(([name, { file: _, ...rest }]) => [name, rest]);
  }

  restore(state: Plain): void {
    this.#units.clear();
    for (const [name, unit] of state as unknown as readonly [string, Omit<LoadedUnit, 'file'>][])
      this.#units.set(name, { ...unit, file: parseUnit(unit.text.split('\0')).file });
  }
}
