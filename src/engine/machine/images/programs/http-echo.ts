/** hashicorp/http-echo: answers every request with one text. */
import { encodeUtf8 } from '../../../../protocol/bytes.ts';
import { failed } from '../../../../protocol/errno.ts';
import { civilFromUnix } from '../../../sim/clock.ts';
import type { ReactiveContext, ReactiveProgram } from '../../kernel/reactive/reactive.ts';
import { httpDate } from './http-dates.ts';

interface EchoState {
  readonly [key: string]: string | number | boolean;
  readonly text: string;
  readonly status: number;
  readonly old: boolean;
}

/** `-text=x`, `-text x` and the same with two dashes, as Go's flag package reads them. */
export function goFlag(argv: readonly string[], name: string): string | undefined {
  for (let i = 1; i < argv.length; i += 1) {
    const match = /^--?([\w-]+)(?:=([\s\S]*))?$/.exec(argv[i] ?? '');
    if (match?.[1] === name) return match[2] ?? argv[i + 1] ?? '';
  }
  return undefined;
}

const two = (value: number): string => String(value).padStart(2, '0');
/** `2026/03/02 00:00:00`: the stamp of Go's log package. */
export function goLogTime(context: ReactiveContext): string {
  const { year, month, day, hour, minute, second } = civilFromUnix(Math.floor(context.time().realtimeUs / 1_000_000));
  return `${String(year)}/${two(month)}/${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}

export const httpEcho: ReactiveProgram = {
  name: 'http-echo',
  memoryBytes: 4 * 1024 * 1024,
  start(context) {
    const text = goFlag(context.argv, 'text') ?? context.env['ECHO_TEXT'] ?? '';
    if (text === '') {
      context.print('Missing -text option or ECHO_TEXT env var!\n', 2);
      context.exit(127);
      return;
    }
    const port = Number(/:(\d+)$/.exec(goFlag(context.argv, 'listen') ?? ':5678')?.[1] ?? '5678');
    const listening = context.listen(port);
    if (failed(listening)) {
      context.print(
        `${goLogTime(context)} [ERR] Error starting server: listen tcp :${String(port)}: bind: address already in use\n`,
        2,
      );
      context.exit(1);
      return;
    }
    const old = context.env['HTTP_ECHO_OLD'] !== undefined;
    context.state = { text, status: Number(goFlag(context.argv, 'status-code') ?? '200'), old } satisfies EchoState;
    context.catchSignals(['SIGINT', 'SIGTERM']);
    context.print(
      old
        ? `${goLogTime(context)} Server is listening on :${String(port)}\n`
        : `${goLogTime(context)} [INFO] server is listening on :${String(port)}\n`,
    );
  },
  onRequest(context, request, connection) {
    const { text, status } = context.state as EchoState;
    const health = request.target === '/health';
    const body = encodeUtf8(health ? '{"status":"ok"}\n' : `${text}\n`);
    const host = request.headers['host'] ?? '';
    context.print(
      `${goLogTime(context)} ${host} ${connection.peer.ip}:${String(connection.peer.port)} "${request.method} ${request.target} HTTP/1.1" ${String(health ? 200 : status)} ${String(body.length)} "${request.headers['user-agent'] ?? ''}" 12.5µs\n`,
    );
    context.cpu(40);
    return {
      status: health ? 200 : status,
      headers: {
        'x-app-name': 'http-echo',
        'x-app-version': '1.0.0',
        date: httpDate(Math.floor(context.time().realtimeUs / 1000)),
        'content-length': String(body.length),
        'content-type': health ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8',
      },
      body: { bytes: body },
      delayUs: 100,
    };
  },
  onSignal(context) {
    context.print(`${goLogTime(context)} [INFO] shutting down server...\n`);
    context.exit(0);
  },
};
