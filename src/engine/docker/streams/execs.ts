/** `docker exec`: processes started in a running container. */
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import type { Headers } from '../../../protocol/http.ts';
import type { JsonObject } from '../../../protocol/plain.ts';
import { isFailure } from '../../machine/container/interface.ts';
import type { ExchangeId } from '../../machine/net/interface.ts';
import { flag, text, texts } from '../json-fields.ts';
import { apiError, type ApiError, type DockerContainer, type Engine } from '../model.ts';
import type { OpenStreams } from './open-streams.ts';

export class Execs {
  constructor(
    private readonly engine: Engine,
    private readonly streams: OpenStreams,
  ) {}

  create(container: DockerContainer, body: JsonObject): { readonly Id: string } | ApiError {
    const { engine } = this;
    if (texts(body, 'Cmd').length === 0) return apiError(400, 'No exec command specified');
    const state = engine.runtime.container(container.id)?.state;
    if (state === 'paused')
      return apiError(409, `container ${container.id} is paused, unpause the container before exec`);
    if (state !== 'running') return apiError(409, `container ${container.id} is not running`);
    const id = engine.hex('exec', 64);
    engine.execs.set(id, {
      id,
      containerId: container.id,
      request: body,
      sessionId: '',
      exchange: 0,
      running: false,
      exitCode: null,
    });
    engine.emit('container', `exec_create: ${texts(body, 'Cmd').join(' ')}`, container.id, {
      execID: id,
      image: text(container.config, 'Image'),
      name: container.name,
    });
    return { Id: id };
  }

  start(exchange: ExchangeId, execId: string, body: JsonObject, headers: Headers): ApiError | undefined {
    const { engine } = this;
    const exec = engine.execs.get(execId);
    if (exec === undefined) return apiError(404, `No such exec instance: ${execId}`);
    if (exec.running || exec.sessionId !== '') return apiError(409, `exec ${execId} is already running`);
    const { request } = exec;
    const tty = flag(request, 'Tty');
    const detach = flag(body, 'Detach');
    const size = Array.isArray(body['ConsoleSize']) ? body['ConsoleSize'] : [];
    const session = engine.runtime.exec(
      exec.containerId,
      {
        argv: texts(request, 'Cmd'),
        env: texts(request, 'Env'),
        workingDir: text(request, 'WorkingDir'),
        user: text(request, 'User'),
        tty,
        stdin: flag(request, 'AttachStdin') && !detach,
        privileged: flag(request, 'Privileged'),
        ...(typeof size[0] === 'number' && typeof size[1] === 'number'
          ? { size: { rows: size[0], columns: size[1] } }
          : {}),
      },
      {
        ...(detach ? {} : { output: engine.notify('stream.output', { exchange }) }),
        ended: engine.notify('exec.ended', { exchange: detach ? 0 : exchange, execId }),
      },
    );
    if (isFailure(session)) return apiError(409, session.message);
    engine.execs.set(execId, { ...exec, sessionId: session.sessionId, exchange, running: true });
    engine.emit('container', `exec_start: ${texts(request, 'Cmd').join(' ')}`, exec.containerId, {
      execID: execId,
      ...this.#named(exec.containerId),
    });
    if (detach) engine.exchanges.respond(exchange, 200);
    else
      this.streams.openOutput(exchange, headers, tty, {
        kind: 'exec',
        containerId: exec.containerId,
        session: session.sessionId,
      });
    return undefined;
  }

  #named(id: string): Readonly<Record<string, string>> {
    const container = this.engine.containers.get(id);
    return container === undefined ? {} : { image: text(container.config, 'Image'), name: container.name };
  }

  ended(execId: string, exchange: ExchangeId, exitCode: number, error: string | undefined): void {
    const { engine } = this;
    const exec = engine.execs.get(execId);
    if (exec !== undefined) {
      engine.execs.set(execId, { ...exec, running: false, exitCode });
      engine.emit('container', 'exec_die', exec.containerId, {
        execID: execId,
        exitCode: String(exitCode),
        ...this.#named(exec.containerId),
      });
    }
    const stream = this.streams.get(exchange);
    if (stream === undefined) return;
    // By now the connection is a stream: the error is text on it, as dockerd does after a hijack.
    if (error !== undefined) this.streams.send(stream, stream.tty ? 'stdout' : 'stderr', encodeUtf8(`${error}\r\n`));
    this.streams.end(stream);
  }
}
