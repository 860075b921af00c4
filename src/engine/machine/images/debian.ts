/** docker.io/library/debian and docker.io/library/ubuntu. */
import { directory, executable, file } from '../container/layer-files.ts';
import { emptyStep, layer, type ImageDefinition, type LayerStep } from '../container/image-definition.ts';
import { commands } from './base/commands.ts';
import { debianRelease } from './base/debian.ts';

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

interface Base {
  readonly created: string;
  readonly step: LayerStep;
}

function debian(
  codename: string,
  major: string,
  point: string,
  slim: boolean,
  created: string,
  sizeBytes: number,
  compressedBytes: number,
): Base {
  const release = {
    id: 'debian',
    name: 'Debian GNU/Linux',
    version: major,
    codename,
    pretty: `Debian GNU/Linux ${major} (${codename})`,
    debianVersion: point,
    // The 13th release's apt and administration need neither.
    packages: Number(major) >= 13 ? [] : ['adduser', 'e2fsprogs'],
  };
  return {
    created,
    step: layer(
      `# debian.sh --arch 'amd64' out/ '${codename}${slim ? '-slim' : ''}' '@${String(sizeBytes)}'`,
      sizeBytes,
      compressedBytes,
      () => debianRelease(release),
    ),
  };
}

export const TRIXIE = debian('trixie', '13', '13.1', false, '2025-09-08T21:14:26Z', 120_000_000, 49_280_000);
export const TRIXIE_SLIM = debian('trixie', '13', '13.1', true, '2025-09-08T21:14:26Z', 78_600_000, 29_770_000);
export const BOOKWORM = debian('bookworm', '12', '12.11', false, '2025-05-20T00:00:00Z', 116_503_000, 48_490_000);
export const BOOKWORM_SLIM = debian('bookworm', '12', '12.11', true, '2025-05-20T00:00:00Z', 74_814_000, 28_230_000);
export const BULLSEYE = debian('bullseye', '11', '11.11', false, '2025-05-20T00:00:00Z', 124_282_000, 53_740_000);
export const BULLSEYE_SLIM = debian('bullseye', '11', '11.11', true, '2025-05-20T00:00:00Z', 80_525_000, 30_250_000);
export const BUSTER_SLIM = debian('buster', '10', '10.9', true, '2021-04-10T00:00:00Z', 69_250_000, 27_140_000);
export const STRETCH_SLIM = debian('stretch', '9', '9.8', true, '2019-03-04T00:00:00Z', 55_300_000, 22_490_000);
export const WHEEZY = debian('wheezy', '7', '7.7', false, '2014-12-10T00:00:00Z', 84_980_000, 37_180_000);

const debianImage = ({ created, step }: Base, tags: readonly string[]): ImageDefinition => ({
  references: tags.map((tag) => `docker.io/library/debian:${tag}`),
  created,
  config: { Env: [PATH], Cmd: ['bash'] },
  steps: [step],
});

const ubuntuRelease = (version: string, codename: string, pretty: string, debianVersion: string) => ({
  id: 'ubuntu',
  name: 'Ubuntu',
  version,
  codename,
  pretty,
  debianVersion,
  packages: ['procps', 'e2fsprogs', ...(Number(version) >= 24.04 ? [] : ['adduser'])],
  ...(Number(version) >= 23.04 ? { firstUser: 'ubuntu' } : {}),
});

function ubuntu(
  tags: readonly string[],
  release: ReturnType<typeof ubuntuRelease>,
  created: string,
  sizeBytes: number,
  compressedBytes: number,
): ImageDefinition {
  return {
    references: tags.map((tag) => `docker.io/library/ubuntu:${tag}`),
    created,
    config: {
      Env: [PATH],
      Cmd: ['/bin/bash'],
      Labels: { 'org.opencontainers.image.ref.name': 'ubuntu', 'org.opencontainers.image.version': release.version },
    },
    steps: [
      emptyStep('/bin/sh -c #(nop)  ARG RELEASE'),
      emptyStep('/bin/sh -c #(nop)  ARG LAUNCHPAD_BUILD_ARCH'),
      emptyStep(`/bin/sh -c #(nop)  LABEL org.opencontainers.image.version=${release.version}`),
      layer('/bin/sh -c #(nop) ADD file:… in / ', sizeBytes, compressedBytes, () => debianRelease(release)),
      emptyStep('/bin/sh -c #(nop)  CMD ["/bin/bash"]'),
    ],
  };
}

