import type { Json } from './json.ts';
import type { Definition, Filter } from './syntax.ts';

/** A filter together with where its names are bound. */
export interface Closure {
  readonly filter: Filter;
  readonly scope: Scope;
}

export type Binding =
  | { readonly type: 'value'; readonly value: Json }
  | { readonly type: 'closure'; readonly closure: Closure }
  | { readonly type: 'definition'; readonly definition: Definition }
  | { readonly type: 'label'; readonly label: symbol };

/** Names in sight; a scope holds one and knows the rest. */
export class Scope {
  constructor(
    readonly name: string,
    readonly binding: Binding,
    readonly outer: Scope | undefined,
  ) {}

  find(name: string): { readonly binding: Binding; readonly at: Scope } | undefined {
    return this.name === name ? { binding: this.binding, at: this } : this.outer?.find(name);
  }
}

/** Functions of one name differ by how many arguments they take. */
export const functionName = (name: string, count: number): string => `${name}/${String(count)}`;
