/** Questions to containers over the network: plain data that comes back with the answer. */
import type { ProbeKind } from './plan.ts';

/** What a question is for. */
export type CallPurpose =
  { readonly kind: ProbeKind; readonly series: number } | { readonly hook: string; readonly id: string };

export interface TcpCall {
  readonly uid: string;
  readonly container: string;
  readonly purpose: CallPurpose;
  readonly limitUs: number;
  readonly ip: string;
  readonly port: number;
}
export interface HttpCall extends TcpCall {
  readonly https: boolean;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}
