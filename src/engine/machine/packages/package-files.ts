/** What a package puts on the disk beside its programs: configuration, units, pages. */
import { executableText } from '../../../protocol/program.ts';
import type { FileTreeEntry } from '../files/trees/file-tree.ts';
import type { PackageDescription } from './package.ts';
import { programsOf } from './package-programs.ts';

export interface PackageContent {
  /** Paths without a leading slash. */
  readonly entries: readonly FileTreeEntry[];
  /** Absolute paths of those that are configuration. */
  readonly conffiles: readonly string[];
}

const file = (path: string, text: string): FileTreeEntry => ({ path, type: 'file', text });
const link = (path: string, target: string): FileTreeEntry => ({ path, type: 'symlink', target });
const directory = (path: string): FileTreeEntry => ({ path, type: 'directory' });

const NGINX_UNIT = `[Unit]
Description=A high performance web server and a reverse proxy server
Documentation=man:nginx(8)
After=network-online.target remote-fs.target nss-lookup.target
Wants=network-online.target

[Service]
Type=exec
ExecStart=/usr/sbin/nginx -g 'daemon off;'
ExecReload=/usr/sbin/nginx -s reload
KillSignal=SIGQUIT
TimeoutStopSec=5

[Install]
WantedBy=multi-user.target
`;
const NGINX_CONF = `user www-data;
worker_processes auto;
pid /run/nginx.pid;
error_log /var/log/nginx/error.log;
include /etc/nginx/modules-enabled/*.conf;

events {
	worker_connections 768;
}

http {
	sendfile on;
	tcp_nopush on;
	types_hash_max_size 2048;

	include /etc/nginx/mime.types;
	default_type application/octet-stream;

	access_log /var/log/nginx/access.log;

	gzip on;

	include /etc/nginx/conf.d/*.conf;
	include /etc/nginx/sites-enabled/*;
}
`;
const NGINX_SITE = `server {
	listen 80 default_server;

	root /var/www/html;
	index index.html index.htm index.nginx-debian.html;

	server_name _;

	location / {
		try_files $uri $uri/ =404;
	}
}
`;
const NGINX_PAGE = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
</head>
<body>
<h1>Welcome to nginx!</h1>
</body>
</html>
`;
const MIME_TYPES = `types {
    text/html                             html htm shtml;
    text/css                              css;
    text/plain                            txt;
    application/javascript                js;
    application/json                      json;
    image/png                             png;
    image/jpeg                            jpeg jpg;
    image/svg+xml                         svg svgz;
}
`;
const REDIS_UNIT = `[Unit]
Description=Advanced key-value store
After=network.target
Documentation=http://redis.io/documentation, man:redis-server(1)

[Service]
Type=exec
ExecStart=/usr/bin/redis-server /etc/redis/redis.conf
Restart=always

[Install]
WantedBy=multi-user.target
Alias=redis.service
`;

/** Files of a package beside its programs and its documentation. */
const CONTENT: Readonly<Record<string, PackageContent>> = {
  'nginx-common': {
    entries: [
      file('etc/nginx/nginx.conf', NGINX_CONF),
      file('etc/nginx/mime.types', MIME_TYPES),
      file('etc/nginx/sites-available/default', NGINX_SITE),
      link('etc/nginx/sites-enabled/default', '/etc/nginx/sites-available/default'),
      directory('etc/nginx/conf.d'),
      directory('etc/nginx/modules-enabled'),
      file('var/www/html/index.nginx-debian.html', NGINX_PAGE),
      directory('var/log/nginx'),
      // Where the nginx of this model keeps bodies that are too long for memory.
      directory('var/cache/nginx'),
    ],
    conffiles: ['/etc/nginx/nginx.conf', '/etc/nginx/mime.types', '/etc/nginx/sites-available/default'],
  },
  // The unit belongs to nginx-common; it goes with the server here, which is what a removal stops.
  nginx: { entries: [file('usr/lib/systemd/system/nginx.service', NGINX_UNIT)], conffiles: [] },
  'redis-server': {
    entries: [
      file('etc/redis/redis.conf', 'bind 127.0.0.1 -::1\nport 6379\ndaemonize no\ndir /var/lib/redis\n'),
      directory('var/lib/redis'),
      file('usr/lib/systemd/system/redis-server.service', REDIS_UNIT),
    ],
    conffiles: ['/etc/redis/redis.conf'],
  },
  'ca-certificates': {
    entries: [
      file('etc/ca-certificates.conf', 'mozilla/ISRG_Root_X1.crt\n'),
      directory('etc/ssl/certs'),
      directory('usr/share/ca-certificates/mozilla'),
      directory('usr/local/share/ca-certificates'),
    ],
    conffiles: [],
  },
};

/** Everything in a package's data archive. */
export function contentOf({ name, version }: PackageDescription): PackageContent {
  const more = CONTENT[name];
  const programs = programsOf(name).map(({ id, path }): FileTreeEntry => ({
    path: path.slice(1),
    type: 'file',
    text: executableText(id),
    mode: id === 'sudo' || id === 'su' || id === 'passwd' ? 0o4755 : 0o755,
  }));
  return {
    entries: [
      ...programs,
      ...(more?.entries ?? []),
      file(`usr/share/doc/${name}/copyright`, `This is the Debian package of ${name}.\n`),
      file(`usr/share/doc/${name}/changelog.Debian`, `${name} (${version})\n`),
    ],
    conffiles: more?.conffiles ?? [],
  };
}
