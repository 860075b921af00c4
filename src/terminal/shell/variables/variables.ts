/** One shell variable. Exactly one of the three values is in use; none where it is declared but unset. */
export interface Variable {
  value: string | undefined;
  indexed: Map<number, string> | undefined;
  associative: Map<string, string> | undefined;
  exported: boolean;
  readonly: boolean;
  integer: boolean;
  nameref: boolean;
  fold: '' | 'lower' | 'upper' | 'capital';
  /** An array that was declared and never assigned to. */
  bare: boolean;
  /** A view of a table of the shell's own (aliases, remembered commands), which begins with so many buckets. */
  readonly tableBuckets?: number;
}

export interface Scope {
  readonly variables: Map<string, Variable>;
  /** A function's scope, or the assignments before one command. */
  readonly kind: 'global' | 'function' | 'temporary';
}

export const freshVariable = (value?: string): Variable => ({
  value,
  indexed: undefined,
  associative: undefined,
  exported: false,
  readonly: false,
  integer: false,
  nameref: false,
  fold: '',
  bare: false,
});

/** An associative array that is one of the shell's own tables: what is assigned is in the table. */
export const tableVariable = (table: Map<string, string>, buckets: number): Variable => ({
  ...freshVariable(),
  associative: table,
  tableBuckets: buckets,
});

/** Variables with bash's dynamic scoping. */
export class Variables {
  readonly scopes: Scope[] = [{ variables: new Map(), kind: 'global' }];

