import type { Dashboard } from '@comanda/client';
import type { TestApp } from '@comanda/testing';

/** How Little Lemon does, as its manager is told. */
export const shown = (app: TestApp, days?: number): Promise<Dashboard> =>
  app.as('manager').reports.dashboard.query(days === undefined ? {} : { days });

/** The hours in which anything was ordered. */
export const busy = ({ hours }: Dashboard) =>
  hours.filter(({ orders }) => orders > 0).map(({ hour, orders }) => [hour, orders]);

/** What was ordered, and what came in, day by day. */
export const daily = ({ days }: Dashboard) =>
  days.map(({ date, orders, revenue }) => [date, orders, revenue]);