/** 14.04 is old enough to have ping, ifconfig, ip and vi. */
const trusty: ImageDefinition = {
  references: ['docker.io/library/ubuntu:14.04', 'docker.io/library/ubuntu:trusty', 'docker.io/library/ubuntu:14.04.5'],
  created: '2021-03-25T22:19:30.221Z',
  config: { Env: [PATH], Cmd: ['/bin/bash'] },
  steps: [
    layer(
      '/bin/sh -c #(nop) ADD file:276b5d943a4d284f8a7a249176a31d6ddc1b8f37ad0f49b4d0a2ba3d5b02a8ed in / ',
      196_501_000,
      70_690_000,
      () => [
        ...debianRelease(ubuntuRelease('14.04', 'trusty', 'Ubuntu 14.04.6 LTS', 'jessie/sid')),
        ...commands('/usr/bin', ['ping', 'ifconfig', 'route', 'netstat', 'vi', 'less']),
        executable('/sbin/ip', 'ip'),
        file('/etc/vim/vimrc', '" All system-wide defaults are set in $VIMRUNTIME/debian.vim\nruntime! debian.vim\n'),
        file(
          '/etc/vim/vimrc.tiny',
          '" Vim configuration file, in effect when invoked as "vi".\nset runtimepath=~/.vim,/var/lib/vim/addons,/usr/share/vim/vimfiles\nset compatible\n',
        ),
      ],
    ),
    layer("/bin/sh -c set -xe   && echo '#!/bin/sh' > /usr/sbin/policy-rc.d", 195_000, 72_600, () => [
      file('/usr/sbin/policy-rc.d', '#!/bin/sh\nexit 101\n', { mode: 0o755 }),
    ]),
    layer("/bin/sh -c mkdir -p /run/systemd && echo 'docker' > /run/systemd/container", 7, 163, () => [
      directory('/run/systemd'),
      file('/run/systemd/container', 'docker\n'),
    ]),
    emptyStep('/bin/sh -c #(nop)  CMD ["/bin/bash"]'),
  ],
};

export const debianImages: readonly ImageDefinition[] = [
  debianImage(TRIXIE, ['latest', 'trixie', '13', '13.1', 'stable']),
  debianImage(TRIXIE_SLIM, ['trixie-slim', '13-slim', 'stable-slim']),
  debianImage(BOOKWORM, ['bookworm', '12', '12.11']),
  debianImage(BOOKWORM_SLIM, ['bookworm-slim', '12-slim']),
  debianImage(BULLSEYE, ['bullseye', '11', '11.11']),
  debianImage(BULLSEYE_SLIM, ['bullseye-slim', '11-slim']),
  debianImage(BUSTER_SLIM, ['buster-slim', '10-slim']),
  debianImage(STRETCH_SLIM, ['stretch-slim', '9-slim']),
  ubuntu(
    ['latest', '24.04', 'noble', 'noble-20250529'],
    ubuntuRelease('24.04', 'noble', 'Ubuntu 24.04.2 LTS', 'trixie/sid'),
    '2025-05-29T06:40:54Z',
    78_120_000,
    29_720_000,
  ),
  ubuntu(
    ['22.04', 'jammy'],
    ubuntuRelease('22.04', 'jammy', 'Ubuntu 22.04.5 LTS', 'bookworm/sid'),
    '2025-05-15T05:55:08Z',
    77_870_000,
    29_540_000,
  ),
  ubuntu(
    ['20.04', 'focal'],
    ubuntuRelease('20.04', 'focal', 'Ubuntu 20.04.6 LTS', 'bullseye/sid'),
    '2025-04-08T10:43:04Z',
    72_810_000,
    27_510_000,
  ),
  ubuntu(
    ['18.04', 'bionic'],
    ubuntuRelease('18.04', 'bionic', 'Ubuntu 18.04.6 LTS', 'buster/sid'),
    '2023-05-30T09:32:09Z',
    63_150_000,
    25_690_000,
  ),
  ubuntu(
    ['16.04', 'xenial'],
    ubuntuRelease('16.04', 'xenial', 'Ubuntu 16.04.7 LTS', 'stretch/sid'),
    '2021-08-31T01:21:30Z',
    134_900_000,
    46_500_000,
  ),
  trusty,
];
