/** docker.io/library/nginx: Debian and Alpine variants, and what others build on it. */
import { emptyStep, layer, type ImageDefinition, type LayerStep } from '../container/image-definition.ts';
import { commands } from './base/commands.ts';
import { debianGroup, debianPasswd } from './base/debian.ts';
import { ALPINE_GROUP, ALPINE_PASSWD } from './base/busybox.ts';
import { executable } from '../container/layer-files.ts';
import { ALPINE_3_18, ALPINE_3_20, ALPINE_3_21, ALPINE_3_22 } from './alpine.ts';
import { BOOKWORM_SLIM, BULLSEYE_SLIM, BUSTER_SLIM, STRETCH_SLIM, WHEEZY } from './debian.ts';
import { entrypointFiles, nginxPackage } from './programs/nginx/files.ts';

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const LABELS = { maintainer: 'NGINX Docker Maintainers <docker-maint@nginx.com>' };
const DAY_MS = 86_400_000;

interface Release {
  readonly version: string;
  readonly tags: readonly string[];
  /** When the image was built, and when upstream released the version (dates of its files), both Unix ms of days. */
  readonly created: string;
  readonly releasedDay: number;
  readonly base: LayerStep;
  readonly packageBytes: number;
  readonly packageCompressed: number;
  /** 1: no entrypoint script; 2: three scripts; 3: with local resolvers. */
  readonly generation: 1 | 2 | 3;
  readonly alpine?: true;
}

function nginx(release: Release): ImageDefinition {
  const { version, generation, base, alpine } = release;
  return {
    references: release.tags.map((tag) => `docker.io/library/nginx:${tag}`),
    created: release.created,
    config: {
      ExposedPorts: { '80/tcp': {} },
      Env: [
        PATH,
        `NGINX_VERSION=${version}`,
        'NJS_VERSION=0.8.10',
        'NJS_RELEASE=1~bookworm',
        `PKG_RELEASE=1${alpine === true ? '' : '~bookworm'}`,
      ],
      ...(generation === 1 ? {} : { Entrypoint: ['/docker-entrypoint.sh'] }),
      Cmd: ['nginx', '-g', 'daemon off;'],
      Labels: LABELS,
      StopSignal: generation === 1 ? 'SIGTERM' : 'SIGQUIT',
    },
    steps: [
      base,
      emptyStep('LABEL maintainer=NGINX Docker Maintainers <docker-maint@nginx.com>'),
      emptyStep(`ENV NGINX_VERSION=${version}`),
      packageStep(release),
      ...(generation === 1 ? [] : entrypointSteps(generation === 3)),
      emptyStep('EXPOSE map[80/tcp:{}]'),
      emptyStep(`STOPSIGNAL ${generation === 1 ? 'SIGTERM' : 'SIGQUIT'}`),
      emptyStep('CMD ["nginx" "-g" "daemon off;"]'),
    ],
    rests: { memoryBytes: 64 * 1024 * 1024, processes: 64 },
  };
}

/** Accounts of the image: the base's and nginx's own. */
const usersOf = ({ alpine }: Release): { readonly passwd: string; readonly group: string } =>
  alpine === true
    ? {
        passwd: `${ALPINE_PASSWD}nginx:x:101:101:nginx:/var/cache/nginx:/sbin/nologin\n`,
        group: `${ALPINE_GROUP}nginx:x:101:nginx\n`,
      }
    : {
        passwd: debianPasswd([`nginx:x:101:101:nginx user:/nonexistent:/bin/false`]),
        group: debianGroup(['nginx:x:101:']),
      };

function packageStep(release: Release): LayerStep {
  const { generation, packageBytes, packageCompressed, releasedDay } = release;
  return layer(
    `RUN /bin/sh -c set -x     && apkArch="$(cat /etc/apk/arch)" … # buildkit`,
    packageBytes,
    packageCompressed,
    () =>
      nginxPackage({
        notices: generation > 1,
        autoWorkers: generation > 1,
        oldPage: generation === 1,
        modifiedMs: releasedDay * DAY_MS + 12 * 3_600_000,
        ...usersOf(release),
        more: [
          ...(generation > 1 ? commands('/usr/bin', ['curl', 'envsubst']) : []),
          executable('/usr/sbin/nginx-debug', 'nginx'),
        ],
      }),
  );
}

