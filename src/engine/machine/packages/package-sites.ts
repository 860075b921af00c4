/**
 * The servers of the internet that packages and releases come from. An answer leaves when as many bytes as the real file has would have come over a
 * line of 100 Mbit/s.
 */
import { percentDecoded } from '../../../formats/percent.ts';
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import type { RequestHead } from '../../../protocol/http.ts';
import type { Plain } from '../../../protocol/plain.ts';
import { LatePart } from '../../sim/late-part.ts';
import type { Component } from '../../sim/component.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { ExchangeId, Exchanges, HttpService } from '../net/http/interface.ts';
import type { Network } from '../net/interface.ts';
import type { Page, SiteAnswer } from './release-files.ts';

/** In the order of their addresses. What they have loads when somebody first asks one of them. */
export const SITE_NAMES = [
  'archive.ubuntu.com',
  'security.ubuntu.com',
  'deb.debian.org',
  'pkgs.k8s.io',
  'download.docker.com',
  'dl-cdn.alpinelinux.org',
  'dl.k8s.io',
  'github.com',
  'release-assets.githubusercontent.com',
  'cdn.dl.k8s.io',
  'get.helm.sh',
  'mirrors.rockylinux.org',
  'dl.rockylinux.org',
  'mirrors.fedoraproject.org',
  'dl.fedoraproject.org',
  'vault.centos.org',
] as const;
const contents = new LatePart(async () => new Map(Object.entries((await import('./site-contents.ts')).SITE_CONTENTS)));

const TARGET = 'package-sites';
const BYTES_PER_SECOND = 12_500_000;
/** Time a server takes before it answers, µs. */
const SERVICE_US = 3_000;

export class PackageSites implements Component, HttpService {
  readonly #exchanges: Exchanges;

  constructor(
    private readonly simulation: Simulation,
    network: Network,
  ) {
    simulation.loop.register(TARGET, this);
    let exchanges: Exchanges | undefined;
    for (const name of SITE_NAMES) exchanges = network.addInternetSite(name, { target: TARGET, service: this });
    if (exchanges === undefined) throw new Error('there are no package sites');
    this.#exchanges = exchanges;
  }

  open(exchange: ExchangeId, { headers, target, method }: RequestHead): void {
    const site = (headers['host'] ?? '').replace(/:\d+$/, '');
    this.simulation.loop.schedule(SERVICE_US, TARGET, 'asked', { exchange, site, target, method });
  }
  body(): void {
    // Nobody asks these servers with a body.
  }
  finish(): void {
    // Answered when its time comes.
  }
  abort(): void {
    // The answer finds nobody.
  }

  handle(type: string, payload: Plain): void {
    // Scheduled above with exactly these members.
    const { exchange, site, target, method } = payload as unknown as {
      readonly exchange: ExchangeId;
      readonly site: string;
      readonly target: string;
      readonly method: string;
    };
    contents.use(this.simulation.hop, (sites) => {
      const [path = '', query = ''] = target.split('?');
      const [named, asked] = [percentDecoded(path) ?? '', percentDecoded(query) ?? ''];
      const found = sites.get(site)?.(named.replace(/^\/+/, ''), asked);
      if (type === 'asked') {
        const sizeBytes = found !== undefined && 'sizeBytes' in found ? found.sizeBytes : 0;
        const delay = Math.round((sizeBytes / BYTES_PER_SECOND) * 1_000_000);
        this.simulation.loop.schedule(delay, TARGET, 'sent', { exchange, site, target, method });
      } else this.#answer(exchange, method, found);
    });
  }

  #answer(exchange: ExchangeId, method: string, asked: SiteAnswer | undefined): void {
    if (asked === undefined) this.#exchanges.respond(exchange, 404, undefined, { 'content-type': 'text/html' });
    else if ('redirect' in asked) this.#page(exchange, 302, method, asked.page, { location: asked.redirect });
    else if ('missing' in asked) this.#page(exchange, 404, method, asked.missing);
    else if (method === 'HEAD') this.#exchanges.respond(exchange, 200);
    else this.#exchanges.respond(exchange, 200, { bytes: asked.bytes }, { 'content-type': 'application/octet-stream' });
  }

  #page(exchange: ExchangeId, status: number, method: string, page?: Page, headers: Record<string, string> = {}): void {
    const body = page === undefined || method === 'HEAD' ? undefined : { bytes: encodeUtf8(page.text) };
    const type = page === undefined ? {} : { 'content-type': page.type };
    this.#exchanges.respond(exchange, status, body, { ...type, ...headers });
  }

  snapshot(): Plain {
    return {};
  }
  restore(): void {
    // What is on its way is in the loop.
  }
}
