import { procedures } from './procedures.ts';
import { router } from './trpc.ts';

export const appRouter = router(procedures);
export type AppRouter = typeof appRouter;
