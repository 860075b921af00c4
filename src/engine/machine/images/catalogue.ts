/** Every image that Drydock describes, and the programs that come with them. */
import type { ImageDefinition } from '../container/image-definition.ts';
import type { ReactiveProgram } from '../kernel/reactive.ts';
import { alpineImages } from './alpine.ts';
import { busyboxImages } from './busybox.ts';
import { debianImages } from './debian.ts';
import { distrolessImages, kubernetesImages, pauseImages } from './kubernetes.ts';
import { nginxImages } from './nginx.ts';
import { agnhost } from './programs/agnhost.ts';
import { curlEntrypoint } from './programs/curl-entrypoint.ts';
import { helloWorld } from './programs/hello-world.ts';
import { httpEcho } from './programs/http-echo.ts';
import { httpd } from './programs/httpd.ts';
import { nginxEntrypoint } from './programs/nginx/entrypoint.ts';
import { nginx } from './programs/nginx/nginx.ts';
import { pause } from './programs/pause.ts';
import { redis } from './programs/redis.ts';
import { composetestWeb, database, simpleapp, simpleContainerApp } from './programs/simple-servers.ts';
import { serverImages } from './servers.ts';

export const IMAGES: readonly ImageDefinition[] = [
  ...pauseImages,
  ...kubernetesImages,
  ...busyboxImages,
  ...alpineImages,
  ...debianImages,
  ...distrolessImages,
  ...nginxImages,
  ...serverImages,
];

/** Reactive programs by the id that their executables carry. */
export const IMAGE_PROGRAMS: ReadonlyMap<string, ReactiveProgram> = new Map([
  ['pause', pause],
  ['nginx', nginx],
  ['nginx-entrypoint', nginxEntrypoint],
  ['httpd', httpd],
  ['redis-server', redis],
  ['hello-world', helloWorld],
  ['http-echo', httpEcho],
  ['agnhost', agnhost],
  ['curl-entrypoint', curlEntrypoint],
  ['simpleapp', simpleapp],
  ['simple-container-app', simpleContainerApp],
  ['composetest-web', composetestWeb],
  ['mysqld', database],
]);

/** Well-known images that exist and are not described: pulling one says so instead of calling it unknown. */
export const NOT_SIMULATED: readonly string[] = [
  ...[
    'adminer',
    'amazonlinux',
    'archlinux',
    'bash',
    'buildpack-deps',
    'caddy',
    'cassandra',
    'centos',
    'composer',
    'consul',
    'couchdb',
    'docker',
    'drupal',
    'eclipse-temurin',
    'elasticsearch',
    'fedora',
    'ghost',
    'golang',
    'gradle',
    'haproxy',
    'influxdb',
    'jenkins',
    'joomla',
    'kibana',
    'kong',
    'logstash',
    'mariadb',
    'maven',
    'memcached',
    'mongo',
    'mongo-express',
    'mysql',
    'neo4j',
    'nextcloud',
    'node',
    'openjdk',
    'oraclelinux',
    'percona',
    'php',
    'phpmyadmin',
    'postgres',
    'python',
    'rabbitmq',
    'registry',
    'rockylinux',
    'ruby',
    'rust',
    'solr',
    'sonarqube',
    'swarm',
    'swift',
    'tomcat',
    'traefik',
    'vault',
    'wordpress',
    'zookeeper',
  ].map((name) => `docker.io/library/${name}`),
  ...[
    'bitnami/nginx',
    'bitnami/redis',
    'grafana/grafana',
    'prom/prometheus',
    'portainer/portainer',
    'nginxinc/nginx-unprivileged',
    'polinux/stress',
    'vish/stress',
    'gitea/gitea',
    'jenkins/jenkins',
    'containous/whoami',
    'traefik/whoami',
    'itzg/minecraft-server',
    'dpage/pgadmin4',
    'nicolaka/netshoot',
    'lmcnaughton/nettools',
  ].map((name) => `docker.io/${name}`),
  'gcr.io/google-samples/hello-app',
  'gcr.io/google-samples/node-hello',
  'gcr.io/google-samples/gb-frontend',
  'gcr.io/google-samples/xtrabackup',
  'registry.k8s.io/echoserver',
  'registry.k8s.io/nginx-slim',
  'registry.k8s.io/test-webserver',
  'registry.k8s.io/metrics-server/metrics-server',
  'registry.k8s.io/ingress-nginx/controller',
  'quay.io/prometheus/node-exporter',
  'registry.k8s.io/hpa-example',
];
