export interface Plant {
  room: string;
  file: string;
  right: string;
  wrong: string;
}

const cart = 'packages/domains/src/cart/cart';
const hall = 'packages/domains/src';

/** For every room a line that belongs there and one that does not. */
export const PLANTS: Plant[] = [
  {
    room: 'tests/**',
    file: 'tests/spec/cart.spec.ts',
    right: `import { openApp } from '@comanda/testing'`,
    wrong: `import { kernelErrors } from '../../packages/kernel/src/kernel.errors.ts'`,
  },
  {
    room: 'client/**.test',
    file: 'packages/client/src/links/retry.test.ts',
    right: `import { createTRPCUntypedClient } from '@trpc/client'`,
    wrong: `import { openApp } from '@comanda/testing'`,
  },
  {
    room: 'web/**.test',
    file: 'apps/web/src/kitchen/board.test.ts',
    right: `import type { TicketView } from '@comanda/client'`,
    wrong: `import { newId } from '@comanda/kernel/id'`,
  },
  {
    room: '<own>/**.{test,conformance,oracle,any}',
    file: `${cart}.rules.test.ts`,
    right: `import { total } from './cart.rules.ts'`,
    wrong: `import { plants } from '@comanda/tests/architecture/plants'`,
  },
  {
    room: 'kernel/**',
    file: 'packages/kernel/src/money.ts',
    right: `import { z } from 'zod'`,
    wrong: `import { transaction } from '@comanda/storage/transaction'`,
  },
  {
    room: 'storage/**',
    file: 'packages/storage/src/connect.ts',
    right: `export * from '@mikro-orm/sqlite'`,
    wrong: `export { Cart } from '@comanda/domains/cart/cart.entity'`,
  },
  {
    room: 'pictures/**',
    file: 'packages/pictures/src/render.ts',
    right: "import type { Sharp } from 'sharp';",
    wrong: "import { reading } from '@comanda/storage/reading';",
  },
  {
    room: 'quotas/**',
    file: 'packages/quotas/src/store.ts',
    right: `import Bottleneck from 'bottleneck'`,
    wrong: `import { inTransaction } from '@comanda/storage/transaction'`,
  },
  {
    room: 'domains/quotas/*.schema',
    file: `${hall}/quotas/quotas.schema.ts`,
    right: `import { rate } from '@comanda/quotas/rates'`,
    wrong: `import { GcraStore } from '@comanda/quotas/gcra-store'`,
  },
  {
    room: 'domains/<own>/*.schema',
    file: `${cart}.schema.ts`,
    right: `import { ItemView } from '../menu/menu.schema.ts'`,
    wrong: `import { Cart } from './cart.entity.ts'`,
  },
  {
    room: 'domains/<own>/*.errors',
    file: `${cart}.errors.ts`,
    right: `import { refusal } from '@comanda/kernel/errors'`,
    wrong: `import { TRPCError } from '@trpc/server'`,
  },
  {
    room: 'domains/<own>/*.entity',
    file: `${cart}.line.entity.ts`,
    right: `import { Item } from '../menu/menu.entity.ts'`,
    wrong: `import { total } from './cart.rules.ts'`,
  },
  {
    room: 'domains/<own>/*.{rules,transitions,common-passwords}',
    file: `${cart}.rules.ts`,
    right: `import type { AddToCart } from './cart.schema.ts'`,
    wrong: `import { AddToCart } from './cart.schema.ts'`,
  },
  {
    room: 'domains/<own>/*.reads',
    file: `${cart}.reads.ts`,
    right: `import type { Item } from '../menu/menu.entity.ts'`,
    wrong: `import { addToCart } from './cart.actions.ts'`,
  },
  {
    room: 'domains/<own>/*.procedures',
    file: `${cart}.procedures.ts`,
    right: `import { addToCart } from './cart.actions.ts'`,
    wrong: `import { Cart } from './cart.entity.ts'`,
  },
  {
    room: 'domains/auth/{credentials/*,auth.passwords,auth.tokens,auth.keys,auth.budget}',
    file: `${hall}/auth/credentials/passwords.ts`,
    right: `import { hash } from 'argon2'`,
    wrong: `import { Account } from '../auth.entity.ts'`,
  },
  {
    room: 'domains/auth/auth.{guard,standing,actor}',
    file: `${hall}/auth/auth.guard.ts`,
    right: `import type { CallContext } from '../context.ts'`,
    wrong: `import { allow } from '../trpc.ts'`,
  },
  {
    room: 'domains/live/*',
    file: `${hall}/live/follow.ts`,
    right: `import { actorOf } from '../auth/auth.guard.ts'`,
    wrong: `import { Order } from '../orders/orders.entity.ts'`,
  },
  {
    room: 'domains/quotas/*.views',
    file: `${hall}/quotas/quotas.views.ts`,
    right: `import { scopes } from '@comanda/quotas/scopes'`,
    wrong: `import { GcraStore } from '@comanda/quotas/gcra-store'`,
  },
  {
    room: 'domains/quotas/quotas.{budgets,charge}',
    file: `${hall}/quotas/quotas.charge.ts`,
    right: `import { assertAffordable } from '@comanda/quotas/store'`,
    wrong: `import { allow } from '../trpc.ts'`,
  },
  {
    room: 'domains/auth/*.actions',
    file: `${hall}/auth/auth.login.actions.ts`,
    right: `import { loginBudgets } from '@comanda/quotas/login-policies'`,
    wrong: `import { hire } from '../people/people.actions.ts'`,
  },
  {
    room: 'domains/files/files.actions',
    file: 'packages/domains/src/files/files.actions.ts',
    right: "import { KINDS } from '@comanda/pictures/sizes';",
    wrong: "import { render } from '@comanda/pictures/render';",
  },
  {
    room: 'domains/<own>/*.actions',
    file: `${cart}.actions.ts`,
    right: `import { orderableItem } from '../menu/menu.actions.ts'`,
    wrong: `import { placeOrder } from '../orders/orders.actions.ts'`,
  },
  {
    room: 'domains/<own>/*',
    file: `${hall}/orders/orders.receipt.ts`,
    right: `import { total } from './orders.rules.ts'`,
    wrong: `import { cartProcedures } from './orders.procedures.ts'`,
  },
  {
    room: 'domains/{trpc,line,context,scope,deadline,telling,showing,watching}',
    file: `${hall}/trpc.ts`,
    right: `import { actorOf } from './auth/auth.guard.ts'`,
    wrong: `import { logIn } from './auth/auth.actions.ts'`,
  },
  {
    room: 'domains/access.errors',
    file: `${hall}/access.errors.ts`,
    right: `import { defineErrors } from '@comanda/kernel/errors'`,
    wrong: `import { TRPCError } from '@trpc/server'`,
  },
  {
    room: 'domains/errors',
    file: `${hall}/errors.ts`,
    right: `export { cartErrors } from './cart/cart.errors.ts'`,
    wrong: `export { CartView } from './cart/cart.schema.ts'`,
  },
  {
    room: 'domains/errors-page',
    file: `${hall}/errors-page.ts`,
    right: `import { catalogue } from './errors.ts'`,
    wrong: `import { addToCart } from './cart/cart.actions.ts'`,
  },
  {
    room: 'domains/contract',
    file: `${hall}/contract.ts`,
    right: `export const CONTRACT = { version: '0.1', hash: 'unset' }`,
    wrong: `import { procedures } from './procedures.ts'`,
  },
  {
    room: 'domains/entities',
    file: `${hall}/entities.ts`,
    right: `import { Cart } from './cart/cart.entity.ts'`,
    wrong: `import { CartView } from './cart/cart.schema.ts'`,
  },
  {
    room: 'domains/procedures',
    file: `${hall}/procedures.ts`,
    right: `import { cartProcedures } from './cart/cart.procedures.ts'`,
    wrong: `import { addToCart } from './cart/cart.actions.ts'`,
  },
  {
    room: 'domains/router',
    file: `${hall}/router.ts`,
    right: `import { procedures } from './procedures.ts'`,
    wrong: `import { cartProcedures } from './cart/cart.procedures.ts'`,
  },
  {
    room: 'contract/**',
    file: 'packages/contract/src/read.ts',
    right: `import { appRouter } from '@comanda/domains/router'`,
    wrong: `import { createClient } from '@comanda/client'`,
  },
  {
    room: 'client/pace',
    file: 'packages/client/src/pace.ts',
    right: `import Bottleneck from 'bottleneck'`,
    wrong: `import { createStore } from '@comanda/quotas/store'`,
  },
  {
    room: 'client/**',
    file: 'packages/client/src/create-client.ts',
    right: `import type { AnyRouter } from '@trpc/server'`,
    wrong: `import { procedures } from '@comanda/domains/procedures'`,
  },
  {
    room: 'testing/**',
    file: 'packages/testing/src/open-app.ts',
    right: `const { buildApp } = await import('@comanda/server/app')`,
    wrong: `const { readConfig } = await import('@comanda/server/config')`,
  },
  {
    room: 'server/rest/**',
    file: 'apps/server/src/rest/rest.ts',
    right: `import findMyWay from 'find-my-way'`,
    wrong: `import { connect } from '@comanda/storage/connect'`,
  },
  {
    room: 'server/secrets/**',
    file: 'apps/server/src/secrets/aws.ts',
    right: `const { SSMClient } = await import('@aws-sdk/client-ssm')`,
    wrong: `import { readConfig } from '../config.ts'`,
  },
  {
    room: 'server/telemetry/**',
    file: 'apps/server/src/telemetry/telemetry.ts',
    right: `import { trace } from '@opentelemetry/api'`,
    wrong: `import { buildApp } from '../app.ts'`,
  },
  {
    room: 'server/**',
    file: 'apps/server/src/app.ts',
    right: `import cors from '@fastify/cors'`,
    wrong: `import { MikroORM } from '@mikro-orm/core'`,
  },
  {
    room: 'cli/**',
    file: 'apps/cli/src/main.ts',
    right: `import { createClient } from '@comanda/client'`,
    wrong: `import { cartErrors } from '@comanda/domains/errors'`,
  },
  {
    room: 'web/{house,parts}/**',
    file: 'apps/web/src/parts/sheet.tsx',
    right: `import { Dialog } from '@base-ui/react/dialog'; export const one = <Dialog.Root />;`,
    wrong: `import { Menu } from '../shop/menu/menu.tsx'`,
  },
  {
    room: 'web/{main,app,pages}',
    file: 'apps/web/src/app.tsx',
    right: `import { Shop } from './shop/shop.tsx'; export const one = <Shop />;`,
    wrong: `import { newId } from '@comanda/kernel/id'`,
  },
  {
    room: 'web/<own>/**',
    file: 'apps/web/src/kitchen/queue.tsx',
    right: `import { Button } from '../parts/button.tsx'; export const one = <Button />;`,
    wrong: `import { Menu } from '../shop/menu/menu.tsx'`,
  },
];

