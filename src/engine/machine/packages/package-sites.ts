/**
 * The package servers of the internet. An answer leaves when as many bytes as the real file has would have come over a
 * line of 100 Mbit/s.
 */
import { encodeBase64 } from '../../../protocol/bytes.ts';
import type { RequestHead } from '../../../protocol/http.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Component } from '../../sim/component.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { ExchangeId, Exchanges, HttpService } from '../net/http/interface.ts';
import type { Network } from '../net/interface.ts';
import { alpineFile } from './alpine-archive.ts';
import { distributionFile, dockerFile, kubernetesFile, type ArchiveFile } from './deb-archive.ts';

const TARGET = 'package-sites';
const BYTES_PER_SECOND = 12_500_000;
/** Time a server takes before it answers, µs. */
const SERVICE_US = 3_000;

/** Each site: the file at a path without its leading slash. */
const SITES: Readonly<Record<string, (path: string) => ArchiveFile | undefined>> = {
  'archive.ubuntu.com': (path) => distributionFile('ubuntu', path.replace(/^ubuntu\//, '')),
  'security.ubuntu.com': (path) => distributionFile('ubuntu', path.replace(/^ubuntu\//, '')),
  'deb.debian.org': (path) => distributionFile('debian', path.replace(/^debian(-security)?\//, '')),
  'pkgs.k8s.io': (path) => kubernetesFile(path, encodeBase64),
  'download.docker.com': (path) => dockerFile(path, encodeBase64),
  'dl-cdn.alpinelinux.org': alpineFile,
};

export class PackageSites implements Component, HttpService {
  readonly #exchanges: Exchanges;

  constructor(
    private readonly simulation: Simulation,
    network: Network,
  ) {
    simulation.loop.register(TARGET, this);
    let exchanges: Exchanges | undefined;
    for (const name of Object.keys(SITES)) exchanges = network.addInternetSite(name, { target: TARGET, service: this });
    if (exchanges === undefined) throw new Error('there are no package sites');
    this.#exchanges = exchanges;
  }

  open(exchange: ExchangeId, { headers, target, method }: RequestHead): void {
    const site = (headers['host'] ?? '').replace(/:\d+$/, '');
    const delay = SERVICE_US + ((fileAt(site, target)?.sizeBytes ?? 0) / BYTES_PER_SECOND) * 1_000_000;
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

  handle(_type: string, payload: Plain): void {
    // Scheduled above with exactly these members.
    const { exchange, site, target, method } = payload as unknown as {
      readonly exchange: ExchangeId;
      readonly site: string;
      readonly target: string;
      readonly method: string;
    };
    const file = fileAt(site, target);
    if (file === undefined) this.#exchanges.respond(exchange, 404, undefined, { 'content-type': 'text/html' });
    else if (method === 'HEAD') this.#exchanges.respond(exchange, 200);
    else this.#exchanges.respond(exchange, 200, { bytes: file.bytes }, { 'content-type': 'application/octet-stream' });
  }

  snapshot(): Plain {
    return {};
  }
  restore(): void {
    // What is on its way is in the loop.
  }
}

function fileAt(site: string, target: string): ArchiveFile | undefined {
  const [path = ''] = target.split('?');
  return SITES[site]?.(decodeURIComponent(path).replace(/^\/+/, ''));
}
