import { createClient } from '@comanda/client';
import type { TestApp } from '@comanda/testing';
import { PASSWORD } from '@comanda/testing/given';
import type { LabApi } from './lab.procedures.ts';

interface Sent {
  url: string;
  token: string | null;
}

/** A client of the lab at that address, signed in, and every request it sends for a stream. */
export async function watching(app: TestApp, url: string, streamsAt = url) {
  const sent: Sent[] = [];
  const client = createClient({
    url,
    fetch: (input, init) => {
      const { url: asked, headers } = new Request(input, init);
      if (!asked.includes('/lab.ticks')) return fetch(input, init);
      sent.push({ url: asked, token: headers.get('authorization') });
      return fetch(asked.replace(url, streamsAt), init);
    },
  });
  const { username } = app.home.staff.waiter;
  await client.auth.login.mutate({ identifier: username, password: PASSWORD });
  return { client: client as typeof client & LabApi, sent };
}
