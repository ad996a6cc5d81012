import { createClient } from '@comanda/client';
import { type AppRouter, trpcClient } from '@comanda/client/router';
import { QueryClient, useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { ReactNode } from 'react';

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const is = <_Answer extends true>() => undefined;

const queryClient = new QueryClient();
const comanda = createClient({ url: 'http://localhost:4000' });
const trpc = createTRPCOptionsProxy<AppRouter>({ client: trpcClient(comanda), queryClient });

export function Chefs(): ReactNode {
  const people = useQuery(trpc.people.list.queryOptions({ role: 'chef' }));
  const mine = useSuspenseQuery(trpc.permissions.mine.queryOptions());
  is<Same<typeof people.data, Awaited<ReturnType<typeof comanda.people.list.query>> | undefined>>();
  if (people.error?.data?.reason === 'QUOTA_EXCEEDED') {
    return <p>Again in {people.error.data.details.retryAfterMs} ms.</p>;
  }
  return (
    <ul title={mine.data.role}>
      {people.data?.items.map(({ id, firstName, hiredAt }) => (
        <li key={id}>
          {firstName}, since {hiredAt.getFullYear()}
        </li>
      ))}
    </ul>
  );
}

export function Door(): ReactNode {
  const login = useMutation(
    trpc.auth.login.mutationOptions({
      onSuccess: ({ user }) =>
        queryClient.invalidateQueries(trpc.people.pathFilter()).then(() => user.id),
      onError: ({ data }) => (data?.reason === 'INVALID_CREDENTIALS' ? data.requestId : undefined),
    }),
  );
  const signIn = () => login.mutate({ identifier: 'chef', password: 'my own one' });
  return <button onClick={signIn}>{login.data?.expiresAt.toISOString()}</button>;
}
