import { existsSync, readFileSync, statSync } from 'node:fs';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CONTENT_SECURITY_POLICY } from './content-security-policy.ts';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};
const COMPRESSIBLE = /text|json|javascript|svg|manifest/;

interface CachedFile {
  readonly modified: number;
  readonly plain: Buffer;
  readonly zipped: Buffer | undefined;
}

/** Serves a built page as a production server does: the same headers, compressed, hashed files cached for good. */
export function createStaticServer(folder: string): Server {
  const cache = new Map<string, CachedFile>();
  return createServer((request, response) => {
    answer(folder, cache, request, response);
  });
}

function answer(
  folder: string,
  cache: Map<string, CachedFile>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'Method Not Allowed');
  const file = fileOf(folder, request.url ?? '/');
  if (file === undefined) return refuse(response, 404, 'Not Found');
  const type = MEDIA_TYPES[extname(file)] ?? 'application/octet-stream';
  const content = readCached(cache, file, COMPRESSIBLE.test(type));
  const zipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '') ? content.zipped : undefined;
  const body = zipped ?? content.plain;
  response.writeHead(200, {
    ...securityHeaders(),
    'Content-Type': type,
    'Content-Length': body.length,
    ...(content.zipped === undefined ? {} : { Vary: 'Accept-Encoding' }),
    ...(zipped === undefined ? {} : { 'Content-Encoding': 'gzip' }),
    'Cache-Control': file.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** The file a URL names; undefined if there is none, or if the path would leave the folder. */
function fileOf(folder: string, url: string): string | undefined {
  let path: string;
  try {
    path = normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname));
  } catch {
    return undefined;
  }
  const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
  if (!file.startsWith(folder) || file.includes('\0') || file.includes('/.vite/')) return undefined;
  return existsSync(file) && statSync(file).isFile() ? file : undefined;
}

function readCached(cache: Map<string, CachedFile>, file: string, compressible: boolean): CachedFile {
  const modified = statSync(file).mtimeMs;
  const known = cache.get(file);
  if (known?.modified === modified) return known;
  const plain = readFileSync(file);
  const content = { modified, plain, zipped: compressible ? gzipSync(plain) : undefined };
  cache.set(file, content);
  return content;
}

const securityHeaders = (): Record<string, string> => ({
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
});

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...securityHeaders(), 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}
