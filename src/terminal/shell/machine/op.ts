/**
 * Work that may have to wait. A generator costs nothing where nothing waits, so that a loop of builtins runs without a
 * single promise.
 */
export type Op<T> = Generator<Promise<unknown>, T, unknown>;

/** Waits for a system call in the middle of an operation. */
export function* wait<T>(promise: Promise<T>): Op<T> {
  // The driver sends back what the very promise it was given settled with.
  return (yield promise) as T;
}

/** Runs an operation to its end. */
export async function drive<T>(op: Op<T>): Promise<T> {
  let step = op.next();
  while (step.done !== true) step = op.next(await step.value);
  return step.value;
}
