/** What a package of Rocky Linux or CentOS puts on the disk: programs, configuration, units, pages, accounts. */
import { sha256 } from '@noble/hashes/sha2.js';
import { encodeUtf8 } from '../../../../protocol/bytes.ts';
import { executableText } from '../../../../protocol/program.ts';
import type { RpmFile, RpmHeader } from '../../../../formats/rpm.ts';
import type { FileTreeEntry } from '../../files/trees/file-tree.ts';
import { releaseContent } from './release-content.ts';
import type { RpmDescription, RpmDistribution } from './rpm-package.ts';
import { rpmLinks, rpmPrograms } from './rpm-programs.ts';

const file = (path: string, text: string, mode = 0o644): FileTreeEntry => ({ path, type: 'file', text, mode });
const directory = (path: string): FileTreeEntry => ({ path, type: 'directory' });
const SET_UID = new Set(['su', 'mount', 'umount', 'passwd', 'newgrp', 'gpasswd', 'chage', 'chfn', 'chsh', 'sudo']);

const HTTPD_CONF = `ServerRoot "/etc/httpd"

Listen 80

Include conf.modules.d/*.conf
User apache
Group apache

ServerAdmin root@localhost
#ServerName www.example.com:80

DocumentRoot "/var/www/html"
<Directory "/var/www/html">
    Options Indexes FollowSymLinks
    AllowOverride None
    Require all granted
</Directory>

<IfModule dir_module>
    DirectoryIndex index.html
</IfModule>

ErrorLog "logs/error_log"
LogLevel warn
CustomLog "logs/access_log" combined

IncludeOptional conf.d/*.conf
`;
const HTTPD_UNIT = `[Unit]
Description=The Apache HTTP Server
Wants=httpd-init.service
After=network.target remote-fs.target nss-lookup.target httpd-init.service
Documentation=man:httpd.service(8)

[Service]
Type=notify
Environment=LANG=C
ExecStart=/usr/sbin/httpd $OPTIONS -DFOREGROUND
ExecReload=/usr/sbin/httpd $OPTIONS -k graceful
KillSignal=SIGWINCH
KillMode=mixed
PrivateTmp=true

[Install]
WantedBy=multi-user.target
`;
const NGINX_CONF = `user nginx;
worker_processes auto;
error_log /var/log/nginx/error.log;
pid /run/nginx.pid;

events {
    worker_connections 1024;
}

http {
    access_log  /var/log/nginx/access.log;
    sendfile            on;
    tcp_nopush          on;
    include             /etc/nginx/mime.types;
    default_type        application/octet-stream;
    include /etc/nginx/conf.d/*.conf;

    server {
        listen       80;
        server_name  _;
        root         /usr/share/nginx/html;
        include /etc/nginx/default.d/*.conf;
        error_page 404 /404.html;
        error_page 500 502 503 504 /50x.html;
    }
}
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
const page = (title: string): string =>
  `<!DOCTYPE html>\n<html>\n<head>\n<title>${title}</title>\n</head>\n<body>\n<h1>${title}</h1>\n</body>\n</html>\n`;
const EPEL = `[epel]
name=Extra Packages for Enterprise Linux $releasever - $basearch
#baseurl=https://download.example/pub/epel/$releasever/Everything/$basearch/
metalink=https://mirrors.fedoraproject.org/metalink?repo=epel-$releasever&arch=$basearch&infra=$infra&content=$contentdir
enabled=1
gpgcheck=1
countme=1
gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-EPEL-$releasever
`;

const HTTPD_FILES: readonly FileTreeEntry[] = [
  file('/etc/httpd/conf/httpd.conf', HTTPD_CONF),
  directory('/etc/httpd/conf.d'),
  directory('/etc/httpd/conf.modules.d'),
  file('/usr/lib/systemd/system/httpd.service', HTTPD_UNIT),
  { path: '/etc/httpd/logs', type: 'symlink', target: '../../var/log/httpd' },
  directory('/var/log/httpd'),
  directory('/var/www/html'),
];

/** Files by package, with absolute paths; the first directory of `conffiles` is /etc. */
const CONTENT: Readonly<Record<string, readonly FileTreeEntry[]>> = {
  httpd: HTTPD_FILES,
  nginx: [file('/usr/share/nginx/html/index.html', page('HTTP Server Test Page powered by: Rocky Linux'))],
  'nginx-core': [file('/etc/nginx/nginx.conf', NGINX_CONF), file('/etc/nginx/mime.types', MIME_TYPES)],
  'nginx-filesystem': [
    directory('/etc/nginx/conf.d'),
    directory('/etc/nginx/default.d'),
    directory('/usr/share/nginx/html'),
    directory('/var/log/nginx'),
    directory('/var/cache/nginx'),
  ],
  'epel-release': [
    file('/etc/yum.repos.d/epel.repo', EPEL),
    file(
      '/etc/pki/rpm-gpg/RPM-GPG-KEY-EPEL-9',
      '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nkey 8A3872BF3228467C\n-----END PGP PUBLIC KEY BLOCK-----\n',
    ),
  ],
  sudo: [file('/etc/sudoers', 'root\tALL=(ALL) \tALL\n%wheel\tALL=(ALL)\tALL\n', 0o440), directory('/etc/sudoers.d')],
  wget: [file('/etc/wgetrc', '# System-wide settings of wget\n')],
  'vim-common': [file('/etc/vimrc', 'set nocompatible\nset backspace=indent,eol,start\nset ruler\n')],
};
const USERS: Readonly<Record<string, readonly string[]>> = {
  'httpd-filesystem': ['apache:x:48:48:Apache:/usr/share/httpd:/sbin/nologin'],
  'nginx-filesystem': ['nginx:x:999:999:Nginx web server:/var/lib/nginx:/sbin/nologin'],
};

/** Everything that a package unpacks, with absolute paths. */
export function rpmEntries(distribution: RpmDistribution, { name, release }: RpmDescription): readonly FileTreeEntry[] {
  // The server of Rocky Linux is in a package of its own; the files are told with the one that has the unit.
  const programs = name === 'httpd' && release.includes('el9') ? [] : rpmPrograms(name);
  return [
    ...programs.map(({ id, path }) =>
      file(path, executableText(id), SET_UID.has(path.slice(path.lastIndexOf('/') + 1)) ? 0o4755 : 0o755),
    ),
    ...rpmLinks(name).map(([path, target]): FileTreeEntry => ({ path, type: 'symlink', target })),
    ...releaseContent(distribution, name),
    ...(CONTENT[name] ?? []),
    directory(`/usr/share/licenses/${name}`),
  ];
}

/** The header of a package, with its files. */
export function rpmHeader(distribution: RpmDistribution, described: RpmDescription): RpmHeader {
  const { repository: _, inImage: __, ...header } = described;
  const users = USERS[described.name];
  return {
    ...header,
    files: rpmEntries(distribution, described).map(fileOf),
    ...(users === undefined ? {} : { users }),
  };
}

const fileOf = (entry: FileTreeEntry): RpmFile => {
  const { path } = entry;
  const mode = entry.mode ?? (entry.type === 'directory' ? 0o755 : entry.type === 'symlink' ? 0o777 : 0o644);
  if (entry.type === 'directory') return { path, type: 'directory', mode, sizeBytes: 0, digest: '' };
  if (entry.type === 'symlink')
    return { path, type: 'symlink', mode, sizeBytes: entry.target.length, digest: '', target: entry.target };
  const bytes = encodeUtf8('text' in entry ? (entry.text ?? '') : '');
  return {
    path,
    type: 'file',
    mode,
    sizeBytes: bytes.length,
    digest: hexadecimal(sha256(bytes)),
    ...(path.startsWith('/etc/') ? { config: true } : {}),
  };
};

const hexadecimal = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
