import { networkInterfaces } from 'node:os';

/** The addresses of this machine, in a text that changes when a network comes or goes. */
export function machineNetwork(): string {
  return Object.values(networkInterfaces())
    .flatMap((addresses = []) => addresses)
    .filter(({ internal }) => !internal)
    .map(({ cidr, address }) => cidr ?? address)
    .sort()
    .join(' ');
}
