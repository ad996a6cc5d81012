import { defineErrors, refusal } from '@comanda/kernel/errors';

export const tableErrors = defineErrors({
  TABLE_NAME_TAKEN: refusal(
    'CONFLICT',
    'Another table has that name already.',
    'Choose another name. A removed table keeps its own: `tables.create` with that name brings it back.',
  ),
  TABLE_RESERVED: refusal(
    'CONFLICT',
    'Guests have reserved this table.',
    'Cancel their reservations first, or wait until they have left: `reservations.list` with this `tableId` tells which.',
  ),
});
