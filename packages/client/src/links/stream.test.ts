import { createTRPCUntypedClient } from '@trpc/client';
import { describe, expect, test, vi } from 'vitest';
import { proxyOf } from '../proxy.ts';
import {
  type Answer,
  CONNECTED,
  event,
  open,
  over,
  refused,
  service,
  step,
  unreachable,
} from './scripted-service.ts';
import { step as stepLink } from './step.ts';
import { stream } from './stream.ts';
import type { Steps } from './watch.ts';

function clientOf(...answers: Answer[]) {
  const { transport, session, requests } = service(answers);
  const calls = stepLink(async ({ path }) => `answer of ${path}`);
  const links = [stream(transport, session, { random: () => 0 }), calls];
  return { client: createTRPCUntypedClient({ links }), requests };
}

/** What a subscription with callbacks is told, until it is over. */
function told(...answers: Answer[]): Promise<unknown[]> {
  return new Promise((resolve) => {
    const heard: unknown[] = [];
    clientOf(...answers).client.subscription('orders.watch', undefined, {
      onStarted: () => heard.push('started'),
      onConnectionStateChange: ({ state, error }) => heard.push(error ? [state, error] : state),
      onData: (data) => heard.push(data),
      onStopped: () => heard.push('stopped'),
      onComplete: () => resolve(heard),
      onError: (error) => resolve([...heard, error]),
    });
  });
}

describe("a subscription of tRPC's own client", () => {
  test('is told of events, of its connection, and of its end', async () => {
    const heard = await told(unreachable, over(event(1), event(2)));

    const why = expect.objectContaining({ reason: 'FAULT' });
    expect(heard).toEqual([
      'connecting',
      ['connecting', why],
      'started',
      'pending',
      step(1),
      step(2),
      'stopped',
      'idle',
    ]);
  });

  test('ends with the refusal', async () => {
    const heard = await told(refused('FORBIDDEN', 403));

    const data = expect.objectContaining({ reason: 'FORBIDDEN' });
    expect(heard).toEqual(['connecting', expect.objectContaining({ data })]);
  });

  test('closes its connection when it is left', async () => {
    const { client, requests } = clientOf(open(CONNECTED, event(1)));

    await new Promise((resolve) => {
      const asked = client.subscription('orders.watch', undefined, {
        onData: (data) => {
          asked.unsubscribe();
          resolve(data);
        },
      });
    });
    await vi.waitUntil(() => requests[0]?.closed.aborted);

    expect(requests).toHaveLength(1);
  });

  test('lets calls pass', async () => {
    const { client, requests } = clientOf();

    expect(await client.query('menu.list')).toBe('answer of menu.list');
    expect(requests).toEqual([]);
  });
});

interface Watching {
  orders: { watch: { subscribe: (input?: unknown, options?: object) => Steps } };
}

describe('a subscription of the client', () => {
  test('is read at the pace of its reader', async () => {
    const { client, requests } = clientOf(over(event(1), event(2)));
    const { orders } = proxyOf(client) as Watching;
    const states: string[] = [];

    const steps = orders.watch.subscribe(
      { at: 1 },
      {
        lastEventId: '1',
        onState: (state: string) => states.push(state),
      },
    );
    const before = requests.length;
    const first = await steps.next();

    expect(before).toBe(0);
    expect(first.value).toEqual(step(2));
    expect(states).toEqual(['connecting', 'open']);
    expect(requests[0]?.headers.get('last-event-id')).toBe('1');
  });
});
