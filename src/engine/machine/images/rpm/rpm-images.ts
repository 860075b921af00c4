/**
 * docker.io/library/rockylinux and docker.io/library/centos.
 * Models: 9.3 and 7 (2009), the last ones that were published there: packages with their commands, the files people look at.
 * Leaves out: libraries, documentation, rockylinux's minimal images and 8, other releases of CentOS.
 */
import { directory, file, link, type LayerFile } from '../../container/layer-files.ts';
import { layer, type EmptyStep, type ImageDefinition, type LayerStep } from '../../container/image-definition.ts';
import { rpmImageFiles } from '../../packages/rpm/rpm-archive.ts';
import type { RpmDistribution } from '../../packages/rpm/rpm-package.ts';
import { MERGED_USR } from '../base/commands.ts';

/** These images were built before BuildKit, which leaves a comment on every step. */
const step = (...given: Parameters<typeof layer>): LayerStep => ({ createdBy: given[0], layer: layer(...given).layer });
const emptyStep = (createdBy: string): EmptyStep => ({ createdBy });

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const DIRECTORIES = [
  '/dev /home /media /mnt /opt /proc /run /srv /sys /usr/bin /usr/games /usr/include /usr/lib /usr/lib64 /usr/libexec',
  '/usr/local/bin /usr/local/lib /usr/local/sbin /usr/sbin /usr/share /usr/src /var/adm /var/cache /var/db /var/empty',
  '/var/ftp /var/games /var/lib /var/local /var/log /var/opt /var/spool/mail /etc/profile.d /etc/sysconfig /etc/opt',
]
  .join(' ')
  .split(' ');

/** The single layer of a release. */
function rootFiles(
  distribution: RpmDistribution,
  installTime: number,
  more: readonly LayerFile[],
): readonly LayerFile[] {
  return [
    ...MERGED_USR,
    ...DIRECTORIES.map((path) => directory(path)),
    directory('/tmp', { mode: 0o1777 }),
    directory('/var/tmp', { mode: 0o1777 }),
    directory('/root', { mode: 0o550 }),
    directory('/run/lock'),
    link('/var/run', '../run'),
    link('/var/lock', '../run/lock'),
    link('/var/mail', 'spool/mail'),
    link('/etc/mtab', '../proc/self/mounts'),
    link('/etc/localtime', '../usr/share/zoneinfo/Etc/UTC'),
    ...rpmImageFiles(distribution, installTime),
    ...more,
  ];
}

const rocky: ImageDefinition = {
  references: ['9', '9.3', '9.3.20231119'].map((tag) => `docker.io/library/rockylinux:${tag}`),
  created: '2023-11-28T20:08:58Z',
  config: { Env: [PATH], Cmd: ['/bin/bash'] },
  steps: [
    step('/bin/sh -c #(nop) ADD file:… in / ', 175_570_000, 65_240_000, () =>
      rootFiles('rocky', 1_700_416_800, [
        directory('/afs', { mode: 0o555 }),
        directory('/lost+found', { mode: 0o700 }),
        directory('/var/cache/dnf'),
        directory('/var/lib/dnf'),
      ]),
    ),
    emptyStep('/bin/sh -c #(nop)  CMD ["/bin/bash"]'),
  ],
};

const LABELS = {
  'org.label-schema.build-date': '20201113',
  'org.label-schema.license': 'GPLv2',
  'org.label-schema.name': 'CentOS Base Image',
  'org.label-schema.schema-version': '1.0',
  'org.label-schema.vendor': 'CentOS',
  'org.opencontainers.image.created': '2020-11-13 00:00:00+00:00',
  'org.opencontainers.image.licenses': 'GPL-2.0-only',
  'org.opencontainers.image.title': 'CentOS Base Image',
  'org.opencontainers.image.vendor': 'CentOS',
};

const centos: ImageDefinition = {
  references: [
    ...['7', 'centos7', '7.9.2009', 'centos7.9.2009'].map((tag) => `docker.io/library/centos:${tag}`),
    ...['7', 'centos7'].map((tag) => `quay.io/centos/centos:${tag}`),
  ],
  created: '2021-09-15T18:20:23.99863383Z',
  dockerVersion: '20.10.7',
  config: { Env: [PATH], Cmd: ['/bin/bash'], Labels: LABELS },
  steps: [
    step(
      '/bin/sh -c #(nop) ADD file:b3ebbe8bd304723d43b7b44a6d990cd657b63d93d6a2a9293983a30bfc1dfa53 in / ',
      203_930_000,
      76_097_157,
      () =>
        rootFiles('centos', 1_605_226_560, [
          file('/anaconda-post.log', '', { mode: 0o644 }),
          directory('/var/cache/yum'),
          directory('/var/lib/yum'),
          file('/var/log/yum.log', '', { mode: 0o600 }),
        ]),
    ),
    emptyStep(
      `/bin/sh -c #(nop)  LABEL org.label-schema.schema-version=1.0 org.label-schema.name=CentOS Base Image org.label-schema.vendor=CentOS org.label-schema.license=GPLv2 org.label-schema.build-date=20201113 org.opencontainers.image.title=CentOS Base Image org.opencontainers.image.vendor=CentOS org.opencontainers.image.licenses=GPL-2.0-only org.opencontainers.image.created=2020-11-13 00:00:00+00:00`,
    ),
    emptyStep('/bin/sh -c #(nop)  CMD ["/bin/bash"]'),
  ],
};

export const rpmImages: readonly ImageDefinition[] = [rocky, centos];

/** Tags that those repositories have, and these images are not. */
export const RPM_NOT_SIMULATED =
  /^(docker\.io\/library\/rockylinux:(sha256:|[89]($|[.-]))|docker\.io\/library\/centos:(sha256:|latest$|(centos)?[5678]($|\.))|quay\.io\/centos\/centos:(sha256:|latest$|stream|(centos)?[678]($|\.)))/;
