/** Records v1 Events (client-go tools/record): what the correlator lets through is created, or counted up. */
import type { Plain } from '../../../protocol/plain.ts';
import { formatRfc3339 } from '../../sim/clock.ts';
import type { Component } from '../../sim/component.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { failedWith, isFailure } from '../apimachinery/status.ts';
import type { ObjectReference } from '../apimachinery/types.ts';
import { type Correlated, EventCorrelator, type Happening } from './event-correlator.ts';
import type { Client, EventRecorder, EventSubject } from './interface.ts';

/** Another component may have taken an event's name: so many following ones are tried. */
const NAME_ATTEMPTS = 10;

export interface RecorderOptions {
  readonly simulation: Simulation;
  readonly client: Client;
  /** `kubelet`, `deployment-controller`, `default-scheduler`. */
  readonly component: string;
  readonly host?: string;
}

export class ClientEventRecorder implements EventRecorder, Component {
  readonly #correlator = new EventCorrelator();
  /** When the last name was made, and how many this instant has seen. */
  #lastName = { atUs: -1, count: 0 };

  constructor(private readonly options: RecorderOptions) {}

  event(about: EventSubject, type: 'Normal' | 'Warning', reason: string, message: string): void {
    const happening = { about: referenceTo(about), type, reason, message };
    const { client, simulation } = this.options;
    const correlated = this.#correlator.correlate(happening, simulation.clock.unixMs);
    if (correlated === undefined) return;
    const { count, stored } = correlated;
    const now = formatRfc3339(simulation.clock.unixMs);
    if (stored !== undefined) {
      const patch = { count, lastTimestamp: now, message: correlated.message };
      if (!isFailure(client.patch('events', stored, 'strategic', patch))) return;
    }
    this.#create(happening, correlated, now);
  }

  handle(): void {
    // Nothing is scheduled for it: it is a component for the sake of its state.
  }

  snapshot(): Plain {
    return { correlator: this.#correlator.snapshot(), lastName: this.#lastName };
  }

  restore(state: Plain): void {
    const { correlator, lastName } = state as { correlator: Plain; lastName: { atUs: number; count: number } };
    this.#correlator.restore(correlator);
    this.#lastName = lastName;
  }

  #create({ about, type, reason }: Happening, { key, message, count }: Correlated, now: string): void {
    const { client, component, host } = this.options;
    const namespace = about.namespace === undefined || about.namespace === '' ? 'default' : about.namespace;
    for (let attempt = 0; attempt < NAME_ATTEMPTS; attempt += 1) {
      const name = `${about.name ?? ''}.${this.#nextSuffix()}`;
      const created = client.create('events', {
        metadata: { name, namespace },
        involvedObject: about,
        reason,
        message,
        source: { component, ...(host === undefined ? {} : { host }) },
        firstTimestamp: now,
        lastTimestamp: now,
        count,
        type,
        reportingComponent: component,
        reportingInstance: host ?? '',
      });
      if (failedWith(created, 'AlreadyExists')) continue;
      if (!isFailure(created)) this.#correlator.written(key, { name, namespace });
      return;
    }
  }

  /** The time in ns, in hexadecimal; events of one instant are a nanosecond apart. */
  #nextSuffix(): string {
    const { clock } = this.options.simulation;
    const { atUs, count } = this.#lastName;
    this.#lastName = { atUs: clock.nowUs, count: atUs === clock.nowUs ? count + 1 : 0 };
    return (BigInt(clock.unixUs) * 1000n + BigInt(this.#lastName.count)).toString(16);
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
