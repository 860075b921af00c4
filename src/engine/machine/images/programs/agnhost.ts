/**
 * agnhost of the Kubernetes end-to-end tests.
 * Models: netexec, serve-hostname, pause, connect, logs-generator, echo, porter and liveness in their HTTP part.
 * Leaves out: the other subcommands, UDP and SCTP.
 */
import { percentDecoded } from '../../../../formats/percent.ts';
import { encodeUtf8 } from '../../../../protocol/bytes.ts';
import { failed } from '../../../../protocol/errno.ts';
import type { HttpRequest } from '../../../../protocol/http.ts';
import { formatRfc3339 } from '../../../sim/clock.ts';
import type { ReactiveContext, ReactiveProgram, ReactiveResponse } from '../../kernel/reactive/reactive.ts';
import { goFlag, goLogTime } from './http-echo.ts';
import { httpDate } from './http-dates.ts';

const MAIN = [
  'audit-proxy',
  'connect',
  'echo',
  'entrypoint-tester',
  'fake-gitserver',
  'grpc-health-checking',
  'guestbook',
  'inclusterclient',
  'liveness',
  'logs-generator',
  'mounttest',
  'net',
  'netexec',
  'nettest',
  'no-snat-test',
  'no-snat-test-proxy',
  'openidmetadata',
  'pause',
  'port-forward-tester',
  'porter',
  'resource-consumer-controller',
  'serve-hostname',
  'stress',
  'tcp-reset',
  'test-webserver',
  'webhook',
];

export const agnhost: ReactiveProgram = {
  name: 'agnhost',
  memoryBytes: 8 * 1024 * 1024,
  start(context) {
    const [, command = ''] = context.argv;
    context.state = { command, startedUs: context.time().realtimeUs };
    context.catchSignals(['SIGTERM', 'SIGINT']);
    switch (command) {
      case 'netexec':
      case 'liveness':
      case 'porter':
      case 'test-webserver': {
        listen(
          context,
          Number(
            goFlag(context.argv, 'http-port') ??
              goFlag(context.argv, 'port') ??
              (command === 'test-webserver' ? '80' : '8080'),
          ),
        );
        return;
      }
      case 'serve-hostname': {
        listen(context, Number(goFlag(context.argv, 'port') ?? '9376'));
        return;
      }
      case 'pause': {
        context.print('Paused\n');
        return;
      }
      case 'echo':
        context.print(`${context.argv.slice(2).join(' ')}\n`);
        {
          context.exit(0);
          return;
        }
      case 'connect': {
        connect(context);
        return;
      }
      case 'logs-generator': {
        generate(context);
        return;
      }
      case '':
        context.print(
          `A Docker image used by Kubernetes e2e tests\n\nUsage:\n  app [command]\n\nAvailable Commands:\n${MAIN.map((name) => `  ${name}\n`).join('')}`,
        );
        {
          context.exit(0);
          return;
        }
      default:
        context.print(
          MAIN.includes(command)
            ? `drydock: 'agnhost ${command}' is not simulated\n`
            : `Error: unknown command "${command}" for "app"\nRun 'app --help' for usage.\n`,
          2,
        );
        {
          context.exit(1);
          return;
        }
    }
  },
  onRequest(context, request) {
    const { command } = context.state;
    context.cpu(50);
    if (command === 'serve-hostname') return text(context, 200, context.hostname);
    if (command === 'liveness') return liveness(context);
    if (command === 'test-webserver') return text(context, 200, '<pre>\n</pre>\n');
    return netexec(context, request);
  },
  onConnected(context, _tag, outcome) {
    if (typeof outcome !== 'string') {
      context.exit(0);
      return;
    }
    context.print(
      outcome === 'ETIMEDOUT' ? 'TIMEOUT\n' : outcome === 'ECONNREFUSED' ? 'REFUSED\n' : `OTHER: ${outcome}\n`,
      2,
    );
    context.exit(1);
  },
  onTimer(context) {
    logLine(context);
  },
  onSignal(context) {
    context.exit(context.state['command'] === 'pause' ? 0 : 143);
  },
};

