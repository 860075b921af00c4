/** The programs that come with images. */
import type { ReactiveProgram } from '../../kernel/reactive/reactive.ts';
import { agnhost } from './agnhost.ts';
import { curlEntrypoint } from './curl-entrypoint.ts';
import { helloWorld } from './hello-world.ts';
import { httpEcho } from './http-echo.ts';
import { httpd } from './httpd.ts';
import { nginxEntrypoint } from './nginx/entrypoint.ts';
import { nginx } from './nginx/nginx.ts';
import { pause } from './pause.ts';
import { redis } from './redis.ts';
import { composetestWeb, database, simpleapp, simpleContainerApp } from './simple-servers.ts';

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
