import type { JsonObject } from '../../../protocol/plain.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { FailureStatus } from '../apimachinery/status.ts';
import type { UserInfo, WriteOptions } from '../client/interface.ts';
import type { Registry, ResourceInfo } from './registry.ts';
import type { Storage } from './storage.ts';

export type Operation = 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';

export interface AdmissionRequest {
  readonly user: UserInfo;
  readonly operation: Operation;
  readonly info: ResourceInfo;
  readonly namespace: string;
  readonly name: string;
  readonly subresource: string;
  readonly object: JsonObject;
  readonly old?: JsonObject;
  readonly dryRun: boolean;
}

/** An admission plugin: may change an object on its way in, or refuse it. */
export interface AdmissionPlugin {
  readonly name: string;
  /** The only resource that it looks at; absent: all. */
  readonly resource?: string;
  admit?(request: AdmissionRequest): JsonObject | FailureStatus;
  validate?(request: AdmissionRequest): FailureStatus | undefined;
}

/** What a request answers before it is put into HTTP. */
export interface Outcome {
  readonly object: JsonObject;
  readonly code: 200 | 201 | 202;
  /** Texts of `Warning: 299` headers. */
  readonly warnings?: readonly string[];
}

/** What all request handlers share. */
export interface Core {
  readonly simulation: Simulation;
  readonly registry: Registry;
  readonly storage: Storage;
  /** Runs the mutating plugins in order, then nothing else. */
  admit(request: AdmissionRequest): JsonObject | FailureStatus;
  /** Runs the validating plugins; undefined means admitted. */
  review(request: AdmissionRequest): FailureStatus | undefined;
  /** Fields that the server itself allocates (addresses and ports of Services); called before validation. */
  allocate(info: ResourceInfo, object: JsonObject, old?: JsonObject): JsonObject | FailureStatus;
  /** Message for kinds that nothing acts on, or undefined. */
  inactiveWarning(info: ResourceInfo): string | undefined;
  /** managedFields of a written object; undefined leaves them out. */
  trackFields(info: ResourceInfo, next: JsonObject, old: JsonObject | undefined, options: WriteOptions): JsonObject;
}

/** `2026-03-02T00:00:00Z`, cached per second. */
export { formatRfc3339 } from '../../sim/clock.ts';
