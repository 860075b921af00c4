/**
 * ethtool 6.7: what devices of software say of themselves.
 * Models: settings, driver, counters and refusals of pairs, bridges and loopback; driver and link of others. Leaves out: settings
 * of hardware, features, channels.
 */
import { notSimulated, plainProgram, type PlainCall } from '../../system/plain-program.ts';
import { readLinks, type LinkFacts } from '../rtnetlink/link-facts.ts';

const DRIVERS: Readonly<Record<string, readonly [driver: string, version: string, bus: string]>> = {
  veth: ['veth', '1.0', ''],
  bridge: ['bridge', '2.3', 'N/A'],
  vxlan: ['vxlan', '0.1', ''],
  dummy: ['dummy', '', ''],
  ethernet: ['e1000', '', '0000:00:03.0'],
};

/** Options of one device by their letters, with the long names. */
const OPTIONS: Readonly<Record<string, string>> = {
  '--driver': '-i',
  '--statistics': '-S',
  '--show-permaddr': '-P',
  '--show-pause': '-a',
  '--show-ring': '-g',
  '--show-coalesce': '-c',
  '--change': '-s',
  '--identify': '-p',
  '--test': '-t',
  '--negotiate': '-r',
};
/** Those that are known and not modelled. */
const OTHERS = [...'kKlLACGxXnNuUTEefFmdQwW'].map((letter) => `-${letter}`);

/** Who makes a device, and what it answers where the driver has no such operation: words and status. */
const UNSUPPORTED: Readonly<Record<string, readonly [words: string, status: number]>> = {
  '-a': ['netlink error: Operation not supported', 1],
  '-g': ['netlink error: Operation not supported', 1],
  '-c': ['netlink error: Operation not supported', 1],
  '-s': ['netlink error: Operation not supported', 75],
  '-p': ['Cannot identify NIC: Operation not supported', 255],
  '-t': ['Cannot test: Operation not supported', 74],
  '-r': ['Cannot restart autonegotiation: Operation not supported', 255],
};
const NO_DEVICE = 'netlink error: no device matches name (offset 24)\nnetlink error: No such device\n';

export const ethtool = plainProgram('ethtool', async (call) => {
  const { io, process, args } = call;
  const [first = '', second] = args;
  if (first === '--version') {
    io.line('ethtool version 6.7');
    return await io.end(0);
  }
  const option = first.startsWith('-') ? (OPTIONS[first] ?? first) : '';
  const name = option === '' ? first : (second ?? '');
  const isKnown = ['', '-i', '-S', '-P', ...Object.keys(UNSUPPORTED)].includes(option);
  if (name === '' || (!isKnown && !option.startsWith('--') && !OTHERS.includes(option))) {
    await io.raw('ethtool: bad command line argument(s)\nFor more information run ethtool -h\n');
    return 1;
  }
  const link = readLinks(process).find((each) => each.name === name);
  if (link === undefined) return await noDevice(call, option);
  if (!isKnown) return await notSimulated(io, `ethtool ${first}`);
  switch (option) {
    case '':
      io.out(settings(link));
      return await io.end(0);
    case '-i':
      return await driver(call, link);
    case '-S':
      return await statistics(call, link);
    case '-P':
      io.line(`Permanent address: ${link.kind === 'ethernet' ? link.mac : 'not set'}`);
      return await io.end(0);
    default:
      return await unsupported(call, link, option);
  }
});

async function noDevice({ io }: PlainCall, option: string): Promise<number> {
  if (option === '-i') {
    await io.raw('Cannot get driver information: No such device\n');
    return 71;
  }
  if (option === '-S') {
    await io.raw('Cannot get stats strings information: No such device\n');
    return 96;
  }
  // The settings are asked for in five questions.
  await io.raw(option === '' ? `${NO_DEVICE.repeat(5)}No data available\n` : NO_DEVICE);
  return option === '' || option === '-s' ? 75 : 1;
}

/** What the drivers of pairs and bridges say (ethtool_link_ksettings): no modes, a speed that no wire limits. */
function settings({ name, kind, up, carrier }: LinkFacts): string {
  const modes =
    '\tSupported ports: [  ]\n\tSupported link modes:   Not reported\n\tSupported pause frame use: No\n\tSupports auto-negotiation: No\n\tSupported FEC modes: Not reported\n\tAdvertised link modes:  Not reported\n\tAdvertised pause frame use: No\n\tAdvertised auto-negotiation: No\n\tAdvertised FEC modes: Not reported\n';
  const own =
    kind === 'veth'
      ? `${modes}\tSpeed: 10000Mb/s\n\tDuplex: Full\n\tAuto-negotiation: off\n\tPort: Twisted Pair\n\tPHYAD: 0\n\tTransceiver: internal\n\tMDI-X: Unknown\n`
      : kind === 'bridge'
        ? `${modes}\tSpeed: Unknown!\n\tDuplex: Unknown! (255)\n\tAuto-negotiation: off\n\tPort: Other\n\tPHYAD: 0\n\tTransceiver: internal\n`
        : '';
  return `Settings for ${name}:\n${own}\tLink detected: ${up && carrier ? 'yes' : 'no'}\n`;
}

async function driver({ io }: PlainCall, { name, kind }: LinkFacts): Promise<number> {
  if (kind === 'loopback') {
    await io.raw('Cannot get driver information: Operation not supported\n');
    return 71;
  }
  const [made, version, bus] = DRIVERS[kind] ?? ['', '', ''];
  if (made === '') return await notSimulated(io, `ethtool -i ${name}`);
  io.out(
    `driver: ${made}\nversion: ${version}\nfirmware-version: ${kind === 'bridge' ? 'N/A' : ''}\nexpansion-rom-version: \nbus-info: ${bus}\nsupports-statistics: ${kind === 'veth' ? 'yes' : 'no'}\nsupports-test: no\nsupports-eeprom-access: no\nsupports-register-dump: no\nsupports-priv-flags: no\n`,
  );
  return await io.end(0);
}

/** Counters of a pair's driver; no program of XDP runs here. */
const XDP_COUNTERS =
  'rx_queue_0_xdp_packets rx_queue_0_xdp_bytes rx_queue_0_drops rx_queue_0_xdp_redirect rx_queue_0_xdp_drops rx_queue_0_xdp_tx rx_queue_0_xdp_tx_errors tx_queue_0_xdp_xmit tx_queue_0_xdp_xmit_errors'.split(
    ' ',
  );

async function statistics({ io }: PlainCall, { name, kind, peer }: LinkFacts): Promise<number> {
  if (kind === 'ethernet') return await notSimulated(io, `ethtool -S ${name}`);
  if (kind !== 'veth') {
    await io.raw('no stats available\n');
    return 94;
  }
  const zeros = XDP_COUNTERS.map((counter) => `     ${counter}: 0\n`).join('');
  io.out(`NIC statistics:\n     peer_ifindex: ${String(peer?.index ?? 0)}\n${zeros}`);
  return await io.end(0);
}

/** Devices of software have nothing to set; cards have, and it is not modelled. */
async function unsupported({ io }: PlainCall, { kind }: LinkFacts, option: string): Promise<number> {
  const [words, status] = UNSUPPORTED[option] ?? ['', 1];
  if (kind === 'ethernet') return await notSimulated(io, `ethtool ${option}`);
  await io.raw(`${words}\n`);
  return status;
}
