/**
 * The tables of one network namespace (ip_tables, nf_tables' compatibility layer).
 * Models: filter, nat, mangle and raw with built-in and user chains, policies, counters, and layers of rules that many hosts share.
 */
import {
  BUILT_IN_CHAINS,
  TABLES,
  type ChainListing,
  type HookName,
  type Rule,
  type RuleCounters,
  type TableName,
} from '../../../../formats/iptables/rule.ts';
import { LateMap } from '../../../sim/late-map.ts';
import { fail, type Result } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { RuleLayer } from '../interface.ts';

export interface Counter {
  packets: number;
  bytes: number;
}

interface Chain {
  policy: 'ACCEPT' | 'DROP' | '-';
  readonly counter: Counter;
  rules: readonly Rule[];
  /** Layer whose chain this is a changed copy of. */
  readonly copyOf?: string;
}

const ruleText = (rule: Rule): string => JSON.stringify([rule.matches, rule.target]);
export const sameRule = (a: Rule, b: Rule): boolean => a === b || ruleText(a) === ruleText(b);

export class Ruleset {
  readonly #tables = new LateMap<TableName, Map<string, Chain>>();
  readonly #layers = new LateMap<string, RuleLayer>();
  /** Counts per rule object and per-rule state of `statistic --mode nth`. */
  #counters: Map<Rule, Counter & { nth?: number }> = new LateMap<Rule, Counter & { nth?: number }>();

  /** Numbers of chains (by their names) and rules, in the order in which somebody asked for them first. */
  readonly #handles = new LateMap<TableName, Map<Rule | string, number>>();

