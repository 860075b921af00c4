/** What every kernel request is answered with. */
import type { Result } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { HostNetwork, Sockets } from '../interface.ts';
import type { Lab } from '../lab.ts';
import type { Namespace } from '../namespace.ts';

/** A host's network with what lies behind its interface. */
export type RequestNet = HostNetwork & { readonly lab: Lab; readonly sockets: Sockets };

export interface RequestContext {
  readonly net: RequestNet;
  readonly namespace: Namespace;
  readonly op: string;
  readonly args: Arguments;
}

/** Arguments that came over the system call: read with a check of their kind. */
export class Arguments {
  readonly #members: { readonly [key: string]: Plain };
  constructor(args: Plain) {
    this.#members =
      typeof args === 'object' && args !== null && !Array.isArray(args) && !(args instanceof Uint8Array)
        ? (args as { readonly [key: string]: Plain })
        : {};
  }
  text(name: string): string | undefined {
    const value = this.#members[name];
    return typeof value === 'string' ? value : undefined;
  }
  number(name: string): number | undefined {
    const value = this.#members[name];
    return typeof value === 'number' ? value : undefined;
  }
  flag(name: string): boolean {
    return this.#members[name] === true;
  }
  /** An object argument, typed by its documentation above. */

  object<T>(name: string): T | undefined {
    const value = this.#members[name];
    return typeof value === 'object' && value !== null ? (value as T) : undefined;
  }
}

/** A void result as data. */
export const done = (result: Result<unknown>): Result<Plain> =>
  result === undefined ? null : (result as Result<Plain>);
