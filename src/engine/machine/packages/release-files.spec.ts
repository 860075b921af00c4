import { expect, test } from 'vitest';
import { decodeUtf8 } from '../../../protocol/bytes.ts';
import { gitHubAsset, gitHubFile, helmRelease, kubernetesDownload, kubernetesRelease } from './release-files.ts';
import { RELEASE_ASSETS, type SiteAnswer } from './release-files.ts';

const said = (answer: SiteAnswer | undefined): string => {
  if (answer === undefined) return 'nothing';
  if ('redirect' in answer) return `at ${answer.redirect}`;
  return 'missing' in answer ? `missing: ${answer.missing.text}` : `file of ${String(answer.sizeBytes)}`;
};
const COMPOSE = 'docker/compose/releases';
const stored = (path: string): string => `at https://${RELEASE_ASSETS}/${path}`;

test.for([
  { given: 'Compose of Python', path: `${COMPOSE}/download/1.11.0/docker-compose-Linux-x86_64`, there: true },
  { given: 'in small letters', path: `${COMPOSE}/download/1.11.0/docker-compose-linux-x86_64`, there: false },
  { given: 'with a v', path: `${COMPOSE}/download/v1.29.2/docker-compose-Linux-x86_64`, there: false },
  { given: 'a patch that never was', path: `${COMPOSE}/download/1.29.3/docker-compose-Linux-x86_64`, there: false },
  { given: 'Compose of Go', path: `${COMPOSE}/download/v2.36.2/docker-compose-linux-x86_64`, there: true },
  { given: 'with its capital', path: `${COMPOSE}/download/v2.36.2/docker-compose-Linux-x86_64`, there: false },
  { given: 'without the v', path: `${COMPOSE}/download/2.36.2/docker-compose-linux-x86_64`, there: false },
  { given: 'no version at all', path: `${COMPOSE}/download/v9.9.9/docker-compose-linux-x86_64`, there: false },
  { given: 'a digest', path: `${COMPOSE}/download/v2.20.0/docker-compose-linux-x86_64.sha256`, there: true },
  { given: 'etcd', path: 'etcd-io/etcd/releases/download/v3.5.9/etcd-v3.5.9-linux-amd64.tar.gz', there: true },
  { given: 'etcd of two', path: 'etcd-io/etcd/releases/download/v3.5.9/etcd-v3.5.8-linux-amd64.tar.gz', there: false },
  {
    given: 'crictl',
    path: 'kubernetes-sigs/cri-tools/releases/download/v1.31.0/crictl-v1.31.0-linux-amd64.tar.gz',
    there: true,
  },
  {
    given: 'CNI plugins',
    path: 'containernetworking/plugins/releases/download/v1.3.0/cni-plugins-linux-amd64-v1.3.0.tgz',
    there: true,
  },
  { given: 'another project', path: 'nobody/nothing/releases/download/v1.0.0/nothing', there: false },
])('GitHub, $given', ({ path, there }) => {
  expect([said(gitHubFile(path)), gitHubAsset(path) !== undefined]).toEqual([
    there ? stored(path) : 'missing: Not Found',
    there,
  ]);
});

test('the latest Compose is a release', () => {
  expect(said(gitHubFile(`${COMPOSE}/latest/download/docker-compose-linux-x86_64`))).toBe(
    `at https://github.com/${COMPOSE}/download/v2.36.2/docker-compose-linux-x86_64`,
  );
});

const noObject = (path: string): string =>
  `missing: <?xml version='1.0' encoding='UTF-8'?><Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Details>No such object: kubernetes-release/${path}</Details></Error>`;

test.for([
  { path: 'release/v1.36.1/bin/linux/amd64/kubectl', expected: 'file of 60000000' },
  { path: 'release/v1.30.14/bin/linux/amd64/kubeadm', expected: 'file of 74000000' },
  { path: 'release/v1.30.99/bin/linux/amd64/kubectl', expected: noObject('release/v1.30.99/bin/linux/amd64/kubectl') },
  { path: 'release/1.30.0/bin/linux/amd64/kubectl', expected: noObject('release/1.30.0/bin/linux/amd64/kubectl') },
  { path: 'release/v1.30.0/bin/linux/amd64/kubectl.sha256', expected: 'file of 64' },
  { path: 'release/stable-1.30.txt', expected: 'file of 8' },
  { path: 'release/stable-1.99.txt', expected: noObject('release/stable-1.99.txt') },
])('Kubernetes, $path', ({ path, expected }) => {
  expect(said(kubernetesRelease(path))).toBe(expected);
});

test('dl.k8s.io sends on to its cache', () => {
  expect(said(kubernetesDownload('v1.30.0/bin/linux/amd64/kubectl'))).toBe(
    'at https://cdn.dl.k8s.io/release/v1.30.0/bin/linux/amd64/kubectl',
  );
  expect(said(kubernetesDownload('release/stable.txt'))).toBe('at https://cdn.dl.k8s.io/release/stable.txt');
});

test('a program of another version than the emulated one is not simulated, and says which it is', () => {
  const program = (path: string): string => {
    const answer = kubernetesRelease(path);
    return 'bytes' in answer ? decodeUtf8(answer.bytes) : said(answer);
  };
  expect(program('release/v1.36.1/bin/linux/amd64/kubectl')).toBe('\x7fELFkubectl\n');
  expect(program('release/v1.30.0/bin/linux/amd64/kubectl')).toBe('\x7fELFkubectl v1.30.0\n');
});

test('Helm', () => {
  expect(said(helmRelease('helm-v3.19.0-linux-amd64.tar.gz'))).toBe('file of 16000000');
  expect(said(helmRelease('helm-v3.19.9-linux-amd64.tar.gz'))).toBe('nothing');
});