  /** Whether any packet needs tracking: conntrack starts with the first rule. */
  get active(): boolean {
    if (this.#layers.size > 0) return true;
    for (const table of this.#tables.values())
      for (const chain of table.values()) if (chain.rules.length > 0 || chain.policy === 'DROP') return true;
    return false;
  }

  /** A table that nobody has used is not loaded. */
  has(table: TableName): boolean {
    if (this.#tables.has(table)) return true;
    for (const layer of this.#layers.values()) if (layer.tables[table] !== undefined) return true;
    return false;
  }

  rules(table: TableName, chain: string): readonly Rule[] | undefined {
    const local = this.#tables.get(table)?.get(chain);
    if (local !== undefined && (local.copyOf !== undefined || this.#layers.size === 0)) return local.rules;
    for (const layer of this.#layers.values()) {
      const shared = layer.tables[table];
      if (shared !== undefined && Object.hasOwn(shared, chain)) return shared[chain];
    }
    return local?.rules ?? (isBuiltIn(table, chain) ? [] : undefined);
  }

  policy(table: TableName, chain: string): 'ACCEPT' | 'DROP' {
    return this.#tables.get(table)?.get(chain)?.policy === 'DROP' ? 'DROP' : 'ACCEPT';
  }

  count(rule: Rule, bytes: number): void {
    if (rule.uncounted === true) return;
    const counter = this.#counters.get(rule);
    if (counter === undefined) this.#counters.set(rule, { packets: 1, bytes });
    else {
      counter.packets += 1;
      counter.bytes += bytes;
    }
  }

  countPolicy(table: TableName, chain: HookName, bytes: number): void {
    const counter = this.#tables.get(table)?.get(chain)?.counter;
    if (counter === undefined) return;
    counter.packets += 1;
    counter.bytes += bytes;
  }

  /** Position of the next packet in an nth cycle. */
  nth(rule: Rule, start: number, every: number): number {
    const counter = this.#counters.get(rule) ?? { packets: 0, bytes: 0 };
    const at = counter.nth ?? (every - start) % every;
    counter.nth = (at + 1) % every;
    this.#counters.set(rule, counter);
    return at;
  }

  chains(table: TableName): readonly string[] {
    const names = new Set<string>(BUILT_IN_CHAINS[table]);
    for (const name of this.#tables.get(table)?.keys() ?? []) names.add(name);
    for (const layer of this.#layers.values())
      for (const name of Object.keys(layer.tables[table] ?? {})) names.add(name);
    return [...names];
  }

  list(table: TableName): readonly ChainListing[] {
    return this.chains(table).map((name) => {
      const local = this.#tables.get(table)?.get(name);
      const builtIn = isBuiltIn(table, name);
      return {
        name,
        policy: builtIn ? this.policy(table, name) : ('-' as const),
        counters: { ...(local?.counter ?? ZERO) },
        rules: (this.rules(table, name) ?? []).map((rule) => ({ ...rule, counters: this.#countersOf(rule) })),
      };
    });
  }

  /** The handles of a table: for each chain its own and those of its rules. */
  handles(table: TableName): { readonly [chain: string]: readonly number[] } {
    const known = this.#handles.get(table) ?? new Map<Rule | string, number>();
    this.#handles.set(table, known);
    const handleOf = (each: Rule | string): number => {
      const handle = known.get(each) ?? known.size + 1;
      known.set(each, handle);
      return handle;
    };
    return Object.fromEntries(
      this.chains(table).map((chain) => [chain, [chain, ...(this.rules(table, chain) ?? [])].map(handleOf)]),
    );
  }

  /** Takes a table away with all that was put into it; what a layer shares is only emptied. */
  deleteTable(table: TableName): void {
    this.flush(table);
    const isShared = [...this.#layers.values()].some((layer) => layer.tables[table] !== undefined);
    if (!isShared) this.#tables.delete(table);
  }

  add(table: TableName, chain: string, rule: Rule, position?: number): Result<void> {
    const own = this.#own(table, chain);
    if (own === undefined || !this.#targetExists(table, rule)) return fail('ENOENT');
    const at = position === undefined ? own.rules.length : position - 1;
    if (at < 0 || at > own.rules.length) return fail('E2BIG');
    // Counters are kept per rule object, so each place in a chain has its own.
    own.rules = own.rules.toSpliced(at, 0, { ...rule });
    return undefined;
  }

  delete(table: TableName, chain: string, which: Rule | number): Result<void> {
    const own = this.#own(table, chain);
    if (own === undefined) return fail('ENOENT');
    const at = typeof which === 'number' ? which - 1 : own.rules.findIndex((rule) => sameRule(rule, which));
    const rule = own.rules[at];
    if (rule === undefined) return fail(typeof which === 'number' ? 'E2BIG' : 'EINVAL');
    this.#counters.delete(rule);
    own.rules = own.rules.toSpliced(at, 1);
    return undefined;
  }

  replace(table: TableName, chain: string, position: number, rule: Rule): Result<void> {
    const own = this.#own(table, chain);
    if (own === undefined || !this.#targetExists(table, rule)) return fail('ENOENT');
    if (own.rules[position - 1] === undefined) return fail('E2BIG');
    own.rules = own.rules.with(position - 1, { ...rule });
    return undefined;
  }

  contains(table: TableName, chain: string, rule: Rule): boolean {
    return this.rules(table, chain)?.some((one) => sameRule(one, rule)) ?? false;
  }

  setChain(table: TableName, chain: string, rules: readonly Rule[]): void {
    const own = this.#ensure(table, chain);
    for (const rule of own.rules) this.#counters.delete(rule);
    own.rules = rules.map((rule) => ({ ...rule }));
  }

  newChain(table: TableName, chain: string): Result<void> {
    if (this.rules(table, chain) !== undefined) return fail('EEXIST');
    this.#ensure(table, chain);
    return undefined;
  }

  ensureChain(table: TableName, chain: string): void {
    if (this.rules(table, chain) === undefined || isBuiltIn(table, chain)) this.#ensure(table, chain);
  }

  /** EBUSY while another rule jumps there (EMLINK in iptables' words), ENOTEMPTY while it has rules. */
  deleteChain(table: TableName, chain: string): Result<void> {
    const rules = this.rules(table, chain);
    if (rules === undefined) return fail('ENOENT');
    if (isBuiltIn(table, chain)) return fail('EINVAL');
    if (rules.length > 0) return fail('ENOTEMPTY');
    if (this.references(table, chain) > 0) return fail('EMLINK');
    this.#tables.get(table)?.delete(chain);
    return undefined;
  }

  references(table: TableName, chain: string): number {
    let count = 0;
    for (const name of this.chains(table)) {
      for (const { target } of this.rules(table, name) ?? []) {
        if (target !== undefined && (target.type === 'jump' || target.type === 'goto') && target.chain === chain)
          count += 1;
      }
    }
    return count;
  }

  flush(table: TableName, chain?: string): Result<void> {
    const names = chain === undefined ? this.chains(table) : [chain];
    for (const name of names) {
      const own = this.#own(table, name);
      if (own === undefined) return fail('ENOENT');
      for (const rule of own.rules) this.#counters.delete(rule);
      own.rules = [];
    }
    return undefined;
  }

  setPolicy(table: TableName, chain: string, policy: 'ACCEPT' | 'DROP'): Result<void> {
    if (!isBuiltIn(table, chain)) return fail('EINVAL');
    this.#ensure(table, chain).policy = policy;
    return undefined;
  }

  zero(table: TableName, chain?: string): void {
    for (const name of chain === undefined ? this.chains(table) : [chain]) {
      for (const rule of this.rules(table, name) ?? []) this.#counters.delete(rule);
      const counter = this.#tables.get(table)?.get(name)?.counter;
      if (counter !== undefined) Object.assign(counter, ZERO);
    }
  }

  setLayer(name: string, layer: RuleLayer | undefined): void {
    const before = this.#layers.get(name);
    if (before === layer) return;
    for (const table of this.#tables.values())
      for (const [chain, { copyOf }] of table) if (copyOf === name) table.delete(chain);
    if (layer === undefined) {
      this.#layers.delete(name);
      return;
    }
    this.#layers.set(name, layer);
    if (before !== undefined && this.#counters.size > 256) this.#forgetOldCounters();
  }

  layer(name: string): RuleLayer | undefined {
    return this.#layers.get(name);
  }

  /** Layers are plain data shared between hosts; the snapshot's encoding keeps the sharing. */
  snapshot(): Plain {
    const tables = [...this.#tables].map(([table, chains]) => [
      table,
      [...chains].map(([name, chain]) => ({
        name,
        policy: chain.policy,
        counter: { ...chain.counter },
        copyOf: chain.copyOf,
        rules: chain.rules as unknown as Plain,
      })),
    ]);
    const layers = [...this.#layers].map(([name, layer]) => [name, layer as unknown as Plain]);
    const counters = [...this.#counters].map(([rule, counter]) => [rule as unknown as Plain, { ...counter }]);
    const handles = [...this.#handles].map(([table, known]) => [table, [...known]]);
    return { tables, layers, counters, handles: handles as unknown as Plain };
  }

  restore(state: Plain): void {
    const saved = state as unknown as {
      tables: [
        TableName,
        { name: string; policy: Chain['policy']; counter: Counter; copyOf?: string; rules: Rule[] }[],
      ][];
      layers: [string, RuleLayer][];
      counters: [Rule, Counter & { nth?: number }][];
      handles: [TableName, [Rule | string, number][]][];
    };
    this.#tables.clear();
    for (const [table, chains] of saved.tables) {
      this.#tables.set(
        table,
        new Map(
          chains.map(({ name, policy, counter, copyOf, rules }) => [
            name,
            { policy, counter: { ...counter }, rules, ...(copyOf === undefined ? {} : { copyOf }) },
          ]),
        ),
      );
    }
    this.#layers.clear();
    for (const [name, layer] of saved.layers) this.#layers.set(name, layer);
    this.#handles.clear();
    for (const [table, known] of saved.handles) this.#handles.set(table, new Map(known));
    this.#counters = new Map(saved.counters.map(([rule, counter]) => [rule, { ...counter }]));
  }

  #countersOf(rule: Rule): RuleCounters {
    const counter = this.#counters.get(rule);
    return counter === undefined ? ZERO : { packets: counter.packets, bytes: counter.bytes };
  }

  #targetExists(table: TableName, { target }: Rule): boolean {
    return (
      target === undefined ||
      (target.type !== 'jump' && target.type !== 'goto') ||
      this.rules(table, target.chain) !== undefined
    );
  }

  /** The local chain, copied from its layer first where it comes from one. */
  #own(table: TableName, name: string): Chain | undefined {
    const local = this.#tables.get(table)?.get(name);
    if (local?.copyOf !== undefined) return local;
    for (const [layerName, layer] of this.#layers) {
      const shared = layer.tables[table];
      if (shared === undefined || !Object.hasOwn(shared, name)) continue;
      const copy: Chain = {
        policy: '-',
        counter: { packets: 0, bytes: 0 },
        rules: shared[name] ?? [],
        copyOf: layerName,
      };
      this.#table(table).set(name, copy);
      return copy;
    }
    if (local !== undefined) return local;
    return isBuiltIn(table, name) ? this.#ensure(table, name) : undefined;
  }

  #ensure(table: TableName, name: string): Chain {
    const chains = this.#table(table);
    let chain = chains.get(name);
    if (chain === undefined) {
      chain = { policy: isBuiltIn(table, name) ? 'ACCEPT' : '-', counter: { packets: 0, bytes: 0 }, rules: [] };
      chains.set(name, chain);
    }
    return chain;
  }

  #table(table: TableName): Map<string, Chain> {
    let chains = this.#tables.get(table);
    if (chains === undefined) {
      chains = new Map();
      for (const name of BUILT_IN_CHAINS[table])
        chains.set(name, { policy: 'ACCEPT', counter: { packets: 0, bytes: 0 }, rules: [] });
      this.#tables.set(table, chains);
    }
    return chains;
  }

  #forgetOldCounters(): void {
    const live = new Map<Rule, Counter>();
    for (const table of TABLES) {
      for (const chain of this.chains(table)) {
        for (const rule of this.rules(table, chain) ?? []) {
          const counter = this.#counters.get(rule);
          if (counter !== undefined) live.set(rule, counter);
        }
      }
    }
    this.#counters = live;
  }
}

const ZERO: RuleCounters = { packets: 0, bytes: 0 };

const isBuiltIn = (table: TableName, chain: string): boolean =>
  (BUILT_IN_CHAINS[table] as readonly string[]).includes(chain);
