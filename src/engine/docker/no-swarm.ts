/** What a daemon outside of any swarm says of whatever only swarms have (moby daemon/cluster/errors.go). */
export const NOT_A_MANAGER =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';