/** Lines that import nothing wrong, and still say what their room does without. */
export const WORDS: [file: string, line: string, word: string][] = [
  [`${cart}.rules.ts`, `export const now = new Date();`, 'new Date()'],
  [`${cart}.rules.ts`, `export const then = Date.now();`, 'Date.now'],
  [`${cart}.rules.ts`, `export const luck = Math.random();`, 'Math.random'],
  [`${cart}.rules.ts`, `export const id = crypto.randomUUID();`, 'crypto'],
  [`${cart}.rules.ts`, `export const late = async () => { await null; };`, 'await'],
  [`${cart}.rules.ts`, `export const load = ({ em }: Context) => em;`, 'em'],
  [`${cart}.procedures.ts`, `export const show = (open: boolean) => (open ? 1 : 2);`, 'if'],
  [`${cart}.procedures.ts`, `export const show = (ctx: Context) => ctx.em;`, 'em'],
  [`${cart}.reads.ts`, `export const write = (db: Kysely) => db.insertInto('Cart');`, 'insertInto'],
  [`${cart}.actions.ts`, `export const act = (em: Em) => em.nativeUpdate();`, 'nativeUpdate'],
  [`${cart}.actions.ts`, `export const act = (em: Em) => em.execute('drop');`, 'execute(text)'],
  ['packages/storage/src/x.ts', `export const e = process.env;`, 'process.env'],
  ['apps/server/src/app.ts', `export const e = process['env'].PORT;`, 'process.env'],
];

/** Paths that are wrong whatever stands in the file. */
export const PATHS: [path: string, row: string][] = [
  ['packages/domains/src/shared/money.schema.ts', 'no room for this and that'],
  ['packages/domains/src/cart/utils/cart.rules.ts', 'no room for this and that'],
  ['packages/kernel/src/index.ts', 'no index.ts'],
  ['packages/kernel/src/aMoney.ts', 'kebab-case, dots between kinds'],
  ['packages/domains/src/coupons/coupons.rules.ts', 'DOMAINS has no place for this folder'],
  ['packages/domains/src/cart/cart.service.ts', 'no room for this and that'],
  ['packages/domains/src/money.ts', 'belongs to no room'],
];
