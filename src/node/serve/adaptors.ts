/** What is special about the two servers that official clients talk to. */
import type { Backend } from './call.ts';
import { hijack } from './docker-hijack.ts';
import type { Adaptor } from './http-server.ts';
import { upgradeKubernetes } from './kubernetes-streams.ts';
import { PROTOBUF, decodeProtobufBody } from './protobuf/decode.ts';

export function kubernetesAdaptor(backend: Backend): Adaptor {
  return {
    backend,
    streamsBody: () => false,
    prepare: (request) => {
      const { body } = request;
      const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim();
      if (body === undefined || type !== PROTOBUF || !('bytes' in body)) return request;
      const decoded = decodeProtobufBody(body.bytes);
      return 'error' in decoded
        ? decoded
        : {
            ...request,
            headers: { ...request.headers, 'content-type': 'application/json' },
            body: { object: decoded.value },
          };
    },
    upgrade: (request, socket, head) => {
      upgradeKubernetes(backend, request, socket, head);
    },
  };
}

export function dockerAdaptor(backend: Backend): Adaptor {
  return {
    backend,
    // Archives come in pieces; a small body is handed over whole.
    streamsBody: (request) => request.headers['transfer-encoding'] !== undefined,
    prepare: (request) => request,
    upgrade: (request, socket, head) => {
      hijack(backend, request, socket, head);
    },
  };
}
