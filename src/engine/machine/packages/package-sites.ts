/**
 * The servers of the internet that packages and releases come from. An answer leaves when as many bytes as the real file has would have come over a
 * line of 100 Mbit/s.
 */
import { encodeBase64, encodeUtf8 } from '../../../protocol/bytes.ts';
import type { RequestHead } from '../../../protocol/http.ts';
import type { Plain } from '../../../protocol/plain.ts';
import { LatePart } from '../../sim/late-part.ts';
import type { Component } from '../../sim/component.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { ExchangeId, Exchanges, HttpService } from '../net/http/interface.ts';
import type { Network } from '../net/interface.ts';
import { alpineFile } from './alpine-archive.ts';
import { distributionFile, dockerFile, kubernetesFile } from './deb-archive.ts';
import {
  gitHubAsset,
  gitHubFile,
  helmRelease,
  KUBERNETES_CACHE,
  kubernetesDownload,
  kubernetesRelease,
  RELEASE_ASSETS,
  type Page,
  type SiteAnswer,
} from './release-files.ts';

/** Sites whose repositories load when somebody first asks one of them. */
const LATE_NAMES = [
  'mirrors.rockylinux.org',
  'dl.rockylinux.org',
  'mirrors.fedoraproject.org',
  'dl.fedoraproject.org',
  'vault.centos.org',
];
const late = new LatePart(async () => (await import('./rpm/late-sites.ts')).LATE_SITES);

const TARGET = 'package-sites';
const BYTES_PER_SECOND = 12_500_000;
/** Time a server takes before it answers, µs. */
const SERVICE_US = 3_000;

/** Each site: what it has at a path without its leading slash. */
const SITES: Readonly<Record<string, (path: string) => SiteAnswer | undefined>> = {
  'archive.ubuntu.com': (path) => distributionFile('ubuntu', path.replace(/^ubuntu\//, '')),
  'security.ubuntu.com': (path) => distributionFile('ubuntu', path.replace(/^ubuntu\//, '')),
  'deb.debian.org': (path) => distributionFile('debian', path.replace(/^debian(-security)?\//, '')),
  'pkgs.k8s.io': (path) => kubernetesFile(path, encodeBase64),
  'download.docker.com': (path) => dockerFile(path, encodeBase64),
  'dl-cdn.alpinelinux.org': alpineFile,
  'dl.k8s.io': kubernetesDownload,
  'github.com': gitHubFile,
  [RELEASE_ASSETS]: gitHubAsset,
  [KUBERNETES_CACHE]: kubernetesRelease,
  'get.helm.sh': helmRelease,
};

export class PackageSites implements Component, HttpService {
  readonly #exchanges: Exchanges;

  constructor(
    private readonly simulation: Simulation,
    network: Network,
  ) {
    simulation.loop.register(TARGET, this);
    let exchanges: Exchanges | undefined;
    for (const name of [...Object.keys(SITES), ...LATE_NAMES])
      exchanges = network.addInternetSite(name, { target: TARGET, service: this });
    if (exchanges === undefined) throw new Error('there are no package sites');
    this.#exchanges = exchanges;
  }

  open(exchange: ExchangeId, { headers, target, method }: RequestHead): void {
    const site = (headers['host'] ?? '').replace(/:\d+$/, '');
    if (LATE_NAMES.includes(site)) {
      this.simulation.loop.schedule(SERVICE_US, TARGET, 'late', { exchange, site, target, method });
      return;
    }
    const asked = answerAt(site, target);
    const sizeBytes = asked !== undefined && 'sizeBytes' in asked ? asked.sizeBytes : 0;
    const delay = SERVICE_US + (sizeBytes / BYTES_PER_SECOND) * 1_000_000;
    this.simulation.loop.schedule(Math.round(delay), TARGET, 'answer', { exchange, site, target, method });
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
    if (type === 'answer') this.#answer(exchange, method, answerAt(site, target));
    else
      late.use(this.simulation.hop, (sites) => {
        const [path = '', query = ''] = target.split('?');
        const asked = sites[site]?.(decodeURIComponent(path).replace(/^\/+/, ''), decodeURIComponent(query));
        const sizeBytes = asked !== undefined && 'sizeBytes' in asked ? asked.sizeBytes : 0;
        if (type === 'sent') this.#answer(exchange, method, asked);
        else {
          const delay = Math.round((sizeBytes / BYTES_PER_SECOND) * 1_000_000);
          this.simulation.loop.schedule(delay, TARGET, 'sent', { exchange, site, target, method });
        }
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

function answerAt(site: string, target: string): SiteAnswer | undefined {
  const [path = ''] = target.split('?');
  return SITES[site]?.(decodeURIComponent(path).replace(/^\/+/, ''));
}
