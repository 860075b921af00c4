/** IPv4 arithmetic: addresses as unsigned 32-bit numbers, texts only at the edges. */

export interface Cidr {
  /** The address as written (host bits kept). */
  readonly address: number;
  readonly prefixLength: number;
  readonly network: number;
  readonly mask: number;
}

/** The number of a dotted quad, or undefined. */
export function parseIpv4(text: string): number | undefined {
  let value = 0;
  let part = 0;
  let digits = 0;
  let parts = 1;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 46) {
      if (digits === 0 || parts === 4) return undefined;
      value = value * 256 + part;
      part = 0;
      digits = 0;
      parts += 1;
    } else if (code >= 48 && code <= 57 && digits < 3) {
      part = part * 10 + code - 48;
      digits += 1;
      if (part > 255) return undefined;
    } else return undefined;
  }
  return parts === 4 && digits > 0 ? value * 256 + part : undefined;
}

/** The dotted quad of a number. */
export const formatIpv4 = (ip: number): string =>
  `${String(ip >>> 24)}.${String((ip >>> 16) & 255)}.${String((ip >>> 8) & 255)}.${String(ip & 255)}`;

export const isIpv4 = (text: string): boolean => parseIpv4(text) !== undefined;

/** The mask of a prefix length: 24 gives 255.255.255.0. */
export const maskOf = (prefixLength: number): number =>
  prefixLength === 0 ? 0 : (0xffffffff << (32 - prefixLength)) >>> 0;

/** Reads `10.244.1.5/24`; an address alone is a /32. Undefined where malformed. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/');
  const address = parseIpv4(slash < 0 ? text : text.slice(0, slash));
  const length = slash < 0 ? '32' : text.slice(slash + 1);
  if (address === undefined || !/^\d{1,2}$/.test(length)) return undefined;
  const prefixLength = Number(length);
  if (prefixLength > 32) return undefined;
  const mask = maskOf(prefixLength);
  return { address, prefixLength, network: (address & mask) >>> 0, mask };
}

/** `10.244.1.0/24`: the network of a CIDR, host bits cleared. */
export const formatNetwork = (cidr: Cidr): string => `${formatIpv4(cidr.network)}/${String(cidr.prefixLength)}`;

export const cidrContains = (cidr: Cidr, ip: number): boolean => (ip & cidr.mask) >>> 0 === cidr.network;

export const broadcastOf = (cidr: Cidr): number => (cidr.network | (~cidr.mask >>> 0)) >>> 0;

/** The n-th address of the network, counted from 0; undefined beyond its end. */
export function nthAddress(cidr: Cidr, n: number): number | undefined {
  const ip = cidr.network + n;
  return n >= 0 && ip <= broadcastOf(cidr) ? ip : undefined;
}

/** `2.1.244.10.in-addr.arpa`. */
export const reverseName = (ip: string): string => `${ip.split('.').toReversed().join('.')}.in-addr.arpa`;

/** The address of an in-addr.arpa name, or undefined. */
export function addressOfReverseName(name: string): string | undefined {
  const match = /^(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})\.in-addr\.arpa\.?$/i.exec(name);
  const ip = match?.[1]?.split('.').toReversed().join('.');
  return ip !== undefined && isIpv4(ip) ? ip : undefined;
}
