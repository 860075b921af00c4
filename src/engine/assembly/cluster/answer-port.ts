/** Ports on which a component answers short questions itself: health, and the kubelet's own API to whoever may not ask. */
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import type { RequestHead } from '../../../protocol/http.ts';
import { servingIdentity } from '../kubeadm/serving-identity.ts';
import type { ClusterContext } from './cluster-context.ts';

interface AnswerPortOptions {
  /** What the port is called among the components of a world. */
  readonly name: string;
  /** Of the certificate, behind the host's name. */
  readonly component: string;
  readonly ip: string;
  readonly port: number;
  readonly tls: boolean;
  readonly answer: (path: string, request: RequestHead) => { readonly status: number; readonly text: string };
}

export class AnswerPort {
  readonly #target: string;

  /** Answers from now on: a restored process finds its answers without having started. */
  constructor(
    private readonly context: ClusterContext,
    private readonly options: AnswerPortOptions,
  ) {
    this.#target = options.name;
    const exchanges = context.network.http(this.#target, {
      open: (exchange, request) => {
        const { status, text } = options.answer(request.target.split('?')[0] ?? '', request);
        exchanges.respond(
          exchange,
          status,
          { bytes: encodeUtf8(text) },
          { 'content-type': 'text/plain; charset=utf-8' },
        );
      },
      body: () => undefined,
      finish: () => undefined,
      abort: () => undefined,
    });
  }

  listen(host: string, pid: number): void {
    const { network, pki } = this.context;
    const { component, ip, port, tls } = this.options;
    const names = { commonName: `${host}@${component}`, dnsNames: ['localhost'], ipAddresses: ['127.0.0.1'] };
    network.sockets.listen(
      network.host(host)?.netns ?? 0,
      { family: 'inet', ip, port },
      { component: this.#target, host, pid },
      tls ? { tls: servingIdentity(pki, names) } : {},
    );
  }
}

const health =
  (paths: readonly string[]): AnswerPortOptions['answer'] =>
  (path) =>
    paths.includes(path) ? { status: 200, text: 'ok' } : { status: 404, text: '404 page not found\n' };

/** Of kube-controller-manager and kube-scheduler, behind a certificate of their own. */
export const controlPlaneHealth = (context: ClusterContext, component: string, port: number): AnswerPort =>
  new AnswerPort(context, {
    name: `${component}/health`,
    component,
    ip: '127.0.0.1',
    port,
    tls: true,
    answer: health(['/healthz', '/livez', '/readyz']),
  });

/** healthzPort of the kubelet, which kubeadm waits for. */
const kubeletHealth = (context: ClusterContext): AnswerPort =>
  new AnswerPort(context, {
    name: 'kubelet/health',
    component: 'kubelet',
    ip: '127.0.0.1',
    port: 10248,
    tls: false,
    answer: health(['/healthz', '/healthz/log', '/healthz/ping', '/healthz/syncloop']),
  });

/** The kubelet's API: the API server's questions come another way; anonymous ones are refused, as kubeadm sets it up. */
const kubeletServer = (context: ClusterContext): AnswerPort =>
  new AnswerPort(context, {
    name: 'kubelet/server',
    component: 'kubelet',
    ip: '0.0.0.0',
    port: 10250,
    tls: true,
    answer: (_path, { headers }) =>
      headers['authorization'] === undefined
        ? { status: 401, text: 'Unauthorized' }
        : { status: 501, text: "drydock: the kubelet's API is answered through the API server only\n" },
  });

export const kubeletPorts = (context: ClusterContext): readonly AnswerPort[] => [
  kubeletHealth(context),
  kubeletServer(context),
];
