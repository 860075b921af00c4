/** /pause: sleeps until a signal comes. */
import type { ReactiveProgram } from '../../kernel/reactive/reactive.ts';

export const pause: ReactiveProgram = {
  name: 'pause',
  memoryBytes: 256 * 1024,
  start: (context) => context.catchSignals(['SIGINT', 'SIGTERM']),
  onSignal(context) {
    context.print('Shutting down, got signal: Terminated\n', 2);
    context.exit(0);
  },
};
