/** Processes started in a running container. */
import { flag, texts } from '../json-fields.ts';
import { apiError, isApiError } from '../model.ts';
import { type Route, route, json, withContainer } from './route.ts';

export const execRoutes: readonly Route[] = [
  route(
    'POST',
    '/containers/{id}/exec',
    withContainer(({ streams, body }, container) => {
      const made = streams.execs.create(container, body);
      return isApiError(made) ? made : json(made, 201);
    }),
  ),
  route(
    'POST',
    '/exec/{id}/start',
    ({ streams, exchange, params, body, headers }) =>
      streams.execs.start(exchange, params[0] ?? '', body, headers) ?? 'later',
  ),
  route('POST', '/exec/{id}/resize', ({ engine, params, query }) => {
    const exec = engine.execs.get(params[0] ?? '');
    if (exec === undefined) return apiError(404, `No such exec instance: ${params[0] ?? ''}`);
    engine.runtime.resize(exec.sessionId, {
      rows: Number(query.get('h') ?? '0'),
      columns: Number(query.get('w') ?? '0'),
    });
    return { code: 200 };
  }),
  route('GET', '/exec/{id}/json', ({ engine, params }) => {
    const exec = engine.execs.get(params[0] ?? '');
    if (exec === undefined) return apiError(404, `No such exec instance: ${params[0] ?? ''}`);
    const [entrypoint = '', ...args] = texts(exec.request, 'Cmd');
    return json({
      ID: exec.id,
      Running: exec.running,
      ExitCode: exec.exitCode,
      ProcessConfig: {
        tty: flag(exec.request, 'Tty'),
        entrypoint,
        arguments: args,
        privileged: flag(exec.request, 'Privileged'),
      },
      OpenStdin: flag(exec.request, 'AttachStdin'),
      OpenStderr: true,
      OpenStdout: true,
      CanRemove: false,
      ContainerID: exec.containerId,
      DetachKeys: '',
      Pid: engine.runtime.execPid(exec.sessionId),
    });
  }),
];
