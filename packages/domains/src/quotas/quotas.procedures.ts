import { allow, allowOwn, anyone } from '../trpc.ts';
import { setQuota } from './quotas.actions.ts';
import {
  AskUsage,
  OwnQuotas,
  QuotaPolicies,
  QuotasSet,
  SetQuota,
  UsageReport,
} from './quotas.schema.ts';
import { ownQuotas, quotaPolicies, quotasOf, usageReport } from './quotas.views.ts';

export const quotasProcedures = {
  policy: anyone()
    .meta({ summary: 'Tells how much every role may use.' })
    .output(QuotaPolicies)
    .query(({ ctx }) => quotaPolicies(ctx)),
  mine: allowOwn('quota.mine')
    .meta({
      summary: 'Tells what is left of the caller’s own budgets, and what they used in a day.',
    })
    .output(OwnQuotas)
    .query(({ ctx }) => ownQuotas(ctx)),
  usage: allow('report.read')
    .meta({ summary: 'Tells who called how often in the last 24 hours.', slow: true })
    .input(AskUsage.prefault({}))
    .output(UsageReport)
    .query(({ ctx, input }) => usageReport(ctx, input)),
  set: allow('quota.set')
    .meta({ summary: 'Gives a role other budgets, or those of the preset back.' })
    .input(SetQuota)
    .output(QuotasSet)
    .mutation(async ({ ctx, input }) => {
      await setQuota(ctx, input);
      return quotasOf(ctx, input.role);
    }),
};
