/**
 * Replaces the outside's sources of time and chance by functions that throw, so that a library which uses them is caught.
 * Answers the originals for the runner itself.
 */
export interface OutsideWorld {
  now(): number;
  setTimeout(callback: () => void, ms: number): NodeJS.Timeout;
  clearTimeout(timer: NodeJS.Timeout): void;
}

export function guardGlobals(): OutsideWorld {
  const outside: OutsideWorld = {
    now: performance.now.bind(performance),
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
  };
  const forbid = (name: string) => (): never => {
    throw new Error(`drydock: the simulation asked the outside for ${name}`);
  };
  Date.now = forbid('Date.now');
  Math.random = forbid('Math.random');
  Object.assign(globalThis, { setTimeout: forbid('setTimeout'), setInterval: forbid('setInterval') });
  Object.defineProperty(globalThis, 'crypto', { value: new Proxy({}, { get: forbid('crypto') }), configurable: true });
  return outside;
}
