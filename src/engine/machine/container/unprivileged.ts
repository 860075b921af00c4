/**
 * What lets every user of a container's own network namespace bind any port and send ICMP echo requests: dockerd sets it
 * (daemon/oci_linux.go WithSysctls), and containerd 2 does (enable_unprivileged_ports, enable_unprivileged_icmp).
 */
export const UNPRIVILEGED_SYSCTLS: Readonly<Record<string, string>> = {
  'net.ipv4.ip_unprivileged_port_start': '0',
  'net.ipv4.ping_group_range': '0\t2147483647',
};
