/** Images of servers and tools that exercises use. */
import { directory, executable, file, link } from '../container/layer-files.ts';
import { emptyStep, layer, type ImageDefinition } from '../container/image-definition.ts';
import { ALPINE_3_18, ALPINE_3_19, ALPINE_3_21, ALPINE_3_22 } from './alpine.ts';
import { debianGroup, debianPasswd } from './base/debian.ts';
import { ALPINE_GROUP, ALPINE_PASSWD } from './base/busybox.ts';
import { commands } from './base/commands.ts';
import { BOOKWORM_SLIM, BUSTER_SLIM } from './debian.ts';
import { DISTROLESS_STATIC } from './kubernetes.ts';

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const HTTPD_PATH = 'PATH=/usr/local/apache2/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const HTTPD_CONF = `ServerRoot "/usr/local/apache2"

Listen 80

ServerAdmin you@example.com
#ServerName www.example.com:80

DocumentRoot "/usr/local/apache2/htdocs"
<Directory "/usr/local/apache2/htdocs">
    Options Indexes FollowSymLinks
    AllowOverride None
    Require all granted
</Directory>

<IfModule dir_module>
    DirectoryIndex index.html
</IfModule>

ErrorLog /proc/self/fd/2
LogLevel warn
CustomLog /proc/self/fd/1 common
`;

const httpdFiles = () => [
  executable('/usr/local/apache2/bin/httpd', 'httpd'),
  executable('/usr/local/bin/httpd-foreground', 'httpd'),
  file('/usr/local/apache2/conf/httpd.conf', HTTPD_CONF),
  {
    ...file('/usr/local/apache2/htdocs/index.html', '<html><body><h1>It works!</h1></body></html>\n'),
    mtimeMs: 1_181_583_914_000,
  },
  directory('/usr/local/apache2/logs'),
];

const httpd = (tags: readonly string[], alpine: boolean): ImageDefinition => ({
  references: tags.map((tag) => `docker.io/library/httpd:${tag}`),
  created: '2025-07-23T18:27:04Z',
  config: {
    ExposedPorts: { '80/tcp': {} },
    Env: [HTTPD_PATH, 'HTTPD_PREFIX=/usr/local/apache2', 'HTTPD_VERSION=2.4.65'],
    Cmd: ['httpd-foreground'],
    WorkingDir: '/usr/local/apache2',
    StopSignal: 'SIGWINCH',
  },
  steps: [
    alpine ? ALPINE_3_22.base : BOOKWORM_SLIM.step,
    layer(
      'RUN /bin/sh -c mkdir -p "$HTTPD_PREFIX" && chown www-data:www-data "$HTTPD_PREFIX" # buildkit',
      0,
      145,
      () => [directory('/usr/local/apache2', { uid: 33, gid: 33 })],
    ),
    emptyStep('WORKDIR /usr/local/apache2'),
    layer(
      'RUN /bin/sh -c set -eux; apt-get update; … # buildkit',
      alpine ? 5_300_000 : 11_600_000,
      alpine ? 1_900_000 : 4_010_000,
      () => [],
    ),
    layer(
      'RUN /bin/sh -c set -eux; … make install; … # buildkit',
      alpine ? 52_000_000 : 61_300_000,
      alpine ? 15_800_000 : 26_000_000,
      httpdFiles,
    ),
    layer('COPY httpd-foreground /usr/local/bin/ # buildkit', 138, 293, () => [
      executable('/usr/local/bin/httpd-foreground', 'httpd'),
    ]),
    emptyStep('EXPOSE map[80/tcp:{}]'),
    emptyStep('CMD ["httpd-foreground"]'),
  ],
  rests: { memoryBytes: 64 * 1024 * 1024, processes: 16 },
});

const redis = (version: string, tags: readonly string[], alpine: boolean): ImageDefinition => ({
  references: tags.map((tag) => `docker.io/library/redis:${tag}`),
  created: '2025-07-06T18:00:00Z',
  config: {
    ExposedPorts: { '6379/tcp': {} },
    Env: [PATH, `REDIS_VERSION=${version}`],
    Entrypoint: ['redis-server'],
    Volumes: { '/data': {} },
    WorkingDir: '/data',
  },
  steps: [
    alpine ? ALPINE_3_21.base : BOOKWORM_SLIM.step,
    layer(
      'RUN /bin/sh -c set -eux; groupadd -r -g 999 redis; useradd -r -g redis -u 999 redis # buildkit',
      4_300,
      1_100,
      () => [
        file(
          '/etc/passwd',
          alpine
            ? `${ALPINE_PASSWD}redis:x:999:1000::/home/redis:/sbin/nologin\n`
            : debianPasswd(['redis:x:999:999::/home/redis:/bin/sh']),
        ),
        file('/etc/group', alpine ? `${ALPINE_GROUP}redis:x:1000:\n` : debianGroup(['redis:x:999:'])),
      ],
    ),
    layer(
      'RUN /bin/sh -c set -eux; … make -C /usr/src/redis install; … # buildkit',
      alpine ? 33_000_000 : 42_000_000,
      alpine ? 13_500_000 : 17_000_000,
      () => [
        executable('/usr/local/bin/redis-server', 'redis-server'),
        executable('/usr/local/bin/redis-cli', 'redis-cli'),
      ],
    ),
    layer('RUN /bin/sh -c mkdir /data && chown redis:redis /data # buildkit', 0, 98, () => [
      directory('/data', { uid: 999, gid: alpine ? 1000 : 999 }),
    ]),
    emptyStep('VOLUME [/data]'),
    emptyStep('EXPOSE map[6379/tcp:{}]'),
    emptyStep('CMD ["redis-server"]'),
  ],
  rests: { memoryBytes: 32 * 1024 * 1024, processes: 8 },
});

const agnhost: ImageDefinition = {
  references: [
    '2.61',
    '2.59',
    '2.57',
    '2.56',
    '2.53',
    '2.52',
    '2.47',
    '2.45',
    '2.43',
    '2.40',
    '2.39',
    '2.33',
    '2.21',
  ].map((tag) => `registry.k8s.io/e2e-test-images/agnhost:${tag}`),
  created: '2024-06-13T09:20:27Z',
  config: {
    ExposedPorts: { '80/tcp': {}, '8080/tcp': {}, '8081/tcp': {}, '9376/tcp': {} },
    Env: [PATH],
    Entrypoint: ['/agnhost'],
    Cmd: ['pause'],
  },
  steps: [
    ALPINE_3_19.base,
    layer(
      'RUN /bin/sh -c apk --update add bind-tools curl netcat-openbsd iproute2 iperf jq # buildkit',
      65_000_000,
      25_000_000,
      () => commands('/usr/bin', ['curl', 'dig', 'nslookup', 'nc', 'jq']),
    ),
    layer('ADD agnhost agnhost # buildkit', 56_000_000, 20_600_000, () => [
      executable('/agnhost', 'agnhost'),
      link('/agnhost-2', 'agnhost'),
    ]),
    emptyStep('ENTRYPOINT ["/agnhost"]'),
    emptyStep('CMD ["pause"]'),
  ],
};

const helloWorld: ImageDefinition = {
  references: ['latest', 'linux'].map((tag) => `docker.io/library/hello-world:${tag}`),
  created: '2025-01-21T23:32:32Z',
  config: { Env: [PATH], Cmd: ['/hello'], WorkingDir: '/' },
  steps: [
    layer('COPY hello / # buildkit', 10_072, 2_380, () => [executable('/hello', 'hello-world')]),
    emptyStep('CMD ["/hello"]'),
  ],
};

const httpEcho = (tags: readonly string[], old: boolean): ImageDefinition => ({
  references: tags.map((tag) => `docker.io/hashicorp/http-echo:${tag}`),
  created: old ? '2017-06-09T22:02:33Z' : '2024-01-26T16:52:07Z',
  config: {
    ExposedPorts: { '5678/tcp': {} },
    Env: [PATH, ...(old ? ['HTTP_ECHO_OLD=1'] : ['PRODUCT_NAME=http-echo', 'PRODUCT_VERSION=1.0.0'])],
    Entrypoint: ['/http-echo'],
    ...(old ? {} : { User: '65532', Cmd: ['-text', ''] }),
  },
  steps: [
    ...(old ? [] : [DISTROLESS_STATIC]),
    layer(
      'COPY dist/linux/amd64/http-echo /http-echo # buildkit',
      old ? 4_790_000 : 6_400_000,
      old ? 1_900_000 : 2_900_000,
      () => [executable('/http-echo', 'http-echo')],
    ),
    emptyStep('EXPOSE map[5678/tcp:{}]'),
    emptyStep('ENTRYPOINT ["/http-echo"]'),
  ],
});

const curl: ImageDefinition = {
  references: [
    'latest',
    '8.17.0',
    '8.16.0',
    '8.15.0',
    '8.14.1',
    '8.12.1',
    '8.11.1',
    '8.10.1',
    '8.9.1',
    '8.8.0',
    '8.7.1',
    '8.6.0',
    '8.5.0',
    '8.4.0',
    '7.88.1',
    '7.87.0',
    '7.85.0',
    '7.84.0',
    '7.78.0',
  ].flatMap((tag) => [`docker.io/curlimages/curl:${tag}`, `quay.io/curl/curl:${tag}`]),
  created: '2025-06-04T07:12:00Z',
  config: {
    User: 'curl_user',
    Env: [PATH, 'CURL_CA_BUNDLE=/cacert.pem'],
    Entrypoint: ['/entrypoint.sh'],
    Cmd: ['curl'],
    WorkingDir: '/home/curl_user',
  },
  steps: [
    ALPINE_3_22.base,
    layer('/bin/sh', 13_900_000, 6_300_000, () => [
      file('/etc/passwd', `${ALPINE_PASSWD}curl_user:x:100:101:Linux User,,,:/home/curl_user:/sbin/nologin\n`),
      file('/etc/group', `${ALPINE_GROUP}curl_group:x:101:curl_user\n`),
      directory('/home/curl_user', { uid: 100, gid: 101 }),
      executable('/usr/bin/curl', 'curl'),
      executable('/entrypoint.sh', 'curl-entrypoint'),
      file('/cacert.pem', ''),
    ]),
    emptyStep('ENTRYPOINT ["/entrypoint.sh"]'),
    emptyStep('CMD ["curl"]'),
  ],
};

interface Simple {
  readonly references: readonly string[];
  readonly created: string;
  readonly port: number;
  readonly path: string;
  readonly program: string;
  readonly sizeBytes: number;
  readonly compressedBytes: number;
  readonly workingDir?: string;
}

const simple = ({
  references,
  created,
  port,
  path,
  program,
  sizeBytes,
  compressedBytes,
  workingDir,
}: Simple): ImageDefinition => ({
  references,
  created,
  config: {
    ExposedPorts: { [`${String(port)}/tcp`]: {} },
    Env: [PATH],
    Cmd: [path],
    ...(workingDir === undefined ? {} : { WorkingDir: workingDir }),
  },
  steps: [
    ALPINE_3_18.base,
    layer(`COPY ${program} ${path}`, sizeBytes, compressedBytes, () => [executable(path, program)]),
    emptyStep(`EXPOSE ${String(port)}`),
    emptyStep(`CMD ["${path}"]`),
  ],
});

const perl: ImageDefinition = {
  references: ['latest', '5.40', '5.38', '5.36', '5.34', '5.34.0', '5', '5.34.1', 'slim', 'stable'].map(
    (tag) => `docker.io/library/perl:${tag}`,
  ),
  created: '2022-03-13T00:00:00Z',
  config: { Env: [PATH, 'PERL_VERSION=5.34.1'], Cmd: ['perl5.34.1', '-de0'], WorkingDir: '/usr/src/app' },
  steps: [
    BUSTER_SLIM.step,
    layer('RUN /bin/sh -c … make install … # buildkit', 58_000_000, 15_000_000, () => [
      ...commands('/usr/local/bin', ['perl']),
      directory('/usr/src/app'),
    ]),
  ],
};

export const serverImages: readonly ImageDefinition[] = [
  httpd(['latest', '2.4', '2', '2.4.65', '2.4.62', '2.4.58', 'bookworm'], false),
  httpd(['alpine', '2.4-alpine', '2-alpine'], true),
  redis('8.0.3', ['latest', '8', '8.0', '8.0.3'], false),
  redis('7.4.5', ['7', '7.4', '7.4.5', '7.2', '7.0'], false),
  redis('6.2.19', ['6', '6.2', '6.0', '5', '5.0', '5.0.4', '3.2'], false),
  redis('8.0.3', ['alpine', '8-alpine'], true),
  redis('7.4.5', ['7-alpine', '7.4-alpine', '7.2-alpine', '6-alpine', '6.2-alpine'], true),
  agnhost,
  helloWorld,
  httpEcho(['latest', '1.0', '1.0.0', 'alpine'], false),
  httpEcho(['0.2.3', '0.2.1', '0.2.2'], true),
  curl,
  simple({
    references: ['docker.io/dgkanatsios/simpleapp:latest'],
    created: '2021-07-19T15:55:19Z',
    port: 8080,
    path: '/simpleapp',
    program: 'simpleapp',
    sizeBytes: 7_100_000,
    compressedBytes: 3_400_000,
  }),
  simple({
    references: ['docker.io/arisu1000/simple-container-app:latest'],
    created: '2019-03-02T08:29:33Z',
    port: 8080,
    path: '/simple-container-app',
    program: 'simple-container-app',
    sizeBytes: 6_600_000,
    compressedBytes: 3_100_000,
  }),
  simple({
    references: ['docker.io/alicek106/composetest:web', 'docker.io/alicek106/composetest:latest'],
    created: '2017-02-14T13:15:28Z',
    port: 80,
    path: '/usr/local/bin/composetest-web',
    program: 'composetest-web',
    sizeBytes: 230_000_000,
    compressedBytes: 90_000_000,
  }),
  simple({
    references: ['docker.io/alicek106/composetest:mysql'],
    created: '2017-02-14T13:16:46Z',
    port: 3306,
    path: '/usr/sbin/mysqld',
    program: 'mysqld',
    sizeBytes: 320_000_000,
    compressedBytes: 110_000_000,
  }),
  perl,
];
