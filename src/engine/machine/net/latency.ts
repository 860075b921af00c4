/** How long things take on the wire, µs: the one table of the network's declared timings. */
export const LATENCY_US = {
  loopback: 20,
  veth: 5,
  bridge: 3,
  /** Between two hosts of the lab's segment. */
  wire: 150,
  /** From the lab's gateway to a site of the internet. */
  internet: 12_000,
  vxlan: 20,
  forward: 4,
  unix: 10,
  /** Answer to an ARP request beyond the wire itself. */
  arp: 100,
} as const;

/** Neighbour discovery gives up after three unanswered requests, one second apart. */
export const ARP_FAILURE_US = 3_000_000;
/** A learned neighbour is asked again after this time. */
export const NEIGHBOUR_REACHABLE_US = 60_000_000;
/** How long an answer counts as fresh (base_reachable_time). */
export const NEIGHBOUR_CONFIRMED_US = 30_000_000;
/** Time until the n-th SYN is sent again (tcp_syn_retries 6): 1, 2, 4 … 64 s; then ETIMEDOUT. */
export const SYN_RETRIES = 6;
export const SYN_FIRST_TIMEOUT_US = 1_000_000;
/** Data is sent again after this time, doubled each try (tcp_retries2 15, at most 120 s apart). */
export const DATA_RETRIES = 15;
export const DATA_FIRST_TIMEOUT_US = 200_000;
export const DATA_LAST_TIMEOUT_US = 120_000_000;
/** Bytes that may be on the way to, or unread at, one end of a connection. */
export const WINDOW_BYTES = 262_144;
/** Bandwidth between two ends, bytes per second (1 Gbit/s). */
export const BANDWIDTH_BYTES_PER_SECOND = 125_000_000;
export const TIME_WAIT_US = 60_000_000;
/** Datagrams kept for a reader that lags. */
export const DATAGRAM_QUEUE = 512;
/** Messages (answers to probes, captured packets) kept for a reader that lags. */
export const MESSAGE_QUEUE = 8_192;
export const DEFAULT_BACKLOG = 4096;