function listen(context: ReactiveContext, port: number): void {
  const listening = context.listen(port);
  if (!failed(listening)) {
    context.print(`I0302 00:00:00.000000       1 log.go:245] Started HTTP server on port ${String(port)}\n`, 2);
    return;
  }
  context.print(`${goLogTime(context)} listen tcp :${String(port)}: bind: address already in use\n`, 2);
  context.exit(1);
}

function netexec(context: ReactiveContext, request: HttpRequest): ReactiveResponse {
  const [path = '/', query = ''] = request.target.split('?', 2);
  const argument = (name: string): string =>
    percentDecoded(new RegExp(`(?:^|&)${name}=([^&]*)`).exec(query)?.[1] ?? '') ?? '';
  switch (path) {
    case '/':
      return text(
        context,
        200,
        `NOW: ${formatRfc3339(Math.floor(context.time().realtimeUs / 1000))
          .replace('T', ' ')
          .replace('Z', '')}`,
      );
    case '/hostname':
    case '/hostName':
      return text(context, 200, context.hostname);
    case '/echo':
      return text(context, Number(argument('code') === '' ? '200' : argument('code')), argument('msg'));
    case '/healthz':
      return text(context, 200, '');
    case '/exit':
      context.exit(Number(argument('code') === '' ? '0' : argument('code')));
      return text(context, 200, '');
    case '/header':
      return text(context, 200, request.headers[argument('key').toLowerCase()] ?? '');
    case '/clientip':
      return text(context, 200, request.headers['x-forwarded-for'] ?? '');
    default:
      return text(context, 404, '404 page not found\n');
  }
}

/** Healthy for ten seconds, then not: what the documentation's liveness example shows. */
function liveness(context: ReactiveContext): ReactiveResponse {
  const seconds = (context.time().realtimeUs - Number(context.state['startedUs'])) / 1_000_000;
  return seconds > 10 ? text(context, 500, `error: ${String(seconds)}`) : text(context, 200, 'ok');
}

function text(context: ReactiveContext, status: number, body: string): ReactiveResponse {
  const bytes = encodeUtf8(body);
  return {
    status,
    headers: {
      date: httpDate(Math.floor(context.time().realtimeUs / 1000)),
      'content-length': String(bytes.length),
      'content-type': 'text/plain; charset=utf-8',
    },
    body: { bytes },
    delayUs: 100,
  };
}

function connect(context: ReactiveContext): void {
  const target = context.argv.slice(2).find((arg) => !arg.startsWith('-')) ?? '';
  const match = /^([\d.]+):(\d+)$/.exec(target);
  if (match === null) {
    context.print(`drydock: 'agnhost connect' to a name is not simulated\n`, 2);
    return context.exit(1);
  }
  context.connect(match[1] ?? '', Number(match[2]), 'connect');
}

function generate(context: ReactiveContext): void {
  const total = Number(goFlag(context.argv, 'log-lines-total') ?? '0');
  const duration = /^(\d+)(ms|s|m)$/.exec(goFlag(context.argv, 'run-duration') ?? '0s');
  const us =
    Number(duration?.[1] ?? '0') * (duration?.[2] === 'm' ? 60_000_000 : duration?.[2] === 's' ? 1_000_000 : 1000);
  context.state = { ...context.state, total, line: 0, everyUs: total === 0 ? 0 : Math.floor(us / total) };
  context.timer('line', 0);
}

function logLine(context: ReactiveContext): void {
  const { total, line, everyUs } = context.state;
  if (Number(line) >= Number(total)) return context.exit(0);
  const word = context.random('logs').safeString(4);
  context.print(
    `I0302 00:00:00.000000       1 logs_generator.go:76] ${String(line)} GET /api/v1/namespaces/default/pods/${word} ${String(200 + context.random('logs').below(400))}\n`,
  );
  context.state = { ...context.state, line: Number(line) + 1 };
  context.timer('line', Number(everyUs));
}
