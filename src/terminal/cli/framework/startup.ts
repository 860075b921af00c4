/**
 * CPU time that a command line written in Go needs before its first request, µs: mapping tens of MB, initialising packages,
 * building its tree of commands. Figures are user plus system time of the official binaries on a server of 2024
 * (`kubectl version --client`, `docker version`).
 */
export const STARTUP_US = { kubectl: 45_000, docker: 10_000 } as const;
