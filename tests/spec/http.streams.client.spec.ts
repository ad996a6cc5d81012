import { wire } from '@comanda/kernel/wire';
import { createTRPCUntypedClient, httpSubscriptionLink } from '@trpc/client';
import { describe, expect, test, vi } from 'vitest';
import { step } from '../lab/feed.procedures.ts';
import { allClosed, openFeed, type Service, SOON } from '../lab/feeding.ts';
import { PlainEventSource } from '../lab/event-source.ts';
import { shownBy } from '../lab/following.ts';

/** tRPC's own client as it comes, and what it hears of the steps of a lab. */
async function watched(service: Service, input: object = {}, shown?: Record<string, string>) {
  const headers = shown ?? (await shownBy(service.app, 'waiter'));
  const link = httpSubscriptionLink({
    url: `${service.url}/trpc`,
    transformer: wire as never,
    EventSource: PlainEventSource as never,
    eventSourceOptions: (() => ({ headers })) as never,
  });
  const heard = { steps: [] as number[], states: [] as string[], ids: [] as string[] };
  const refused: unknown[] = [];
  const { unsubscribe } = createTRPCUntypedClient({ links: [link as never] }).subscription(
    'lab.follow',
    input,
    {
      onData: (told) => {
        const { id, data } = told as { id: string; data: { n?: number } };
        heard.ids.push(id);
        if (data.n !== undefined) heard.steps.push(data.n);
      },
      onConnectionStateChange: ({ state }) => heard.states.push(state),
      onError: (error) => refused.push(error),
    },
  );
  return { heard, refused, [Symbol.dispose]: unsubscribe };
}

const until = (what: () => boolean) => vi.waitUntil(what, SOON);

describe("tRPC's own client", () => {
  test('is connected, hears what happens, and comes back where it was', async () => {
    await using service = await openFeed();
    const { app } = service;
    using client = await watched(service);
    const { heard } = client;
    await until(() => heard.ids.length === 1);

    await step(app, [1, 2]);
    await until(() => heard.steps.length === 2);
    using again = await watched(service, { lastEventId: heard.ids[1] });
    await step(app, [3]);
    await until(() => heard.steps.length === 3 && again.heard.steps.length === 2);

    expect(heard.steps).toEqual([1, 2, 3]);
    expect(heard.states).toContain('pending');
    expect(again.heard.steps).toEqual([2, 3]);
    client[Symbol.dispose]();
    again[Symbol.dispose]();
    await allClosed(service);
  });

  test('is told of a no in the middle', async () => {
    await using service = await openFeed({ settings: { streamCheckMs: 20 } });
    const { app } = service;
    using client = await watched(service);
    await until(() => client.heard.ids.length === 1);

    await app
      .as('manager')
      .people.setRole.mutate({ personId: app.home.staff.waiter.id, role: 'chef' });
    await until(() => client.refused.length > 0);

    expect(client.refused[0]).toMatchObject({ data: { reason: 'TOKEN_INVALID' } });
  });

  test.each([
    ['without a token', {}, {}],
    ['behind what is not kept', { lastEventId: 'abcdefgh-9' }, undefined],
  ])('is refused at the door %s', async (_, input, shown) => {
    await using service = await openFeed();
    using client = await watched(service, input, shown);

    await until(() => client.refused.length > 0);

    expect(client.heard.ids).toEqual([]);
    await allClosed(service);
  });
});