  /** The innermost variable of that name, references followed. */
  find(name: string): Variable | undefined {
    let wanted = name;
    for (let hops = 0; hops < 16; hops += 1) {
      const found = this.#lookup(wanted);
      if (found?.nameref !== true || found.value === undefined || found.value === '') return found;
      wanted = found.value.replace(/\[.*$/, '');
    }
    return undefined;
  }

  /** The name that a reference ends at. */
  resolve(name: string): string {
    let wanted = name;
    for (let hops = 0; hops < 16; hops += 1) {
      const found = this.#lookup(wanted);
      if (found?.nameref !== true || found.value === undefined || found.value === '') return wanted;
      wanted = found.value;
    }
    return wanted;
  }

  /** The variable itself, a reference too. */
  own(name: string): Variable | undefined {
    return this.#lookup(name);
  }

  /** Scalar view: element 0 of an array. */
  get(name: string): string | undefined {
    const found = this.find(name);
    return found === undefined ? undefined : scalar(found);
  }

  /** The variable to assign to; made in the global scope where there is none. */
  ensure(name: string): Variable {
    const wanted = this.resolve(name).replace(/\[.*$/, '');
    const found = this.#lookup(wanted);
    if (found !== undefined) return found;
    const fresh = freshVariable();
    this.global.variables.set(wanted, fresh);
    return fresh;
  }

  /** The variable that the innermost scope hides. */
  beneath(name: string): Variable {
    const [hiding] = this.scopes.splice(-1);
    const found = this.ensure(name);
    if (hiding !== undefined) this.scopes.push(hiding);
    return found;
  }

  /** Sets a scalar without regard to attributes. */
  put(name: string, value: string): void {
    const variable = this.ensure(name);
    if (variable.indexed !== undefined) variable.indexed.set(0, value);
    else if (variable.associative !== undefined) variable.associative.set('0', value);
    else variable.value = value;
  }

  /** A variable of the innermost function scope. */
  declareLocal(name: string, inherits = false): Variable {
    const scope = this.scopes.findLast(({ kind }) => kind === 'function') ?? this.global;
    const found = scope.variables.get(name);
    if (found !== undefined) return found;
    const outer = inherits ? this.find(name) : undefined;
    const fresh = outer === undefined ? freshVariable() : copyOf(outer);
    const temporary = this.scopes.findLast(({ kind }) => kind === 'temporary')?.variables.get(name);
    if (temporary !== undefined) {
      fresh.value = temporary.value;
      fresh.exported = true;
    }
    scope.variables.set(name, fresh);
    return fresh;
  }

  unset(name: string): boolean {
    for (let i = this.scopes.length - 1; i >= 0; i -= 1) {
      const scope = this.scopes[i];
      const found = scope?.variables.get(name);
      if (scope === undefined || found === undefined) continue;
      if (found.readonly) return false;
      if (scope.kind === 'function') scope.variables.set(name, freshVariable());
      else scope.variables.delete(name);
      return true;
    }
    return true;
  }

  push(kind: Scope['kind']): Map<string, Variable> {
    const variables = new Map<string, Variable>();
    this.scopes.push({ variables, kind });
    return variables;
  }
  pop(): void {
    if (this.scopes.length > 1) this.scopes.pop();
  }

  get global(): Scope {
    const [first] = this.scopes;
    if (first === undefined) throw new Error('a shell without a global scope');
    return first;
  }

  /** Names in sight, sorted. */
  names(): string[] {
    const names = new Set<string>();
    for (const scope of this.scopes) for (const name of scope.variables.keys()) names.add(name);
    return [...names].sort();
  }

  /** What a child program gets. */
  exported(): Record<string, string> {
    const env: Record<string, string> = {};
    for (const scope of this.scopes) {
      for (const [name, variable] of scope.variables) {
        const value = scalar(variable);
        if (
          variable.exported &&
          value !== undefined &&
          variable.indexed === undefined &&
          variable.associative === undefined
        )
          env[name] = value;
        else if (name in env && !variable.exported) delete env[name];
      }
    }
    return env;
  }

  save(): SavedScopes {
    return this.scopes.map(({ kind, variables }) => ({
      kind,
      variables: [...variables].map(([name, v]) => [
        name,
        v.value,
        v.indexed === undefined ? undefined : [...v.indexed],
        v.associative === undefined ? undefined : [...v.associative],
        v.exported,
        v.readonly,
        v.integer,
        v.nameref,
        v.fold,
        v.bare,
      ]),
    }));
  }

  load(saved: SavedScopes): void {
    this.scopes.length = 0;
    for (const { kind, variables } of saved) {
      const scope = new Map<string, Variable>();
      for (const [name, value, indexed, associative, exported, readonly, integer, nameref, fold, bare] of variables) {
        scope.set(name, {
          value,
          exported,
          readonly,
          integer,
          nameref,
          fold,
          bare,
          indexed: indexed === undefined || indexed === null ? undefined : new Map(indexed),
          associative: associative === undefined || associative === null ? undefined : new Map(associative),
        });
      }
      this.scopes.push({ kind, variables: scope });
    }
  }

  #lookup(name: string): Variable | undefined {
    for (let i = this.scopes.length - 1; i >= 0; i -= 1) {
      const found = this.scopes[i]?.variables.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** `local -I`: value and attributes as they are outside. */
const copyOf = (variable: Variable): Variable => ({
  ...variable,
  nameref: false,
  indexed: variable.indexed && new Map(variable.indexed),
  associative: variable.associative && new Map(variable.associative),
});

export type SavedScopes = readonly {
  readonly kind: Scope['kind'];
  readonly variables: readonly (readonly [
    string,
    string | undefined,
    readonly (readonly [number, string])[] | undefined | null,
    readonly (readonly [string, string])[] | undefined | null,
    boolean,
    boolean,
    boolean,
    boolean,
    Variable['fold'],
    boolean,
  ])[];
}[];

/** A variable read without an index. */
export function scalar(variable: Variable): string | undefined {
  if (variable.indexed !== undefined) return variable.indexed.get(0);
  if (variable.associative !== undefined) return variable.associative.get('0');
  return variable.value;
}

/** Elements in order of their index. */
export function elements(variable: Variable): [string, string][] {
  if (variable.indexed !== undefined)
    return [...variable.indexed].sort(([a], [b]) => a - b).map(([key, value]) => [String(key), value]);
  if (variable.associative !== undefined) return [...variable.associative];
  return variable.value === undefined ? [] : [['0', variable.value]];
}
