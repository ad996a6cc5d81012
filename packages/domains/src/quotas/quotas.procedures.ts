import { anyone } from '../trpc.ts';
import { QuotaPolicies } from './quotas.schema.ts';
import { quotaPolicies } from './quotas.views.ts';

export const quotasProcedures = {
  policy: anyone()
    .meta({ summary: 'Tells how much every role may use.' })
    .output(QuotaPolicies)
    .query(({ ctx }) => quotaPolicies(ctx.preset)),
};
