/** What ifconfig's words ask of the kernel, one request (SIOCSIF…) after another. */
import { maskOf, parseCidr, parseIpv4 } from '../../../formats/ip.ts';
import { failed, strerror, type Result, type SysFailure } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { PlainCall } from '../../system/plain-program.ts';
import { isIpv4 } from '../../resolver.ts';
import { readLinks } from '../rtnetlink/link-facts.ts';
import { interfaceOf, linkNameOf, type NamedInterface } from './interface-names.ts';

/** A request by the end of its name (SIOCSIFADDR), with how it went. */
export interface Done {
  readonly request: 'ADDR' | 'NETMASK' | 'BRDADDR' | 'MTU' | 'HWADDR' | 'TXQLEN' | 'flags';
  readonly failure: Result<unknown>;
}

/** `refused` where the reason has been told. */
export type Applied = readonly Done[] | 'refused' | 'misused' | 'unknown' | 'not simulated';

/** Flags as the kernel's link request calls them. */
const FLAGS: ReadonlyMap<string, string> = new Map([
  ['arp', 'arp'],
  ['promisc', 'promiscuous'],
  ['allmulti', 'allMulticast'],
  ['multicast', 'multicast'],
]);

const NOT_SIMULATED =
  /^-?(trailers|dynamic|pointopoint|dstaddr|tunnel|outfill|keepalive|metric|mem_start|io_addr|irq|media|name|inet6|ax25|unix)$/;
const HARDWARE_ADDRESS = /^[0-9a-f]{1,2}(:[0-9a-f]{1,2}){5}$/i;
/** ETH_MIN_MTU. */
const SMALLEST_MTU = 68;

export class InterfaceSettings {
  readonly #call: PlainCall;
  readonly #name: string;
  constructor(call: PlainCall, name: string) {
    this.#call = call;
    this.#name = name;
  }

