type Calls = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;

/** The same calls, answered at once: each waits until what answers it is there. */
export function afterLoading<T extends Calls>(loading: Promise<T>): T {
  return new Proxy({} as T, {
    get:
      (_, name: string) =>
      async (...args: never[]) =>
        (await loading)[name]?.(...args),
  });
}
