import type { Plain } from '../../../../protocol/plain.ts';
import type { JournalQuery, JournalRecord } from '../interface.ts';

/** Records that a host keeps; older ones are dropped, as journald does at SystemMaxUse. */
export const JOURNAL_RECORDS = 20_000;

export interface JournalBoot {
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** Cursor of its first record. */
  readonly from: number;
}

/** The structured log of a host. */
export class SystemJournal {
  /** An event is under way in which rsyslogd takes what is new. */
  isForwarding = false;
  #records: JournalRecord[] = [];
  /** What has come while journald was down: its sockets keep it. */
  #held: Omit<JournalRecord, 'cursor'>[] = [];
  /** Cursor of the first record that rsyslogd has not had. */
  #forwarded = 1;
  #boots: JournalBoot[] = [];
  #next = 1;

  beginBoot(id: string): void {
    this.#boots.push({ id: id.replaceAll('-', ''), from: this.#next });
  }

  /** Oldest first. */
  boots(): readonly (JournalBoot & { readonly first?: JournalRecord; readonly last?: JournalRecord })[] {
    return this.#boots.map((boot, at) => {
      const records = this.#between(boot.from, this.#boots[at + 1]?.from);
      const first = records[0];
      const last = records.at(-1);
      return { ...boot, ...(first === undefined ? {} : { first }), ...(last === undefined ? {} : { last }) };
    });
  }

  #between(from: number, before = Infinity): readonly JournalRecord[] {
    return this.#records.filter(({ cursor }) => cursor >= from && cursor < before);
  }

  /** Keeps a line until somebody writes it. */
  hold(record: Omit<JournalRecord, 'cursor'>): void {
    this.#held.push(record);
    if (this.#held.length > JOURNAL_RECORDS) this.#held.shift();
  }

  /** Writes the lines that were kept. */
  writeHeld(): readonly JournalRecord[] {
    const held = this.#held;
    this.#held = [];
    return held.map((record) => this.add(record));
  }

  /** What rsyslogd has not had yet. */
  takeForwarded(): readonly JournalRecord[] {
    const records = this.#records;
    let first = records.length;
    while (first > 0 && (records[first - 1]?.cursor ?? 0) >= this.#forwarded) first -= 1;
    this.#forwarded = this.#next;
    return records.slice(first);
  }

  add(record: Omit<JournalRecord, 'cursor'>): JournalRecord {
    const added: JournalRecord = { cursor: this.#next, ...record };
    this.#next += 1;
    this.#records.push(added);
    if (this.#records.length > JOURNAL_RECORDS) this.#records.splice(0, JOURNAL_RECORDS / 10);
    return added;
  }

  query(query: JournalQuery): readonly JournalRecord[] {
    const at =
      query.boot === undefined ? undefined : query.boot > 0 ? query.boot - 1 : this.#boots.length - 1 + query.boot;
    const boot = at === undefined ? undefined : this.#boots[at];
    if (at !== undefined && boot === undefined) return [];
    const all = boot === undefined ? this.#records : this.#between(boot.from, this.#boots[(at ?? 0) + 1]?.from);
    const found = all.filter((record) => matches(record, query));
    return query.last === undefined ? found : found.slice(Math.max(0, found.length - query.last));
  }

  snapshot(): Plain {
    return {
      next: this.#next,
      boots: [...this.#boots] as unknown as Plain,
      records: [...this.#records] as unknown as Plain,
      held: [...this.#held] as unknown as Plain,
      forwarded: this.#forwarded,
      isForwarding: this.isForwarding,
    };
  }

  restore(state: Plain): void {
    const saved = state as unknown as {
      readonly next: number;
      readonly boots: readonly JournalBoot[];
      readonly records: readonly JournalRecord[];
      /** Absent in older snapshots, like those below. */
      readonly held?: readonly Omit<JournalRecord, 'cursor'>[];
      readonly forwarded?: number;
      readonly isForwarding?: boolean;
    };
    this.#boots = [...saved.boots];
    this.#next = saved.next;
    this.#records = [...saved.records];
    this.#held = [...(saved.held ?? [])];
    this.#forwarded = saved.forwarded ?? saved.next;
    this.isForwarding = saved.isForwarding ?? false;
  }
}

export function matches(record: JournalRecord, query: JournalQuery): boolean {
  const { units = [], userUnits = [] } = query;
  const isNamed = units.includes(record.unit ?? '') || userUnits.includes(record.userUnit ?? '');
  if (units.length + userUnits.length > 0 && !isNamed) return false;
  if (query.ofUser !== undefined && (record.uid ?? 0) !== query.ofUser) return false;
  if (query.afterCursor !== undefined && record.cursor <= query.afterCursor) return false;
  if (query.sinceUnixUs !== undefined && record.unixUs < query.sinceUnixUs) return false;
  if (query.untilUnixUs !== undefined && record.unixUs > query.untilUnixUs) return false;
  if (query.priority !== undefined && record.priority > query.priority) return false;
  return query.kernel !== true || record.transport === 'kernel';
}
