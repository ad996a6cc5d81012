import { createClient } from '@comanda/client';
import { type AppRouter, trpcClient } from '@comanda/client/router';
import { QueryClient, useMutation, useQuery } from '@tanstack/react-query';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';

// Every line that says so has to be refused by every compiler, and no other line.

const queryClient = new QueryClient();
const comanda = createClient({ url: 'http://localhost:4000' });
const trpc = createTRPCOptionsProxy<AppRouter>({ client: trpcClient(comanda), queryClient });

export function useChefs(): unknown {
  useQuery(trpc.people.all.queryOptions()); // wrong: no such procedure
  useQuery(trpc.people.list.queryOptions({ role: 'cook' })); // wrong: no such role
  useQuery(trpc.people.show.queryOptions({})); // wrong: a field is missing
  useQuery(trpc.auth.login.queryOptions({ identifier: '', password: '' })); // wrong: a mutation
  const { data, error } = useQuery(trpc.people.list.queryOptions());
  data.items; // wrong: it may not be there yet
  data?.items[0]?.passwordHash; // wrong: it never leaves the service
  data?.items[0]?.hiredAt.slice(); // wrong: a date is not a string
  if (error?.data?.reason === 'SLUG_TAKEN') return; // wrong: never refused so
  if (error?.data?.reason === 'QUOTA_EXCEEDED') return error.data.details.highest; // wrong: of another refusal
  const length: string = error?.data?.path; // wrong: it may be missing
  return length;
}

export function useDoor(): unknown {
  const login = useMutation(trpc.auth.login.mutationOptions());
  login.mutate({ identifier: 'chef' }); // wrong: a field is missing
  login.mutate(); // wrong: the input is missing
  const token: number | undefined = login.data?.accessToken; // wrong: a string
  return token;
}

trpcClient({ url: '' }); // wrong: not a client
