import { expect, test } from 'vitest';
import { fail } from '../../../protocol/errno.ts';
import type { FileView } from '../../machine/files/interface.ts';
import { readKubeletSettings } from './kubelet-settings.ts';

const DEFAULTS = { clusterDns: [], clusterDomain: '', maxPods: 110, staticPodPath: '', failSwapOn: true };
const HEAD = 'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n';
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
  expect(read(`${HEAD}${text}`, ...argv)).toEqual({ settings, ignored: [], unknown: [] });
});

test('what Drydock does not follow is named', () => {
  expect(read(HEAD + 'evictionHard: {}\ncgroupDriver: systemd\n')).toMatchObject({
    ignored: ['evictionHard'],
  });
  expect(read(HEAD + 'cgroupDriver: cgroupfs\nhealthzPort: 1\n')).toMatchObject({
    ignored: ['healthzPort'],
  });
});

const prefix = `failed to load kubelet config file, path: ${PATH}, error: failed to load Kubelet config file ${PATH}, error`;
const scheme = 'in scheme "pkg/kubelet/apis/config/scheme/scheme.go:33"';
test.each([
  [undefined, `failed to read kubelet config file "${PATH}", error: open ${PATH}: no such file or directory`],
  ['', `kubelet config file "${PATH}" was empty`],
  [
    'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: Foo\n',
    `failed to decode: no kind "Foo" is registered for version "kubelet.config.k8s.io/v1beta1" ${scheme}`,
  ],
  [
    'apiVersion: v1\nkind: KubeletConfiguration\n',
    `failed to decode: no kind "KubeletConfiguration" is registered for version "v1" ${scheme}`,
  ],
  ['maxPods: 5\n', "failed to decode: Object 'Kind' is missing in 'maxPods: 5\n'"],
  [
    'kind: KubeletConfiguration\n',
    "failed to decode: Object 'apiVersion' is missing in 'kind: KubeletConfiguration\n'",
  ],
  [
    `${HEAD}maxPods: "5"\n`,
    'failed to decode: json: cannot unmarshal string into Go struct field KubeletConfiguration.maxPods of type int32',
  ],
  [
    `${HEAD}clusterDNS: 10.96.0.10\n`,
    'failed to decode: json: cannot unmarshal string into Go struct field KubeletConfiguration.clusterDNS of type []string',
  ],
  [
    'a: b: c\n',
    'failed to decode: error converting YAML to JSON: yaml: mapping values are not allowed in this context',
  ],
])('%j is refused', (text, why) => {
  expect(read(text)).toEqual({ refusal: `${prefix} ${why}` });
});

const validation = (why: string): string =>
  `failed to validate kubelet configuration, error: ${why}, path: &TypeMeta{Kind:,APIVersion:,}`;
test.each([
  ['maxPods: -5\n', 'invalid configuration: maxPods (--max-pods) -5 must not be a negative number'],
  [
    'healthzPort: 99999\nmaxPods: -1\n',
    '[invalid configuration: healthzPort (--healthz-port) 99999 must be between 1 and 65535, inclusive, invalid configuration: maxPods (--max-pods) -1 must not be a negative number]',
  ],
  [
    'imageGCHighThresholdPercent: 50\n',
    'invalid configuration: imageGCLowThresholdPercent (--image-gc-low-threshold) 80 must be less than imageGCHighThresholdPercent (--image-gc-high-threshold) 50',
  ],
])('%j is not valid', (text, why) => {
  expect(read(HEAD + text)).toEqual({ refusal: validation(why) });
});

test('flags: numbers, and those that are no more', () => {
  expect(read(HEAD, '--max-pods=x')).toEqual({
    refusal:
      'failed to parse kubelet flag: invalid argument "x" for "--max-pods" flag: strconv.ParseInt: parsing "x": invalid syntax',
  });
  expect(read(HEAD, '--network-plugin=cni')).toEqual({
    refusal: 'failed to parse kubelet flag: unknown flag: --network-plugin',
  });
});

test('a field that no kubelet knows is passed over', () => {
  expect(read(`${HEAD}maxpods: 5\n`)).toEqual({ settings: DEFAULTS, ignored: [], unknown: ['maxpods'] });
});
