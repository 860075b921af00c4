/**
 * Records v1 Events (client-go tools/record). Models: counting of equal events, the combination of many similar ones.
 * Leaves out: the spam filter's token bucket.
 */
import type { Plain } from '../../../protocol/plain.ts';
import { formatRfc3339 } from '../../sim/clock.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { failedWith, isFailure } from '../apimachinery/status.ts';
import type { ObjectReference } from '../apimachinery/types.ts';
import type { Client, EventRecorder, EventSubject } from './interface.ts';

/** Different events remembered for counting. */
const MAX_REMEMBERED = 4096;
/** More messages than this for one reason within the interval become one combined event. */
const SIMILAR_LIMIT = 10;
const SIMILAR_INTERVAL_MS = 600_000;

export interface RecorderOptions {
  readonly simulation: Simulation;
  readonly client: Client;
  /** `kubelet`, `deployment-controller`, `default-scheduler`. */
  readonly component: string;
  readonly host?: string;
}

type Remembered = { readonly name: string; readonly namespace: string; readonly count: number };
type Similar = { readonly messages: readonly string[]; readonly sinceMs: number };

export class ClientEventRecorder implements EventRecorder {
  readonly #known = new Map<string, Remembered>();
  readonly #similar = new Map<string, Similar>();

  constructor(private readonly options: RecorderOptions) {}

  event(about: EventSubject, type: 'Normal' | 'Warning', reason: string, message: string): void {
    const ref = referenceTo(about);
    const { simulation, client } = this.options;
    const now = formatRfc3339(simulation.clock.unixMs);
    const family = [ref.kind, ref.namespace, ref.name, ref.uid, type, reason].join('|');
    const combined = this.#combines(family, message);
    const text = combined ? `(combined from similar events): ${message}` : message;
    const key = combined ? family : [family, ref.fieldPath, message].join('|');
    const known = this.#known.get(key);
    if (known !== undefined) {
      const count = known.count + 1;
      const patched = client.patch('events', known, 'strategic', {
        count,
        lastTimestamp: now,
        ...(combined ? { message: text } : {}),
      });
      if (!isFailure(patched)) {
        this.#remember(key, { ...known, count });
        return;
      }
    }
    this.#create(ref, type, reason, text, now, key);
  }

  snapshot(): Plain {
    return {
      known: [...this.#known].map(([key, value]) => ({ key, value })),
      similar: [...this.#similar].map(([key, value]) => ({ key, value })),
    };
  }

  restore(state: Plain): void {
    const saved = state as unknown as {
      known: { key: string; value: Remembered }[];
      similar: { key: string; value: Similar }[];
    };
    this.#known.clear();
    this.#similar.clear();
    for (const { key, value } of saved.known) this.#known.set(key, value);
    for (const { key, value } of saved.similar) this.#similar.set(key, value);
  }

  #create(ref: ObjectReference, type: string, reason: string, message: string, now: string, key: string): void {
    const { simulation, client, component, host } = this.options;
    const namespace = ref.namespace === undefined || ref.namespace === '' ? 'default' : ref.namespace;
    // The name's suffix is the time in ns, in hexadecimal; events of one instant differ in the last digits.
    for (let attempt = 0; attempt < SIMILAR_LIMIT; attempt += 1) {
      const suffix = (BigInt(simulation.clock.unixUs) * 1000n + BigInt(attempt)).toString(16);
      const created = client.create('events', {
        metadata: { name: `${ref.name ?? ''}.${suffix}`, namespace },
        involvedObject: ref,
        reason,
        message,
        source: { component, ...(host === undefined ? {} : { host }) },
        firstTimestamp: now,
        lastTimestamp: now,
        count: 1,
        type,
        reportingComponent: component,
        reportingInstance: host ?? '',
      });
      if (failedWith(created, 'AlreadyExists')) continue;
      if (!isFailure(created)) this.#remember(key, { name: created.metadata.name, namespace, count: 1 });
      return;
    }
  }

  #remember(key: string, value: Remembered): void {
    this.#known.delete(key);
    this.#known.set(key, value);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_REMEMBERED && oldest !== undefined) this.#known.delete(oldest);
  }

  /** True when the reason has had too many different messages lately. */
  #combines(family: string, message: string): boolean {
    const nowMs = this.options.simulation.clock.unixMs;
    const known = this.#similar.get(family);
    if (known === undefined || nowMs - known.sinceMs > SIMILAR_INTERVAL_MS) {
      this.#similar.delete(family);
      this.#similar.set(family, { messages: [message], sinceMs: nowMs });
      const [oldest] = this.#similar.keys();
      if (this.#similar.size > MAX_REMEMBERED && oldest !== undefined) this.#similar.delete(oldest);
      return false;
    }
    if (known.messages.includes(message)) return false;
    if (known.messages.length >= SIMILAR_LIMIT) return true;
    this.#similar.set(family, { ...known, messages: [...known.messages, message] });
    return false;
  }
}

function referenceTo(about: EventSubject): ObjectReference {
  if ('ref' in about) return about.ref;
  const { apiVersion, kind, metadata } = about;
  return {
    kind,
    ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
    ...(metadata.name === undefined ? {} : { name: metadata.name }),
    ...(metadata.uid === undefined ? {} : { uid: metadata.uid }),
    apiVersion,
    ...(metadata.resourceVersion === undefined ? {} : { resourceVersion: metadata.resourceVersion }),
  };
}