/** The entrypoint and its scripts, a layer each. */
function entrypointSteps(localResolvers: boolean): ImageDefinition['steps'] {
  const script = (name: string, number: string, bytes: number, compressed: number): LayerStep =>
    layer(`COPY ${name} /docker-entrypoint.d # buildkit`, bytes, compressed, () =>
      entrypointFiles(localResolvers).filter(({ path }) => path.includes(`/${number}-`)),
    );
  return [
    layer('COPY docker-entrypoint.sh / # buildkit', 1_620, 628, () => entrypointFiles(localResolvers).slice(0, 1)),
    script('10-listen-on-ipv6-by-default.sh', '10', 2_125, 957),
    ...(localResolvers ? [script('15-local-resolvers.envsh', '15', 389, 402)] : []),
    script('20-envsubst-on-templates.sh', '20', 3_020, 1_210),
    script('30-tune-worker-processes.sh', '30', 4_620, 1_399),
    emptyStep('ENTRYPOINT ["/docker-entrypoint.sh"]'),
  ];
}

/** Days since 1970 of upstream's release dates. */
const RELEASED = {
  '1.29': 20_262,
  '1.28': 20_201,
  '1.27': 20_194,
  '1.26': 20_124,
  '1.25': 19_828,
  '1.24': 19_458,
  '1.23': 19_444,
  '1.22': 19_284,
  '1.21': 18_990,
  '1.20': 18_766,
  '1.19': 18_716,
  '1.18': 18_373,
  '1.17': 18_366,
  '1.16': 18_121,
  '1.14': 17_869,
  '1.7': 16_342,
} as const;