  /** Does what a word says; its values are taken from the words after it. */
  async apply(word: string, after: string[]): Promise<Applied> {
    const flag = FLAGS.get(word.replace(/^-/, ''));
    if (flag !== undefined) return [this.#setFlags({ [flag]: !word.startsWith('-') })];
    switch (word) {
      case 'up':
        return [this.#set('flags', { up: true })];
      case 'down':
        return [this.#down()];
      case 'inet':
        return [];
      case 'netmask':
        return value(after, (mask) => [this.#setMask(mask)]);
      case 'broadcast':
        return after.length === 0 ? [] : value(after, (ip) => [this.#setBroadcast(ip)]);
      case 'mtu':
        return value(after, (text) => [this.#setMtu(Number.parseInt(text, 10) || 0)]);
      case 'txqueuelen':
        return value(after, (text) => [this.#set('TXQLEN', { queueLength: Number.parseInt(text, 10) || 0 })]);
      case 'hw':
        return await this.#setHardware(after);
      case 'add':
        return value(after, (ip) => this.#setAddress(ip, this.#freeAlias()));
      case 'del':
        return value(after, (ip) => [this.#deleteByAddress(ip)]);
      default:
        if (NOT_SIMULATED.test(word)) return 'not simulated';
        return isIpv4(word.replace(/\/\d+$/, '')) ? this.#setAddress(word, this.#name) : 'unknown';
    }
  }

  problem = (request: Done['request'], failure: Result<unknown>): string =>
    failed(failure) ? `SIOCSIF${request}: ${strerror(failure)}\n` : '';

  /** Flags are read before they are set. */
  flagsProblem(failure: Result<unknown>): string {
    if (!failed(failure)) return '';
    return failure.errno === 'ENODEV'
      ? `${this.#name}: ERROR while getting interface flags: ${strerror(failure)}\n`
      : `SIOCSIFFLAGS: ${strerror(failure)}\n`;
  }

  get #interface(): NamedInterface | undefined {
    return interfaceOf(readLinks(this.#call.process), this.#name);
  }

  #set(request: Done['request'], change: { readonly [key: string]: Plain }): Done {
    const name = linkNameOf(this.#name);
    return { request, failure: this.#call.process.kernel({ subsystem: 'link', op: 'set', args: { name, change } }) };
  }

  readonly #setFlags = (flags: { readonly [key: string]: Plain }): Done => this.#set('flags', { flags });

  #address(op: string, args: { readonly [key: string]: Plain }): Result<Plain> {
    const link = linkNameOf(this.#name);
    return this.#call.process.kernel({ subsystem: 'address', op, args: { link, ...args } });
  }

  #setMtu(mtu: number): Done {
    return mtu < SMALLEST_MTU ? { request: 'MTU', failure: { errno: 'EINVAL' } } : this.#set('MTU', { mtu });
  }

  /** Of an alias, its address goes. */
  #down(): Done {
    const found = this.#interface;
    if (found?.alias !== true) return this.#set('flags', { up: false });
    const none: SysFailure = { errno: 'EADDRNOTAVAIL' };
    return { request: 'flags', failure: found.address === undefined ? none : this.#delete(found.address) };
  }

  readonly #delete = ({ ip, prefixLength }: { readonly ip: string; readonly prefixLength: number }): Result<Plain> =>
    this.#address('delete', { cidr: `${ip}/${String(prefixLength)}` });

  /** Puts an address in the place of the one of that name, with the mask of its class, and raises the link. */
  #setAddress(text: string, label: string): readonly Done[] {
    const [ip = '', bits] = text.split('/');
    const old = interfaceOf(readLinks(this.#call.process), label)?.address;
    const gone = old === undefined ? null : this.#delete(old);
    const length = bits === undefined ? prefixOfClass(ip) : Number(bits);
    const failure = failed(gone) || ip === '0.0.0.0' ? gone : this.#add(ip, length, label);
    return [{ request: 'ADDR', failure }, ...(ip === '0.0.0.0' ? [] : [this.#set('flags', { up: true })])];
  }

  #add(ip: string, prefixLength: number, label: string): Result<Plain> {
    const alias = label === linkNameOf(label) ? {} : { label };
    return this.#address('add', { cidr: `${ip}/${String(prefixLength)}`, ...alias });
  }

  /** The address stays with another mask, and with its broadcast address where that was set by hand. */
  #setMask(text: string): Done {
    const wanted = parseIpv4(text);
    const prefixLength = Array.from({ length: 33 }, (_, length) => length).find((length) => maskOf(length) === wanted);
    const old = this.#interface?.address;
    const failure: Result<Plain> =
      prefixLength === undefined
        ? { errno: 'EINVAL' }
        : old === undefined
          ? { errno: 'EADDRNOTAVAIL' }
          : old.prefixLength === prefixLength
            ? null
            : this.#exchange(old, prefixLength);
    return { request: 'NETMASK', failure };
  }

  #exchange(old: NonNullable<NamedInterface['address']>, prefixLength: number): Result<Plain> {
    const gone = this.#delete(old);
    if (failed(gone)) return gone;
    const added = this.#add(old.ip, prefixLength, this.#name);
    const usual = lastAddress(old.ip, old.prefixLength) === parseIpv4(old.broadcast ?? '');
    if (failed(added) || usual || old.broadcast === undefined) return added;
    return this.#address('set-broadcast', { cidr: `${old.ip}/${String(prefixLength)}`, broadcast: old.broadcast });
  }

  #setBroadcast(broadcast: string): Done {
    const old = this.#interface?.address;
    const cidr = old === undefined ? '' : `${old.ip}/${String(old.prefixLength)}`;
    return { request: 'BRDADDR', failure: this.#address('set-broadcast', { cidr, broadcast }) };
  }

  /** `hw ether MAC`. */
  async #setHardware(after: string[]): Promise<Applied> {
    const [kind, mac] = after.splice(0, 2);
    if (kind !== 'ether' || mac === undefined) return 'misused';
    if (HARDWARE_ADDRESS.test(mac)) return [this.#set('HWADDR', { mac: mac.toLowerCase() })];
    await this.#call.io.raw(`${mac}: invalid ether address.\n`);
    return 'refused';
  }

  /** `eth0:0`, or the next one that has no address. */
  #freeAlias(): string {
    const labels = readLinks(this.#call.process).flatMap(({ addresses }) => addresses.map(({ label }) => label));
    let number = 0;
    while (labels.includes(`${this.#name}:${String(number)}`)) number += 1;
    return `${this.#name}:${String(number)}`;
  }

  #deleteByAddress(text: string): Done {
    const [ip] = text.split('/');
    const found = this.#interface?.link.addresses.find((address) => address.ip === ip);
    const none: SysFailure = { errno: 'EADDRNOTAVAIL' };
    return { request: 'flags', failure: found === undefined ? none : this.#delete(found) };
  }
}

/** What a word's value asks for; without a value the word is misused. */
function value(after: string[], use: (text: string) => Applied): Applied {
  const text = after.shift();
  return text === undefined ? 'misused' : use(text);
}

/** 8, 16 or 24 by the first number (RFC 791). */
function prefixOfClass(ip: string): number {
  const first = Number(ip.split('.')[0]);
  return first < 128 ? 8 : first < 192 ? 16 : 24;
}

function lastAddress(ip: string, prefixLength: number): number | undefined {
  const cidr = parseCidr(`${ip}/${String(prefixLength)}`);
  return cidr === undefined ? undefined : (cidr.network | ~cidr.mask) >>> 0;
}
