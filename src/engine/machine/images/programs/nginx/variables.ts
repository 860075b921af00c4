/** nginx's variables in `return`, `add_header` and the like. */
import { logDate } from '../http-dates.ts';
import { nameOf, type Handling } from './handling.ts';

/** Text with `$name` and `${name}` replaced; unknown ones stay as they are. `requestUri` stands for the request's own where given. */
export function expand({ context, asked, server }: Handling, text: string, requestUri = ''): string {
  const { request } = asked;
  const [path = '', query = ''] = (requestUri === '' ? request.target : requestUri).split('?', 2);
  const host = request.headers['host'] ?? '';
  const values: Readonly<Record<string, string>> = {
    hostname: context.hostname,
    host: host.replace(/:\d+$/, ''),
    http_host: host,
    request_uri: request.target,
    uri: path,
    document_uri: path,
    args: query,
    query_string: query,
    remote_addr: asked.remote,
    scheme: 'http',
    request_method: request.method,
    server_port: String(asked.port),
    server_name: nameOf(server),
    server_protocol: 'HTTP/1.1',
    nginx_version: asked.version,
    time_local: logDate(Math.floor(context.time().realtimeUs / 1000)),
    is_args: query === '' ? '' : '?',
  };
  return text.replace(/\$\{?([a-z_0-9]+)\}?/g, (whole, name: string) => {
    if (name.startsWith('http_') && name !== 'http_host')
      return request.headers[name.slice(5).replaceAll('_', '-')] ?? '';
    if (name.startsWith('arg_')) return new RegExp(`(?:^|&)${name.slice(4)}=([^&]*)`).exec(query)?.[1] ?? '';
    return values[name] ?? whole;
  });
}
