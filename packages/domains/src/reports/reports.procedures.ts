import { allow } from '../trpc.ts';
import { showDashboard } from './reports.reads.ts';
import { Dashboard, ShowDashboard } from './reports.schema.ts';

export const reportsProcedures = {
  dashboard: allow('report.read')
    .meta({ summary: 'Tells how the restaurant does, today and over the last days.', slow: true })
    .input(ShowDashboard)
    .output(Dashboard)
    .query(({ ctx, input }) => showDashboard(ctx, input)),
};