const RELEASES: readonly Release[] = [
  {
    version: '1.29.1',
    tags: ['latest', '1.29', '1.29.1', 'mainline', '1', 'bookworm'],
    created: '2025-08-13T16:34:01Z',
    releasedDay: RELEASED['1.29'],
    base: BOOKWORM_SLIM.step,
    packageBytes: 117_300_000,
    packageCompressed: 43_960_000,
    generation: 3,
  },
  {
    version: '1.28.0',
    tags: ['stable', '1.28', '1.28.0'],
    created: '2025-04-23T20:06:01Z',
    releasedDay: RELEASED['1.28'],
    base: BOOKWORM_SLIM.step,
    packageBytes: 117_000_000,
    packageCompressed: 43_900_000,
    generation: 3,
  },
  {
    version: '1.27.5',
    tags: ['1.27', '1.27.5', '1.27.0', '1.27.1', '1.27.2', '1.27.3', '1.27.4'],
    created: '2025-04-16T14:50:31Z',
    releasedDay: RELEASED['1.27'],
    base: BOOKWORM_SLIM.step,
    packageBytes: 117_200_000,
    packageCompressed: 43_960_000,
    generation: 3,
  },
  {
    version: '1.26.3',
    tags: ['1.26', '1.26.3', '1.26.0', '1.26.1', '1.26.2'],
    created: '2025-02-05T21:27:16Z',
    releasedDay: RELEASED['1.26'],
    base: BOOKWORM_SLIM.step,
    packageBytes: 117_000_000,
    packageCompressed: 43_900_000,
    generation: 3,
  },
  {
    version: '1.25.5',
    tags: ['1.25', '1.25.5', '1.25.0', '1.25.1', '1.25.2', '1.25.3', '1.25.4'],
    created: '2024-04-16T23:37:16Z',
    releasedDay: RELEASED['1.25'],
    base: BOOKWORM_SLIM.step,
    packageBytes: 113_000_000,
    packageCompressed: 41_900_000,
    generation: 3,
  },
  {
    version: '1.24.0',
    tags: ['1.24', '1.24.0'],
    created: '2023-04-11T17:31:56Z',
    releasedDay: RELEASED['1.24'],
    base: BULLSEYE_SLIM.step,
    packageBytes: 61_500_000,
    packageCompressed: 25_600_000,
    generation: 3,
  },
  {
    version: '1.23.4',
    tags: ['1.23', '1.23.4', '1.23.0', '1.23.1', '1.23.2', '1.23.3'],
    created: '2023-03-28T20:00:00Z',
    releasedDay: RELEASED['1.23'],
    base: BULLSEYE_SLIM.step,
    packageBytes: 61_500_000,
    packageCompressed: 25_600_000,
    generation: 3,
  },
  {
    version: '1.22.1',
    tags: ['1.22', '1.22.0', '1.22.1'],
    created: '2022-10-19T09:00:00Z',
    releasedDay: RELEASED['1.22'],
    base: BULLSEYE_SLIM.step,
    packageBytes: 61_000_000,
    packageCompressed: 25_500_000,
    generation: 2,
  },
  {
    version: '1.21.6',
    tags: ['1.21', '1.21.6', '1.21.0', '1.21.1', '1.21.3', '1.21.4', '1.21.5'],
    created: '2022-01-26T09:00:00Z',
    releasedDay: RELEASED['1.21'],
    base: BULLSEYE_SLIM.step,
    packageBytes: 61_200_000,
    packageCompressed: 25_400_000,
    generation: 2,
  },
  {
    version: '1.20.2',
    tags: ['1.20', '1.20.0', '1.20.1', '1.20.2'],
    created: '2021-11-17T09:00:00Z',
    releasedDay: RELEASED['1.20'],
    base: BULLSEYE_SLIM.step,
    packageBytes: 60_800_000,
    packageCompressed: 25_300_000,
    generation: 2,
  },
  {
    version: '1.19.10',
    tags: ['1.19', '1.19.0', '1.19.1', '1.19.2', '1.19.3', '1.19.6', '1.19.10'],
    created: '2021-04-13T19:00:00Z',
    releasedDay: RELEASED['1.19'],
    base: BUSTER_SLIM.step,
    packageBytes: 63_800_000,
    packageCompressed: 26_600_000,
    generation: 2,
  },
  {
    version: '1.18.0',
    tags: ['1.18', '1.18.0'],
    created: '2021-04-13T19:10:00Z',
    releasedDay: RELEASED['1.18'],
    base: BUSTER_SLIM.step,
    packageBytes: 63_900_000,
    packageCompressed: 26_600_000,
    generation: 2,
  },
  {
    version: '1.17.10',
    tags: ['1.17', '1.17.1', '1.17.8', '1.17.9', '1.17.10'],
    created: '2020-04-14T19:00:00Z',
    releasedDay: RELEASED['1.17'],
    base: BUSTER_SLIM.step,
    packageBytes: 57_500_000,
    packageCompressed: 23_900_000,
    generation: 1,
  },
  {
    version: '1.16.1',
    tags: ['1.16', '1.16.0', '1.16.1'],
    created: '2020-04-23T13:02:00Z',
    releasedDay: RELEASED['1.16'],
    base: BUSTER_SLIM.step,
    packageBytes: 57_600_000,
    packageCompressed: 23_800_000,
    generation: 1,
  },
  {
    version: '1.14.2',
    tags: ['1.14', '1.14.0', '1.14.1', '1.14.2', '1.15', '1.15.4', '1.15.12', '1.13', '1.12', '1.10', '1.11'],
    created: '2019-03-26T23:14:52Z',
    releasedDay: RELEASED['1.14'],
    base: STRETCH_SLIM.step,
    packageBytes: 54_000_000,
    packageCompressed: 22_200_000,
    generation: 1,
  },
  {
    version: '1.7.9',
    tags: ['1.7.9', '1.7', '1.8', '1.9', '1.9.1'],
    created: '2015-01-27T18:43:46Z',
    releasedDay: RELEASED['1.7'],
    base: WHEEZY.step,
    packageBytes: 6_700_000,
    packageCompressed: 2_600_000,
    generation: 1,
  },
  {
    version: '1.29.1',
    tags: ['alpine', '1.29-alpine', '1.29.1-alpine', 'mainline-alpine', '1-alpine', 'alpine3.22'],
    created: '2025-08-13T16:34:01Z',
    releasedDay: RELEASED['1.29'],
    base: ALPINE_3_22.base,
    packageBytes: 44_200_000,
    packageCompressed: 16_800_000,
    generation: 3,
    alpine: true,
  },
  {
    version: '1.28.0',
    tags: ['stable-alpine', '1.28-alpine', '1.28.0-alpine'],
    created: '2025-04-23T20:06:01Z',
    releasedDay: RELEASED['1.28'],
    base: ALPINE_3_21.base,
    packageBytes: 40_400_000,
    packageCompressed: 16_700_000,
    generation: 3,
    alpine: true,
  },
  {
    version: '1.27.5',
    tags: ['1.27-alpine', '1.27.5-alpine', '1.27.0-alpine', '1.27.2-alpine', '1.27.3-alpine'],
    created: '2025-04-16T14:50:31Z',
    releasedDay: RELEASED['1.27'],
    base: ALPINE_3_21.base,
    packageBytes: 40_400_000,
    packageCompressed: 16_700_000,
    generation: 3,
    alpine: true,
  },
  {
    version: '1.26.3',
    tags: ['1.26-alpine', '1.26.3-alpine', '1.25-alpine', '1.25.3-alpine', '1.25.5-alpine'],
    created: '2025-02-05T21:27:16Z',
    releasedDay: RELEASED['1.26'],
    base: ALPINE_3_20.base,
    packageBytes: 40_000_000,
    packageCompressed: 16_500_000,
    generation: 3,
    alpine: true,
  },
  {
    version: '1.21.6',
    tags: [
      '1.21-alpine',
      '1.21.6-alpine',
      '1.19-alpine',
      '1.18-alpine',
      '1.20-alpine',
      '1.23-alpine',
      '1.24-alpine',
      '1.22-alpine',
      '1.16-alpine',
      '1.17-alpine',
    ],
    created: '2022-01-26T09:00:00Z',
    releasedDay: RELEASED['1.21'],
    base: ALPINE_3_18.base,
    packageBytes: 16_100_000,
    packageCompressed: 6_700_000,
    generation: 2,
    alpine: true,
  },
];

