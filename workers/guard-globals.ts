/**
 * Imported before everything else: from here on a library that asks the outside for time or chance is caught. Answers the
 * originals for the session's pacing.
 */
const { now, timeOrigin } = { now: performance.now.bind(performance), timeOrigin: performance.timeOrigin };
const original = {
  setTimeout: globalThis.setTimeout.bind(globalThis),
  clearTimeout: globalThis.clearTimeout.bind(globalThis),
};
const channel = new MessageChannel();
const turns: (() => void)[] = [];
channel.port1.onmessage = () => turns.shift()?.();

export const outside = {
  wallMs: now,
  unixMs: (): number => timeOrigin + now(),
  after: (ms: number, callback: () => void): (() => void) => {
    const timer = original.setTimeout(callback, ms);
    return () => original.clearTimeout(timer);
  },
  /** The next turn of the worker's own loop, without a timer's delay. */
  macrotask: (): Promise<void> =>
    new Promise((resolve) => {
      turns.push(resolve);
      channel.port2.postMessage(undefined);
    }),
};

/** Held until the worker ends: whoever waits for it learns of the worker's death at once. Missing on plain http. */
export const life = { number: timeOrigin, held: holdLife() };
function holdLife(): Promise<void> {
  const locks = (navigator as Partial<Navigator>).locks;
  if (locks === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    void locks.request(`drydock-engine-${String(timeOrigin)}`, () => {
      resolve();
      return new Promise<never>(() => undefined);
    });
  });
}

const forbid = (name: string) => (): never => {
  throw new Error(`drydock: the simulation asked the outside for ${name}`);
};
Date.now = forbid('Date.now');
Math.random = forbid('Math.random');
Object.assign(globalThis, { setTimeout: forbid('setTimeout'), setInterval: forbid('setInterval') });
Object.defineProperty(globalThis, 'crypto', { value: new Proxy({}, { get: forbid('crypto') }), configurable: true });
