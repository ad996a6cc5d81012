import { allow } from '../trpc.ts';
import { createTable, removeTable, updateTable } from './tables.actions.ts';
import { tableErrors } from './tables.errors.ts';
import { listTables } from './tables.reads.ts';
import {
  CreateTable,
  ListTables,
  NameTable,
  RemovedTable,
  TablePage,
  TableView,
  UpdateTable,
} from './tables.schema.ts';

const { TABLE_NAME_TAKEN, TABLE_RESERVED } = tableErrors;

export const tablesProcedures = {
  list: allow('table.read')
    .meta({ summary: 'Lists the tables, by section and name.' })
    .input(ListTables)
    .output(TablePage)
    .query(({ ctx, input }) => listTables(ctx, input)),
  create: allow('table.manage', TABLE_NAME_TAKEN)
    .meta({ summary: 'Adds a table, or brings back a removed one of that name.' })
    .input(CreateTable)
    .output(TableView)
    .mutation(({ ctx, input }) => createTable(ctx, input)),
  update: allow('table.manage', TABLE_NAME_TAKEN, TABLE_RESERVED)
    .meta({ summary: 'Changes a table.' })
    .input(UpdateTable)
    .output(TableView)
    .mutation(({ ctx, input }) => updateTable(ctx, input)),
  remove: allow('table.manage', TABLE_RESERVED)
    .meta({ summary: 'Takes a table away; its name stays taken until it comes back.' })
    .input(NameTable)
    .output(RemovedTable)
    .mutation(({ ctx, input }) => removeTable(ctx, input)),
};
