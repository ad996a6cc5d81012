import { BlockList, isIPv4, isIPv6 } from 'node:net';
import type { Context, House, Jar, Shown } from '@comanda/domains/context';
import { BoundedMap } from '@comanda/kernel/bounded-map';
import type { Copies } from '@comanda/domains/showing';
import { Announcement } from '@comanda/quotas/announcement';
import type { FastifyRequest } from 'fastify';

/** What a request tells before anybody asks the database: never throws, that would fail a whole batch. */
export async function contextOf(
  house: House,
  request: FastifyRequest,
  { calls, jar, copies }: { calls: number; jar: Jar | null; copies?: Copies | undefined },
): Promise<Context> {
  const { ip, id, headers, log } = request;
  return {
    ...house,
    watch: request.watch ?? house.watch,
    requestId: id,
    address: bare(ip),
    network: networkOf(ip),
    userAgent: headers['user-agent'] ?? null,
    shown: await shownIn(house, headers.authorization),
    guest: await guestIn(house, headers['x-guest-token']),
    jar,
    calls,
    announcement: new Announcement(),
    copies,
    log,
  };
}

async function shownIn({ tokens, clock }: House, header: string | undefined): Promise<Shown> {
  if (header === undefined) return { kind: 'nothing' };
  const [, token] = /^Bearer ([\w~+/.=-]+)$/i.exec(header) ?? [];
  if (token === undefined) return { kind: 'unreadable' };
  if (token.startsWith('cp_')) return { kind: 'pass', token };
  const claims = await tokens.read(token, clock.now());
  return claims ? { kind: 'session', ...claims } : { kind: 'unreadable' };
}

async function guestIn(
  { guests, clock }: House,
  header: string | string[] | undefined,
): Promise<Context['guest']> {
  if (header === undefined) return null;
  return (typeof header === 'string' && (await guests.read(header, clock.now()))) || 'unreadable';
}

const MAPPED = new BlockList();
MAPPED.addSubnet('::ffff:0:0', 96, 'ipv6');

/** Some proxies write the port behind the address, and IPv6 in brackets then. */
function bare(address: string): string {
  const [, inBrackets, withPort] = /^\[(.+)\](?::\d+)?$|^([\d.]+):\d+$/.exec(address) ?? [];
  return inBrackets ?? withPort ?? address;
}

/** Of those who came last, by what they are called; whoever sends an address of any length is not remembered. */
const MAX_KNOWN = 500;
const LONGEST_KNOWN = 64;
const known = new BoundedMap<string, string>(MAX_KNOWN);

/** One household, one budget: an IPv6 address counts by its /64, and what is no address with all its like. */
export function networkOf(address: string): string {
  const before = known.get(address);
  if (before !== undefined) return before;
  const network = networkIn(address);
  if (address.length <= LONGEST_KNOWN) known.set(address, network);
  return network;
}

function networkIn(address: string): string {
  const ip = bare(address);
  if (isIPv4(ip)) return ip;
  if (!isIPv6(ip)) return 'unknown';
  if (MAPPED.check(ip, 'ipv6')) return mappedIn(ip);
  const [head = '', tail = ''] = ip.replace(/%.*$/, '').split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const middle = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  const groups = ip.includes('::') ? [...left, ...middle, ...right] : left;
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

/** The IPv4 address in the last two groups, with dots or in hex. */
function mappedIn(ip: string): string {
  const [high = '', low = ''] = ip.split(':').slice(-2);
  if (low.includes('.')) return low;
  const groups = [high, low].map((group) => Number.parseInt(group || '0', 16));
  return groups.flatMap((group) => [group >> 8, group & 255]).join('.');
}
