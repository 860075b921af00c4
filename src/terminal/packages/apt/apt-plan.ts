/** What installing or removing packages takes along: dependencies, conflicts, what nobody needs any more. */
import type { AptArchive, Offer } from './apt-archive.ts';
import { compareVersions, dependencies } from '../dpkg/deb-control.ts';

export interface Plan {
  /** What each has to come after stands before it. */
  readonly install: readonly Offer[];
  readonly upgrade: readonly Offer[];
  readonly remove: readonly string[];
  /** Of those to be installed, the ones that were not asked for. */
  readonly additional: readonly string[];
  /** Held packages that the plan would change. */
  readonly held: readonly string[];
}

export type Planned =
  | { readonly type: 'plan'; readonly plan: Plan }
  | { readonly type: 'unmet'; readonly name: string; readonly needs: string };

/** Adds packages with all that they depend on. */
export function planInstall(archive: AptArchive, wanted: readonly Offer[]): Planned {
  const order: Offer[] = [];
  const seen = new Set<string>();
  let unmet: { readonly name: string; readonly needs: string } | undefined;
  const asked = new Map(wanted.map((offer) => [offer.name, offer]));
  const visit = (offer: Offer): void => {
    if (seen.has(offer.name)) return;
    seen.add(offer.name);
    for (const alternatives of [
      ...dependencies(offer.fields['Pre-Depends']),
      ...dependencies(offer.fields['Depends']),
    ]) {
      if (alternatives.some((each) => archive.database.isInstalled(each) || asked.has(each))) {
        const among = alternatives.map((each) => asked.get(each)).find((each) => each !== undefined);
        if (among !== undefined) visit(among);
        continue;
      }
      const found = alternatives.map((each) => archive.candidate(each)).find((each) => each !== undefined);
      if (found === undefined) unmet ??= { name: offer.name, needs: alternatives[0] ?? '' };
      else visit(found);
    }
    order.push(offer);
  };
  for (const offer of wanted) visit(offer);
  if (unmet !== undefined) return { type: 'unmet', ...unmet };
  const upgrade = order.filter(({ name }) => archive.database.isInstalled(name));
  const remove = conflicting(archive, order);
  return {
    type: 'plan',
    plan: {
      install: order.filter(({ name }) => !archive.database.isInstalled(name)),
      upgrade,
      remove,
      additional: order.map(({ name }) => name).filter((name) => !asked.has(name)),
      held: [...upgrade.map(({ name }) => name), ...remove].filter((name) => isHeld(archive, name)),
    },
  };
}

const isHeld = (archive: AptArchive, name: string): boolean => archive.database.get(name)?.want === 'hold';

/** Installed packages that cannot stay beside new ones, either saying so. */
function conflicting(archive: AptArchive, offers: readonly Offer[]): readonly string[] {
  const names = new Set(offers.map(({ name }) => name));
  const refused = offers.flatMap(({ fields }) => dependencies(fields['Conflicts']).flat());
  return archive.database
    .installed()
    .filter(
      ({ name, fields }) =>
        !names.has(name) &&
        (refused.includes(name) ||
          dependencies(fields['Conflicts']).some((each) => each.some((one) => names.has(one)))),
    )
    .map(({ name }) => name);
}

/** Takes packages away, and with them whatever depends on them. */
export function planRemoval(archive: AptArchive, names: readonly string[]): Plan {
  const remove = new Set(names);
  for (let grew = true; grew;) {
    grew = false;
    for (const record of archive.database.installed()) {
      if (remove.has(record.name)) continue;
      const broken = dependencies(record.fields['Depends']).some(
        (alternatives) =>
          alternatives.some((each) => remove.has(each)) &&
          !alternatives.some((each) => archive.database.isInstalled(each) && !remove.has(each)),
      );
      if (!broken) continue;
      remove.add(record.name);
      grew = true;
    }
  }
  const all = [...remove].toSorted();
  return { install: [], upgrade: [], additional: [], remove: all, held: all.filter((name) => isHeld(archive, name)) };
}

/** Packages that came along with others and that nothing needs once `removed` are gone. */
export function unneeded(archive: AptArchive, removed: readonly string[] = []): readonly string[] {
  const gone = new Set(removed);
  const there = archive.database.installed().filter(({ name }) => !gone.has(name));
  const needed = new Set<string>();
  const visit = (name: string): void => {
    if (needed.has(name)) return;
    const record = archive.database.get(name);
    if (record === undefined || gone.has(name)) return;
    needed.add(name);
    for (const each of dependencies(record.fields['Depends']).flat()) visit(each);
  };
  for (const { name } of there) if (!archive.automatic.has(name)) visit(name);
  return there.map(({ name }) => name).filter((name) => !needed.has(name));
}

/** Installed packages for which a source has a higher version; held ones stay. */
export function planUpgrade(archive: AptArchive): {
  readonly upgrade: readonly Offer[];
  readonly kept: readonly string[];
} {
  const newer = archive.database.installed().flatMap(({ name, version }) => {
    const offer = archive.candidate(name);
    return offer !== undefined && compareVersions(offer.version, version) > 0 ? [offer] : [];
  });
  return {
    upgrade: newer.filter(({ name }) => !isHeld(archive, name)),
    kept: newer.map(({ name }) => name).filter((name) => isHeld(archive, name)),
  };
}
