import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import {
  broadcastOf,
  cidrContains,
  formatIpv4,
  formatNetwork,
  maskOf,
  nthAddress,
  parseCidr,
  parseIpv4,
  reverseName,
  addressOfReverseName,
  type Cidr,
} from '../../../../formats/ip.ts';
import { chooseRoute, compareRoutes, type Route } from './routes.ts';

const address = fc.integer({ min: 0, max: 0xffffffff });
const cidr = fc.tuple(address, fc.integer({ min: 0, max: 32 })).map(([ip, prefixLength]): Cidr => {
  const mask = maskOf(prefixLength);
  const network = (ip & mask) >>> 0;
  return { address: network, prefixLength, network, mask };
});
const routes = fc.array(fc.tuple(cidr, fc.integer({ min: 0, max: 3 })), { maxLength: 12 }).map((list): Route[] =>
  list.map(([destination, metric], link) => ({
    destination,
    metric,
    link,
    type: 'unicast',
    scope: 'link',
    protocol: 'boot',
  })),
);

property.prop([address])('an address survives its text', (ip) => {
  expect(parseIpv4(formatIpv4(ip))).toBe(ip);
  expect(addressOfReverseName(reverseName(formatIpv4(ip)))).toBe(formatIpv4(ip));
});

property.prop([cidr, address])('a network holds what lies between its first and last address', (network, ip) => {
  expect(cidrContains(network, ip)).toBe(ip >= network.network && ip <= broadcastOf(network));
  expect(parseCidr(formatNetwork(network))).toEqual(network);
});

property.prop([routes, address])(
  'the chosen route is the longest prefix, then the lowest metric, then the earliest',
  (list, destination) => {
    const chosen = chooseRoute(list.toSorted(compareRoutes), destination);
    const fitting = list.filter((route) => cidrContains(route.destination, destination));
    const best = fitting.reduce<Route | undefined>((winner, route) => {
      if (winner === undefined || route.destination.prefixLength > winner.destination.prefixLength) return route;
      return route.destination.prefixLength === winner.destination.prefixLength && route.metric < winner.metric
        ? route
        : winner;
    }, undefined);
    expect(chosen).toBe(best);
  },
);

test.for(['', '1.2.3', '1.2.3.4.5', '256.1.1.1', '1..2.3', 'a.b.c.d', '1.2.3.4 '])('%j is no address', (text) => {
  expect(parseIpv4(text)).toBeUndefined();
});

test('addresses of a subnet are counted from its network', () => {
  const subnet = parseCidr('10.244.1.0/24');
  expect([0, 1, 255, 256].map((n) => (subnet === undefined ? undefined : nthAddress(subnet, n)))).toEqual([
    0x0af40100,
    0x0af40101,
    0x0af401ff,
    undefined,
  ]);
});
