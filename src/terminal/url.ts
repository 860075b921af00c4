import { percentDecoded } from '../formats/percent.ts';

/** A URL taken apart, as curl and wget need it (RFC 3986, http and https only get default ports). */
export interface Url {
  readonly scheme: string;
  readonly user?: string;
  readonly password?: string;
  /** Without the brackets of an IPv6 literal. */
  readonly host: string;
  readonly port: number;
  /** Whether the port was written out. */
  readonly explicitPort: boolean;
  /** Path and query as they go on the request line; at least `/`. */
  readonly target: string;
  readonly fragment?: string;
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443 };

/** Takes a URL apart; a missing scheme means http. Undefined where no host or a bad port is left. */
export function parseUrl(text: string): Url | undefined {
  const match =
    /^(?:([A-Za-z][A-Za-z0-9+.-]*):\/\/)?(?:([^/?#@]*)@)?(\[[^\]]*\]|[^/?#:]*)(?::([^/?#]*))?([^?#]*)(\?[^#]*)?(?:#(.*))?$/.exec(
      text,
    );
  if (match === null) return undefined;
  const [, rawScheme, userInfo, rawHost = '', rawPort, path = '', query = '', fragment] = match;
  const scheme = (rawScheme ?? 'http').toLowerCase();
  const host = rawHost.startsWith('[') ? rawHost.slice(1, -1) : rawHost;
  if (host === '') return undefined;
  if (rawPort !== undefined && rawPort !== '' && !/^\d{1,5}$/.test(rawPort)) return undefined;
  const port = rawPort === undefined || rawPort === '' ? (DEFAULT_PORTS[scheme] ?? 80) : Number(rawPort);
  if (port > 65_535) return undefined;
  const [user, password] = splitOnce(userInfo);
  return {
    scheme,
    host,
    port,
    explicitPort: rawPort !== undefined && rawPort !== '',
    target: `${path === '' ? '/' : path}${query}`,
    ...(user === undefined ? {} : { user: percentDecode(user) }),
    ...(password === undefined ? {} : { password: percentDecode(password) }),
    ...(fragment === undefined ? {} : { fragment }),
  };
}

/** The Host header of a URL: the port only where it is not the scheme's own. */
export function hostHeader(url: Pick<Url, 'scheme' | 'host' | 'port'>): string {
  const host = url.host.includes(':') ? `[${url.host}]` : url.host;
  return DEFAULT_PORTS[url.scheme] === url.port ? host : `${host}:${String(url.port)}`;
}

/** A Location header made absolute against the URL that answered with it. */
export function resolveUrl(base: Url, location: string): string {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(location)) return location;
  if (location.startsWith('//')) return `${base.scheme}:${location}`;
  const origin = `${base.scheme}://${hostHeader(base)}`;
  if (location.startsWith('/')) return origin + location;
  const directory = base.target.replace(/\?.*$/, '').replace(/[^/]*$/, '');
  return origin + directory + location;
}

/** `%41` becomes `A`; malformed escapes stay. */
export function percentDecode(text: string): string {
  return percentDecoded(text) ?? text;
}

function splitOnce(userInfo: string | undefined): readonly [string | undefined, string | undefined] {
  if (userInfo === undefined) return [undefined, undefined];
  const at = userInfo.indexOf(':');
  return at < 0 ? [userInfo, undefined] : [userInfo.slice(0, at), userInfo.slice(at + 1)];
}
