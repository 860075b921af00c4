import { expect, test } from 'vitest';
import { DEFAULT_CONFIG, parseDaemonConfig, settingsWithoutEffect } from './daemon-config.ts';

const PATH = '/etc/docker/daemon.json';
const PREFIX = `unable to configure the Docker daemon with file ${PATH}: `;

const VALIDATION = `${PREFIX}merged configuration validation from file and command line flags failed: `;
const ARGV = ['/usr/bin/dockerd', '-H', 'fd://', '--containerd=/run/containerd/containerd.sock'];

/** Texts: moby 28 daemon/config, daemon/logs.go, daemon/daemon_unix.go; encoding/json of Go 1.23. */
test.for([
  ['{ "debug": true, ', `${PREFIX}unexpected end of JSON input`],
  ['{"debug": true,}', `${PREFIX}invalid character '}' looking for beginning of object key string`],
  ["{'debug': true}", `${PREFIX}invalid character '\\'' looking for beginning of object key string`],
  ['["a"]', `${PREFIX}json: cannot unmarshal array into Go value of type map[string]interface {}`],
  ['{"nonsense": 1}', `${PREFIX}the following directives don't match any configuration option: nonsense`],
  ['{"proxies": {"http": "x"}}', `${PREFIX}the following directives don't match any configuration option: http`],
  [
    '{"hosts": ["tcp://0.0.0.0:2375", "unix:///var/run/docker.sock"]}',
    `${PREFIX}the following directives are specified both as a flag and in the configuration file: hosts: (from flag: [fd://], from file: [tcp://0.0.0.0:2375 unix:///var/run/docker.sock])`,
  ],
  ['{"debug": "yes"}', `${PREFIX}json: cannot unmarshal string into Go struct field Config.debug of type bool`],
  [
    '{"insecure-registries": "10.0.0.1:5000"}',
    `${PREFIX}json: cannot unmarshal string into Go struct field Config.insecure-registries of type []string`,
  ],
  ['{"mtu": "1400"}', `${PREFIX}json: cannot unmarshal string into Go struct field Config.mtu of type int`],
  [
    '{"log-opts": {"max-file": 3}}',
    `${PREFIX}json: cannot unmarshal number into Go struct field Config.log-opts of type string`,
  ],
  ['{"dns": ["8.8.8"]}', `${PREFIX}invalid IP address: 8.8.8`],
  ['{"log-level": "loud"}', `${VALIDATION}invalid logging level: loud`],
  ['{"labels": ["a"]}', `${VALIDATION}bad attribute format: a`],
  ['{"max-concurrent-downloads": -1}', `${VALIDATION}invalid max concurrent downloads: -1`],
  [
    '{"registry-mirrors": ["mirror.local"]}',
    `${VALIDATION}invalid mirror: no scheme specified for "mirror.local": must use either 'https://' or 'http://'`,
  ],
  [
    '{"exec-opts": ["cgroupdriver=systemd"]}',
    `${VALIDATION}invalid exec-opt (cgroupdriver=systemd): unknown option: 'cgroupdriver'`,
  ],
  [
    '{"exec-opts": ["native.cgroupdriver=other"]}',
    'failed to start daemon: native.cgroupdriver option other not supported',
  ],
  ['{"labels": ["a=1", "a=2"]}', 'conflict labels for a=2 and a=1'],
  [
    '{"log-opts": {"max-sizes": "10m"}}',
    "failed to start daemon: failed to set log opts: unknown log opt 'max-sizes' for json-file log driver",
  ],
  ['{"storage-driver": "aufs"}', 'failed to start daemon: error initializing graphdriver: driver not supported: aufs'],
])('%s is refused: %s', ([source = '', error]) => {
  expect(parseDaemonConfig(PATH, source, ARGV)).toEqual({ error });
});

test('an empty file says nothing', () => {
  expect(parseDaemonConfig(PATH, ' \n', ARGV)).toEqual(DEFAULT_CONFIG);
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
