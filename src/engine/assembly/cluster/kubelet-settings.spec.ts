import { expect, test } from 'vitest';
import { fail } from '../../../protocol/errno.ts';
import type { FileView } from '../../machine/files/interface.ts';
import { readKubeletSettings } from './kubelet-settings.ts';

const DEFAULTS = { clusterDns: [], clusterDomain: '', maxPods: 110, staticPodPath: '', failSwapOn: true };
const PATH = '/var/lib/kubelet/config.yaml';

/** A disk with that one file. */
const disk = (text: string | undefined): FileView =>
  ({
    readText: (path: string) => (path === PATH && text !== undefined ? text : fail('ENOENT')),
  }) as unknown as FileView;
const read = (text: string | undefined, ...argv: string[]) =>
  readKubeletSettings(disk(text), ['/usr/bin/kubelet', ...argv]);

test.each([
  ['', [], { ...DEFAULTS }],
  ['maxPods: 5\nclusterDNS: [10.96.0.10]\n', [], { ...DEFAULTS, maxPods: 5, clusterDns: ['10.96.0.10'] }],
  ['maxPods: 5\n', ['--max-pods=7', '--fail-swap-on=false'], { ...DEFAULTS, maxPods: 7, failSwapOn: false }],
  ['failSwapOn: false\nstaticPodPath: /etc/x\n', [], { ...DEFAULTS, failSwapOn: false, staticPodPath: '/etc/x' }],
])('%j with %j', (text, argv, settings) => {
  expect(read(`kind: KubeletConfiguration\n${text}`, ...argv)).toEqual({ settings, ignored: [] });
});

test('what Drydock does not follow is named', () => {
  expect(read('kind: KubeletConfiguration\nevictionHard: {}\ncgroupDriver: systemd\n')).toMatchObject({
    ignored: ['evictionHard'],
  });
  expect(read('kind: KubeletConfiguration\ncgroupDriver: cgroupfs\nhealthzPort: 1\n')).toMatchObject({
    ignored: ['cgroupDriver', 'healthzPort'],
  });
});

const prefix = `failed to load kubelet config file, path: ${PATH}, error: failed to load Kubelet config file ${PATH}, error`;
test.each([
  [undefined, `failed to read kubelet config file "${PATH}", error: open ${PATH}: no such file or directory`],
  [
    'maxPods: "5"\n',
    'failed to decode: json: cannot unmarshal string into Go struct field KubeletConfiguration.maxPods of type int32',
  ],
  [
    'clusterDNS: 10.96.0.10\n',
    'failed to decode: json: cannot unmarshal string into Go struct field KubeletConfiguration.clusterDNS of type []string',
  ],
  [
    'a: b: c\n',
    'failed to decode: error converting YAML to JSON: yaml: mapping values are not allowed in this context',
  ],
])('%j is refused', (text, why) => {
  expect(read(text)).toEqual({ refusal: `${prefix} ${why}` });
});
