import type { Part } from '../findings.ts';
import { auth } from './auth.ts';
import { batch } from './batch.ts';
import { burst } from './burst.ts';
import { flow } from './flow.ts';
import { inProcess } from './in-process.ts';
import { live } from './live.ts';
import { mariadb } from './mariadb.ts';
import { menuGrowth } from './menu-growth.ts';
import { menu } from './menu.ts';
import { orderGrowth } from './order-growth.ts';
import { orders } from './orders.ts';
import { pages, search } from './pages.ts';
import { place } from './place.ts';
import { profile } from './profile.ts';
import { quotas } from './quotas.ts';
import { start } from './start.ts';
import { tokens } from './tokens.ts';
import { types } from './types.ts';

/** In the order in which they are measured and told. */
export const PARTS: readonly Part[] = [
  menu,
  pages,
  search,
  orders,
  flow,
  place,
  mariadb,
  auth,
  tokens,
  batch,
  burst,
  inProcess,
  menuGrowth,
  orderGrowth,
  live,
  start,
  types,
  profile,
  quotas,
];
