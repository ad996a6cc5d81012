import { allow } from '../trpc.ts';
import { showAudit } from './audit.actions.ts';
import { AuditPage, ListAudit } from './audit.schema.ts';

export const auditProcedures = {
  list: allow('audit.read')
    .meta({ summary: 'Lists who did what, newest first.' })
    .input(ListAudit)
    .output(AuditPage)
    .query(({ ctx, input }) => showAudit(ctx, input)),
};
