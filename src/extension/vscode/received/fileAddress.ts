// Where a received file lies, and whose host that is.

import { BlockList, isIP } from 'node:net';

/** Whose a host is: TWIN's by the settings, another's that may be asked for, or one never called. */
export type HostStanding = 'own' | 'other' | 'insecure';

/**
 * The address that a server gave for a file. Names and passwords in it are left out: they would go
 * to the host, and in front of it they make another host's name.
 *
 * @param base what relative addresses belong to
 * @returns `null` for what is no address of the web
 */
export function fileAddress(address: string | null, base: string | URL): URL | null {
  if (address === null || !URL.canParse(address, base.toString())) return null;
  const url = new URL(address, base);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  url.username = '';
  url.password = '';
  return url;
}

/** @param known addresses of TWIN's own hosts */
export function hostStanding(url: URL, known: readonly string[]): HostStanding {
  const isOwn = known.some((own) => URL.canParse(own) && new URL(own).origin === url.origin);
  if (isOwn) return 'own';
  return url.protocol === 'https:' ? 'other' : 'insecure';
}

const PRIVATE = new BlockList();
for (const [address, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  PRIVATE.addSubnet(address, prefix, 'ipv4');
for (const [address, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  PRIVATE.addSubnet(address, prefix, 'ipv6');

const PRIVATE_NAME = /^[^.]+$|\.(localhost|local|internal|intranet|lan|home|corp|home\.arpa)$/i;

/** Whether a host is of the person's own machine or network, which a bot has no business to name. */
export function isPrivateHost({ hostname }: URL): boolean {
  const name = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const family = isIP(name);
  if (family === 0) return PRIVATE_NAME.test(name);
  return PRIVATE.check(name, family === 4 ? 'ipv4' : 'ipv6');
}
