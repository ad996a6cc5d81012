import { anew, follow } from '@comanda/domains/live/follow';
import { liveErrors } from '@comanda/domains/live/live.errors';
import { LastEventId } from '@comanda/domains/live/live.schema';
import { Restaurant } from '@comanda/domains/restaurants/restaurants.entity';
import { allowGuests } from '@comanda/domains/trpc';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { emit } from '@comanda/storage/outbox';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { inTransaction } from '@comanda/storage/transaction';
import type { TestApp } from '@comanda/testing';
import { behind } from '@comanda/testing/author';
import { z } from 'zod';

const Follow = z
  .strictObject({ restaurantId: z.uuid().optional(), lastEventId: LastEventId })
  .prefault({});
const Step = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('step'), n: z.int(), at: z.date(), where: z.string() }),
]);
type Step = z.infer<typeof Step>;

const SECRET = 'lab.secret';

/** A stream of the steps that a test takes; what is secret is for nobody who watches. */
export function newFeedLab() {
  /** Called for every step before somebody of that role is told of it. */
  const lab = { before: (_role: string): Promise<void> | undefined => undefined };
  const procedures = {
    follow: allowGuests('order.read', kernelErrors.STREAM_RESET, liveErrors.TOO_MANY_STREAMS)
      .meta({ event: Step })
      .input(Follow)
      .subscription(({ ctx, input: { lastEventId }, signal }) =>
        follow<Step>(
          ctx,
          { lastEventId, signal },
          {
            first: { kind: 'ready' },
            accept: async ({ topic, data, at }) => {
              if (topic === SECRET) return undefined;
              const { n } = data as { n: number };
              const { em, restaurantId, actor } = anew(ctx);
              await lab.before(actor.role);
              const { name } = await em.findOneOrFail(Restaurant, restaurantId);
              return { kind: 'step', n, at, where: name };
            },
          },
        ),
      ),
  };
  return { procedures, lab };
}

interface Steps {
  /** Left out: Little Lemon. */
  restaurantId?: string;
  secret?: boolean;
  /** Left out: the app's own; another one is told for nobody's ears here. */
  wake?: boolean;
}

/** Takes these steps in one transaction. */
export async function step(app: TestApp, ns: number[], steps: Steps = {}): Promise<void> {
  const { restaurantId = app.home.restaurantId, secret = false, wake = true } = steps;
  const em = acrossRestaurants(app.house.database, behind(app.clock));
  const topic = secret ? SECRET : 'lab.step';
  await inTransaction({ em, afterCommit: () => undefined }, ({ em }) =>
    emit(
      em,
      restaurantId,
      ns.map((n) => ({ topic, data: { n, at: app.clock.now() } })),
    ),
  );
  if (wake) app.house.live.wake(restaurantId);
}
