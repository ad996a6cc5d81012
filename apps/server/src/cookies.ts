import type { Jar } from '@comanda/domains/context';
import type { Clock } from '@comanda/kernel/time';
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface Origins {
  /** The origin by which callers know the service; unset, it is the host that they name. */
  publicUrl?: string | undefined;
  corsOrigins: string[];
}

interface Exchange {
  req: FastifyRequest;
  res: FastifyReply;
}

/** The session cookie of a browser that asks for one; a request that does not ask has none, whatever it carries. */
export function jarOf({ req, res }: Exchange, origins: Origins, clock: Clock): Jar | null {
  if (req.headers['x-session'] !== 'cookie') return null;
  const secure = req.protocol === 'https' || Boolean(origins.publicUrl?.startsWith('https:'));
  const name = secure ? '__Host-comanda-session' : 'comanda-session';
  const terms = `Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
  const put = (value: string, seconds: number) =>
    void res.header('set-cookie', `${name}=${value}; Max-Age=${seconds}; ${terms}`);
  return {
    open: isAllowed(req, origins, secure),
    token: cookieNamed(name, req.headers.cookie),
    keep: (token, until) => put(token, Math.ceil((until.getTime() - clock.now().getTime()) / 1000)),
    empty: () => put('', 0),
  };
}

/**
 * A browser names the page's origin with every POST, and no page can make it name another. To a page
 * of another site it would never show the cookie again.
 */
function isAllowed({ headers }: FastifyRequest, origins: Origins, secure: boolean): boolean {
  if (headers['sec-fetch-site'] === 'cross-site') return false;
  const { publicUrl, corsOrigins } = origins;
  const schemes = secure ? ['https'] : ['http', 'https'];
  const own = publicUrl ? [publicUrl] : schemes.map((scheme) => `${scheme}://${headers.host}`);
  return [...own, ...corsOrigins].includes(headers.origin ?? '');
}

function cookieNamed(name: string, header = ''): string | undefined {
  const cookie = header.split(/; */).find((one) => one.startsWith(`${name}=`));
  return cookie?.slice(name.length + 1);
}
