/** The health port of kube-controller-manager and kube-scheduler: /healthz, /livez and /readyz behind a certificate of their own. */
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { servingIdentity } from '../kubeadm/serving-identity.ts';
import type { ClusterContext } from './cluster-context.ts';

const PATHS: readonly string[] = ['/healthz', '/livez', '/readyz'];

export class HealthPort {
  readonly #target: string;

  /** Answers from now on: a restored process finds its answers without having started. */
  constructor(
    private readonly context: ClusterContext,
    private readonly component: string,
    private readonly port: number,
  ) {
    this.#target = `${component}/health`;
    const exchanges = context.network.http(this.#target, {
      open: (exchange, { target: path }) => {
        const known = PATHS.includes(path.split('?')[0] ?? '');
        exchanges.respond(
          exchange,
          known ? 200 : 404,
          { bytes: encodeUtf8(known ? 'ok' : '404 page not found\n') },
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
    const names = { commonName: `${host}@${this.component}`, dnsNames: ['localhost'], ipAddresses: ['127.0.0.1'] };
    network.sockets.listen(
      network.host(host)?.netns ?? 0,
      { family: 'inet', ip: '127.0.0.1', port: this.port },
      { component: this.#target, host, pid },
      { tls: servingIdentity(pki, names) },
    );
  }
}
