import { expect, test } from 'vitest';
import { parseDaemonConfig, settingsWithoutEffect } from './daemon-config.ts';

const PATH = '/etc/docker/daemon.json';
const PREFIX = `unable to configure the Docker daemon with file ${PATH}: `;

test.for([
  ['{ "debug": true, ', `${PREFIX}unexpected end of JSON input`],
  ['', `${PREFIX}EOF`],
  ['{"nonsense": 1}', `${PREFIX}the following directives don't match any configuration option: nonsense`],
  [
    '{"exec-opts": ["native.cgroupdriver=other"]}',
    'failed to start daemon: invalid native.cgroupdriver: "other": only "cgroupfs" and "systemd" are supported',
  ],
])('%s is refused: %s', ([source = '', error]) => {
  expect(parseDaemonConfig(PATH, source)).toEqual({ error });
});

test('settings are read, and those that make no difference are told', () => {
  const source =
    '{"bip": "10.200.0.1/24", "default-address-pools": [{"base": "10.30.0.0/16", "size": 24}], "mtu": 1400, "icc": false}';
  expect(parseDaemonConfig(PATH, source)).toMatchObject({
    bridgeCidr: '10.200.0.1/24',
    addressPools: [{ base: '10.30.0.0/16', size: 24 }],
  });
  expect(settingsWithoutEffect(source)).toEqual(['mtu', 'icc']);
});
