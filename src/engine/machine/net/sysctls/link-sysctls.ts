/**
 * Settings of links under /proc/sys/net (net.ipv4.conf.eth0.forwarding and the like) of one namespace.
 * Models: what a link begins with from `default`, what `all` adds to it; the effect of forwarding, rp_filter, arp_ignore 0, 1,
 * 2 and 8, and proxy_arp. Others are kept only.
 */
import { fail, type Result } from '../../../../protocol/errno.ts';
import type { Link } from '../links/link.ts';
import { IPV4_CONF, IPV6_CONF, NEIGHBOUR } from './settings-of-links.ts';

/** Families of settings, by what their names begin with. */
const FAMILIES: { readonly [prefix: string]: { readonly [setting: string]: string } } = {
  'net.ipv4.conf.': IPV4_CONF,
  'net.ipv4.neigh.': NEIGHBOUR,
  'net.ipv6.conf.': IPV6_CONF,
  'net.ipv6.neigh.': NEIGHBOUR,
};

/** What is not a link's own but stands beside them. */
const COMMON = ['all', 'default'];

/** As keys have a link's name: dots part names there. */
export const keyNameOf = (link: string): string => link.replaceAll('.', '/');

interface SettingKey {
  readonly prefix: string;
  /** A link as keys have it, `all` or `default`. */
  readonly owner: string;
  readonly setting: string;
}

/** The parts of a key; undefined where it is of no link. */
function partsOf(key: string): SettingKey | undefined {
  const prefix = Object.keys(FAMILIES).find((each) => key.startsWith(each));
  if (prefix === undefined) return undefined;
  const [owner = '', setting = '', ...more] = key.slice(prefix.length).split('.');
  return FAMILIES[prefix]?.[setting] === undefined || more.length > 0 ? undefined : { prefix, owner, setting };
}

/** What packets ask of a link's settings. */
interface Effective {
  readonly forwards: boolean;
  readonly reversePathFilter: number;
  readonly arpIgnore: number;
  readonly proxiesArp: boolean;
}

export class LinkSysctls {
  #effective = new Map<string, Effective>();

  /** @param values What has been set in the namespace, by key */
  constructor(
    private readonly values: Map<string, string>,
    private readonly links: ReadonlyMap<number, Link>,
  ) {}

  /** A setting's value; undefined where there is no such link or setting. */
  value(key: string): string | undefined {
    const parts = partsOf(key);
    if (parts === undefined || !this.#isThere(parts)) return undefined;
    return this.#valueOf(parts);
  }

  /** Sets a value, and where it is one of `all` what that says to every link. */
  set(key: string, text: string): Result<void> {
    const parts = partsOf(key);
    if (parts === undefined || !this.#isThere(parts)) return fail('ENOENT');
    if (!/^-?\d+$/.test(text)) return fail('EINVAL');
    this.#effective.clear();
    const { prefix, owner, setting } = parts;
    if (owner === 'default') this.#keepForLinks(prefix, setting);
    if (owner === 'all' && FOLLOWED.includes(setting)) {
      this.values.delete(`${prefix}default.${setting}`);
      for (const link of this.links.values()) this.values.delete(`${prefix}${keyNameOf(link.name)}.${setting}`);
    }
    this.values.set(key, text);
    return undefined;
  }

  /** Names in a directory of /proc/sys, given as the beginning of keys; undefined where it is none of links. */
  namesBelow(prefix: string): readonly { readonly name: string; readonly type: 'file' | 'directory' }[] | undefined {
    if (FAMILIES[prefix] !== undefined) {
      const common = prefix.includes('.neigh.') ? [] : COMMON;
      return [...common, ...[...this.links.values()].map(({ name }) => name)].map((name) => ({
        name,
        type: 'directory',
      }));
    }
    const family = Object.keys(FAMILIES).find((each) => prefix.startsWith(each));
    if (family === undefined) return undefined;
    return Object.keys(FAMILIES[family] ?? {}).map((name) => ({ name, type: 'file' }));
  }

  forwards(link: Link): boolean {
    return this.#of(link).forwards;
  }
  /** 1 strict, 2 loose (rp_filter). */
  reversePathFilter(link: Link): number {
    return this.#of(link).reversePathFilter;
  }
  arpIgnore(link: Link): number {
    return this.#of(link).arpIgnore;
  }
  proxiesArp(link: Link): boolean {
    return this.#of(link).proxiesArp;
  }

  /** A link has got another name; undefined: it is gone. */
  renamed(from: string, to: string | undefined): void {
    this.#effective.clear();
    if (this.values.size === 0) return;
    for (const prefix of Object.keys(FAMILIES)) {
      const own = `${prefix}${keyNameOf(from)}.`;
      for (const [key, value] of [...this.values]) {
        if (!key.startsWith(own)) continue;
        this.values.delete(key);
        if (to !== undefined) this.values.set(`${prefix}${keyNameOf(to)}.${key.slice(own.length)}`, value);
      }
    }
  }

  /** After a restore. */
  forget(): void {
    this.#effective.clear();
  }

  #of(link: Link): Effective {
    const known = this.#effective.get(link.name);
    if (known !== undefined) return known;
    const number = (owner: string, setting: string): number =>
      Number(this.#valueOf({ prefix: 'net.ipv4.conf.', owner, setting }));
    const name = keyNameOf(link.name);
    const larger = (setting: string): number => Math.max(number('all', setting), number(name, setting));
    const effective = {
      forwards: number(name, 'forwarding') !== 0,
      reversePathFilter: larger('rp_filter'),
      arpIgnore: larger('arp_ignore'),
      proxiesArp: larger('proxy_arp') !== 0,
    };
    this.#effective.set(link.name, effective);
    return effective;
  }

  #isThere({ prefix, owner }: SettingKey): boolean {
    if (COMMON.includes(owner)) return !prefix.includes('.neigh.');
    for (const { name } of this.links.values()) if (keyNameOf(name) === owner) return true;
    return false;
  }

  #valueOf({ prefix, owner, setting }: SettingKey): string {
    const own = this.values.get(`${prefix}${owner}.${setting}`);
    if (own !== undefined) return own;
    const inherited = owner === 'all' ? undefined : this.values.get(`${prefix}default.${setting}`);
    const followed = FOLLOWED.includes(setting) ? this.values.get(`${prefix}all.${setting}`) : undefined;
    return inherited ?? followed ?? FAMILIES[prefix]?.[setting] ?? '';
  }

  /** Links that are there keep what they have when the value for new ones changes. */
  #keepForLinks(prefix: string, setting: string): void {
    for (const { name } of this.links.values()) {
      const owner = keyNameOf(name);
      this.values.set(`${prefix}${owner}.${setting}`, this.#valueOf({ prefix, owner, setting }));
    }
  }
}

/** Settings that every link takes over when they are set for all (devinet_sysctl_forward, addrconf_sysctl_disable). */
const FOLLOWED: readonly string[] = ['forwarding', 'disable_ipv6'];
