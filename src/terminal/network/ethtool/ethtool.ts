/** ethtool 6.7: driver and counters of a device. Settings of hardware are not modelled. */
import { notSimulated, plainProgram } from '../../system/plain-program.ts';
import { readLinks } from '../rtnetlink/link-facts.ts';

const DRIVERS: Readonly<Record<string, readonly [driver: string, version: string, bus: string]>> = {
  veth: ['veth', '1.0', ''],
  bridge: ['bridge', '2.3', 'N/A'],
  vxlan: ['vxlan', '0.1', ''],
  dummy: ['dummy', '', ''],
  ethernet: ['e1000', '', '0000:00:03.0'],
};

export const ethtool = plainProgram('ethtool', async ({ io, process, args }) => {
  const [first = '', second] = args;
  const option = first.startsWith('-') ? first : '';
  const name = option === '' ? first : (second ?? '');
  const link = readLinks(process).find((each) => each.name === name);
  if (link === undefined) {
    await io.raw(
      name === ''
        ? 'ethtool: bad command line argument(s)\nFor more information run ethtool -h\n'
        : 'netlink error: No such device\n',
    );
    return name === '' ? 1 : 75;
  }
  switch (option) {
    case '-i':
    case '--driver': {
      const [driver, version, bus] = DRIVERS[link.kind] ?? ['', '', ''];
      if (driver === '') return await notSimulated(io, `ethtool -i ${name}`);
      io.out(
        `driver: ${driver}\nversion: ${version}\nfirmware-version: ${link.kind === 'bridge' ? 'N/A' : ''}\nexpansion-rom-version: \nbus-info: ${bus}\nsupports-statistics: ${link.kind === 'veth' ? 'yes' : 'no'}\nsupports-test: no\nsupports-eeprom-access: no\nsupports-register-dump: no\nsupports-priv-flags: no\n`,
      );
      return await io.end(0);
    }
    case '-S':
    case '--statistics':
      if (link.kind !== 'veth') {
        await io.raw('no stats available\n');
        return 94;
      }
      io.out(`NIC statistics:\n     peer_ifindex: ${String(link.peer?.index ?? 0)}\n`);
      return await io.end(0);
    case '':
      io.out(
        `Settings for ${name}:\n${link.kind === 'loopback' ? '' : '\tSpeed: 10000Mb/s\n\tDuplex: Full\n'.repeat(link.kind === 'veth' ? 1 : 0)}\tLink detected: ${link.up && link.carrier ? 'yes' : 'no'}\n`,
      );
      return await io.end(0);
    default:
      return await notSimulated(io, `ethtool ${option}`);
  }
});
