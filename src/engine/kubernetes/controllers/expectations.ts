/**
 * What a controller has done and not yet seen through its informer (kubernetes pkg/controller/controller_utils). Until it has,
 * it must not count again.
 */
import type { Plain } from '../../../protocol/plain.ts';

/** After this a lost observation no longer holds a controller up. */
export const EXPECTATION_TIMEOUT_US = 300_000_000;

interface Expected {
  readonly adds: Set<string>;
  readonly deletes: Set<string>;
  sinceUs: number;
}

export class Expectations {
  readonly #expected = new Map<string, Expected>();

  created(owner: string, uid: string, nowUs: number): void {
    const expected = this.#of(owner, nowUs);
    expected.adds.add(uid);
  }

  deleted(owner: string, uid: string, nowUs: number): void {
    this.#of(owner, nowUs).deletes.add(uid);
  }

  /** An object has appeared, or is going. */
  observed(owner: string, uid: string, gone: boolean): void {
    const expected = this.#expected.get(owner);
    if (expected === undefined) return;
    expected.adds.delete(uid);
    if (gone) expected.deletes.delete(uid);
    if (expected.adds.size === 0 && expected.deletes.size === 0) this.#expected.delete(owner);
  }

  satisfied(owner: string, nowUs: number): boolean {
    const expected = this.#expected.get(owner);
    return expected === undefined || nowUs - expected.sinceUs > EXPECTATION_TIMEOUT_US;
  }

  forget(owner: string): void {
    this.#expected.delete(owner);
  }

  #of(owner: string, nowUs: number): Expected {
    const known = this.#expected.get(owner);
    if (known !== undefined) {
      known.sinceUs = nowUs;
      return known;
    }
    const fresh: Expected = { adds: new Set(), deletes: new Set(), sinceUs: nowUs };
    this.#expected.set(owner, fresh);
    return fresh;
  }

  snapshot(): Plain {
    return [...this.#expected].map(([owner, { adds, deletes, sinceUs }]) => ({
      owner,
      adds: [...adds],
      deletes: [...deletes],
      sinceUs,
    }));
  }

  restore(state: Plain): void {
    this.#expected.clear();
    for (const item of state as unknown as { owner: string; adds: string[]; deletes: string[]; sinceUs: number }[]) {
      this.#expected.set(item.owner, {
        adds: new Set(item.adds),
        deletes: new Set(item.deletes),
        sinceUs: item.sinceUs,
      });
    }
  }
}
