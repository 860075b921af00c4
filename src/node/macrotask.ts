/** One turn of the macrotask queue, without a timer's millisecond. Captured before the globals are guarded. */
const immediate = setImmediate;

export const macrotask = (): Promise<void> =>
  new Promise((resolve) => {
    immediate(resolve);
  });
