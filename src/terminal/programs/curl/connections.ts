/** curl's connections: each is kept for the next request to the same place (lib/conncache.c). */
import type { SocketAddress } from '../../../protocol/program.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { HttpConnection } from '../../http-client.ts';
import { type LookedUp, reach, type Reached, type ReachOptions } from '../http-tool.ts';
import type { Url } from '../../url.ts';

export interface CurlConnection {
  readonly number: number;
  readonly http: HttpConnection;
  readonly key: string;
  /** What it was connected to, by name. */
  readonly host: string;
  readonly port: number;
  readonly address: string;
  readonly local: SocketAddress | undefined;
}

export type Opened =
  | { readonly type: 'open'; readonly connection: CurlConnection; readonly reused: true }
  | (LookedUp & { readonly type: 'open'; readonly connection: CurlConnection; readonly reused: false })
  | Exclude<Reached, { type: 'connected' }>;

export class Connections {
  readonly #process: Process;
  readonly #idle: CurlConnection[] = [];
  #count = 0;
  #bundleAddress: string | undefined;

  constructor(process: Process) {
    this.#process = process;
  }

  /** A kept connection to the same place, or a new one. */
  async open(key: string, target: Pick<Url, 'scheme' | 'host' | 'port'>, options: ReachOptions): Promise<Opened> {
    const at = this.#idle.findIndex((each) => each.key === key);
    const [kept] = at < 0 ? [] : this.#idle.splice(at, 1);
    if (kept !== undefined) return { type: 'open', connection: kept, reused: true };
    const reached = await reach(this.#process, target, options);
    if (reached.type !== 'connected') return reached;
    const local = this.#process.socketName(reached.connection.fd);
    const connection: CurlConnection = {
      number: this.#count,
      http: reached.connection,
      key,
      host: target.host,
      port: target.port,
      address: reached.address,
      local: failed(local) ? undefined : local,
    };
    this.#count += 1;
    return { type: 'open', connection, reused: false, addresses: reached.addresses, lookedUpUs: reached.lookedUpUs };
  }

  /** Where the kept connections lie in memory, which curl tells: somewhere on the heap. */
  get bundleAddress(): string {
    this.#bundleAddress ??= `0x55${[...this.#process.random(4)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}b0`;
    return this.#bundleAddress;
  }

  keep(connection: CurlConnection): void {
    this.#idle.push(connection);
  }

  closeAll(): void {
    for (const { http } of this.#idle.splice(0)) http.close();
  }
}
