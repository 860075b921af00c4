import type { Plain } from '../../../protocol/plain.ts';
import type { JournalRecord } from './interface.ts';

/** Records that a host keeps; older ones are dropped, as journald does at SystemMaxUse. */
export const JOURNAL_RECORDS = 20_000;

export interface JournalQuery {
  readonly units?: readonly string[];
  readonly last?: number;
  readonly afterCursor?: number;
  readonly sinceUnixUs?: number;
  readonly untilUnixUs?: number;
  readonly priority?: number;
  readonly kernel?: boolean;
}

/** The structured log of a host. */
export class SystemJournal {
  #records: JournalRecord[] = [];
  #next = 1;

  add(record: Omit<JournalRecord, 'cursor'>): JournalRecord {
    const added: JournalRecord = { cursor: this.#next, ...record };
    this.#next += 1;
    this.#records.push(added);
    if (this.#records.length > JOURNAL_RECORDS) this.#records.splice(0, JOURNAL_RECORDS / 10);
    return added;
  }

  query(query: JournalQuery): readonly JournalRecord[] {
    const found = this.#records.filter((record) => matches(record, query));
    return query.last === undefined ? found : found.slice(Math.max(0, found.length - query.last));
  }

  snapshot(): Plain {
    return { next: this.#next, records: [...this.#records] as unknown as Plain };
  }

  restore(state: Plain): void {
    const saved = state as unknown as { next: number; records: JournalRecord[] };
    this.#next = saved.next;
    this.#records = [...saved.records];
  }
}

export function matches(record: JournalRecord, query: JournalQuery): boolean {
  if (query.units !== undefined && query.units.length > 0 && !query.units.includes(record.unit ?? '')) return false;
  if (query.afterCursor !== undefined && record.cursor <= query.afterCursor) return false;
  if (query.sinceUnixUs !== undefined && record.unixUs < query.sinceUnixUs) return false;
  if (query.untilUnixUs !== undefined && record.unixUs > query.untilUnixUs) return false;
  if (query.priority !== undefined && record.priority > query.priority) return false;
  return query.kernel !== true || record.transport === 'kernel';
}