/** A tag that names another patch release is an image of that release. */
function patchReleases(release: Release): readonly Release[] {
  const byVersion = new Map<string, string[]>([[release.version, []]]);
  for (const tag of release.tags) {
    const version = /^\d+\.\d+\.\d+/.exec(tag)?.[0] ?? /^\d+\.\d+/.exec(tag)?.[0] ?? release.version;
    const own = release.version.startsWith(version)
      ? release.version
      : /^\d+\.\d+\.\d+$/.test(version)
        ? version
        : `${version}.${LAST_PATCH[version] ?? '0'}`;
    byVersion.set(own, [...(byVersion.get(own) ?? []), tag]);
  }
  return [...byVersion].filter(([, tags]) => tags.length > 0).map(([version, tags]) => ({ ...release, version, tags }));
}

/** Last patch of release lines that share an entry above. */
const LAST_PATCH: Readonly<Record<string, string>> = {
  '1.8': '1',
  '1.9': '15',
  '1.10': '3',
  '1.11': '13',
  '1.12': '2',
  '1.13': '12',
  '1.15': '12',
  '1.16': '1',
  '1.17': '10',
  '1.19': '10',
  '1.20': '2',
  '1.22': '1',
  '1.23': '4',
  '1.25': '5',
};

export const nginxImages: readonly ImageDefinition[] = RELEASES.flatMap(patchReleases).map(nginx);
