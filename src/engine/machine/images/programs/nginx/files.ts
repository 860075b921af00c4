/** What the nginx package and the image's Dockerfile install. */
import { directory, executable, file, link, script, type LayerFile } from '../../../container/layer-files.ts';

/** conf.d/default.conf as packaged: the entrypoint compares with it. */
export const DEFAULT_CONF = `server {
    listen       80;
    server_name  localhost;

    #access_log  /var/log/nginx/host.access.log  main;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }

    #error_page  404              /404.html;

    # redirect server error pages to the static page /50x.html
    #
    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   /usr/share/nginx/html;
    }
}

`;

const nginxConf = (level: string, workers: string): string => `
user  nginx;
worker_processes  ${workers};

error_log  /var/log/nginx/error.log ${level};
pid        /run/nginx.pid;


events {
    worker_connections  1024;
}


http {
    include       /etc/nginx/mime.types;
    default_type  application/octet-stream;

    log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                      '$status $body_bytes_sent "$http_referer" '
                      '"$http_user_agent" "$http_x_forwarded_for"';

    access_log  /var/log/nginx/access.log  main;

    sendfile        on;
    #tcp_nopush     on;

    keepalive_timeout  65;

    #gzip  on;

    include /etc/nginx/conf.d/*.conf;
}
`;

const MIME_TYPES: readonly (readonly [string, string])[] = [
  ['text/html', 'html htm shtml'],
  ['text/css', 'css'],
  ['text/xml', 'xml'],
  ['image/gif', 'gif'],
  ['image/jpeg', 'jpeg jpg'],
  ['application/javascript', 'js'],
  ['text/mathml', 'mml'],
  ['text/plain', 'txt'],
  ['image/avif', 'avif'],
  ['image/png', 'png'],
  ['image/svg+xml', 'svg svgz'],
  ['image/webp', 'webp'],
  ['image/x-icon', 'ico'],
  ['font/woff', 'woff'],
  ['font/woff2', 'woff2'],
  ['application/json', 'json'],
  ['application/pdf', 'pdf'],
  ['application/wasm', 'wasm'],
  ['application/zip', 'zip'],
  ['application/octet-stream', 'bin exe dll deb dmg iso img msi'],
  ['audio/mpeg', 'mp3'],
  ['video/mp4', 'mp4'],
];
const mimeTypes = `\ntypes {\n${MIME_TYPES.map(([type, extensions]) => `    ${type.padEnd(48)} ${extensions};`).join('\n')}\n}\n`;

/** The welcome page: 615 bytes, as shipped since 1.21.5 (612 before). */
export const WELCOME_PAGE = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`;
const OLD_WELCOME_PAGE = WELCOME_PAGE.replace(
  'html { color-scheme: light dark; }\nbody { width: 35em; margin: 0 auto;\nfont-family: Tahoma, Verdana, Arial, sans-serif; }',
  '    body {\n        width: 35em;\n        margin: 0 auto;\n        font-family: Tahoma, Verdana, Arial, sans-serif;\n    }',
);

const PAGE_50X = `<!DOCTYPE html>
<html>
<head>
<title>Error</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>An error occurred.</h1>
<p>Sorry, the page you are looking for is currently unavailable.<br/>
Please try again later.</p>
<p>If you are the system administrator of this resource then you should check
the error log for details.</p>
<p><em>Faithfully yours, nginx.</em></p>
</body>
</html>
`;

export interface NginxPackage {
  readonly notices: boolean;
  readonly autoWorkers: boolean;
  readonly oldPage: boolean;
  readonly modifiedMs: number;
  readonly passwd: string;
  readonly group: string;
  readonly more: readonly LayerFile[];
}

/** The layer that installs the package. */
export function nginxPackage({
  notices,
  autoWorkers,
  oldPage,
  modifiedMs,
  passwd,
  group,
  more,
}: NginxPackage): readonly LayerFile[] {
  const html = (path: string, text: string): LayerFile => ({ ...file(path, text), mtimeMs: modifiedMs });
  return [
    executable('/usr/sbin/nginx', 'nginx'),
    html('/etc/nginx/nginx.conf', nginxConf(notices ? 'notice' : 'warn', autoWorkers ? 'auto' : '1')),
    html('/etc/nginx/conf.d/default.conf', DEFAULT_CONF),
    html('/etc/nginx/mime.types', mimeTypes),
    html('/usr/share/nginx/html/index.html', oldPage ? OLD_WELCOME_PAGE : WELCOME_PAGE),
    html('/usr/share/nginx/html/50x.html', PAGE_50X),
    directory('/var/cache/nginx'),
    directory('/var/log/nginx'),
    link('/var/log/nginx/access.log', '/dev/stdout'),
    link('/var/log/nginx/error.log', '/dev/stderr'),
    file('/etc/passwd', passwd),
    file('/etc/group', group),
    ...more,
  ];
}

const SCRIPTS = [
  '10-listen-on-ipv6-by-default.sh',
  '15-local-resolvers.envsh',
  '20-envsubst-on-templates.sh',
  '30-tune-worker-processes.sh',
];

/** The entrypoint's layers' files. */
export const entrypointFiles = (localResolvers: boolean): readonly LayerFile[] => [
  executable('/docker-entrypoint.sh', 'nginx-entrypoint'),
  ...SCRIPTS.filter((name) => localResolvers || !name.endsWith('.envsh')).map((name) =>
    script(`/docker-entrypoint.d/${name}`, `#!/bin/sh\n# What ${name} does is part of docker-entrypoint.sh here.\n`),
  ),
];
