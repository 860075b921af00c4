/** Small servers of teaching images: each answers HTTP with one text. */
import { encodeUtf8 } from '../../../../protocol/bytes.ts';
import { failed } from '../../../../protocol/errno.ts';
import type { ReactiveContext, ReactiveProgram } from '../../kernel/reactive/reactive.ts';
import { goLogTime } from './http-echo.ts';
import { httpDate } from './http-dates.ts';

function simpleServer(
  name: string,
  port: number,
  greeting: string,
  reply: (context: ReactiveContext) => string,
): ReactiveProgram {
  return {
    name,
    memoryBytes: 12 * 1024 * 1024,
    start(context) {
      const listening = context.listen(port);
      if (failed(listening)) {
        context.print(`listen tcp :${String(port)}: bind: address already in use\n`, 2);
        context.exit(1);
        return;
      }
      context.catchSignals(['SIGTERM', 'SIGINT']);
      if (greeting !== '') context.print(greeting.replace('TIME', goLogTime(context)));
    },
    onRequest(context, request) {
      const bytes = encodeUtf8(reply(context));
      context.cpu(50);
      const head = {
        date: httpDate(Math.floor(context.time().realtimeUs / 1000)),
        'content-length': String(bytes.length),
        'content-type': 'text/plain; charset=utf-8',
      };
      return { status: 200, headers: head, ...(request.method === 'HEAD' ? {} : { body: { bytes } }), delayUs: 150 };
    },
    onSignal: (context) => context.exit(143),
  };
}

/** dgkanatsios/simpleapp of the CKAD exercises. */
export const simpleapp = simpleServer(
  'simpleapp',
  8080,
  '',
  (context) => `Hello world from ${context.hostname} and version 2.0\n`,
);
/** arisu1000/simple-container-app. */
export const simpleContainerApp = simpleServer(
  'simple-container-app',
  8080,
  '',
  (context) => `Hello, container world! ${context.hostname}\n`,
);
/** alicek106/composetest:web. */
export const composetestWeb = simpleServer('composetest-web', 80, '', () => 'Hello World!\n');
/** A relational database is there as a process that waits; it speaks no protocol. */
export const database = simpleServer('mysqld', 3306, 'TIME [Note] mysqld: ready for connections.\n', () => '');
