import { defineErrors, refusal } from '@comanda/kernel/errors';
import { Role } from '@comanda/kernel/roles.schema';
import { z } from 'zod';

const OfRole = z.object({ role: Role });

export const peopleErrors = defineErrors({
  GRANT_REFUSED: refusal(
    'FORBIDDEN',
    'Your role may not give, change or take that role.',
    '`permissions.mine` lists the roles that you may give under `mayGive`.',
    OfRole,
  ),
  OWN_ROLE: refusal(
    'FORBIDDEN',
    'Nobody changes their own role, level or membership.',
    'Ask somebody else who may.',
  ),
  LAST_OF_ROLE: refusal(
    'CONFLICT',
    'This is the last one of that role; without them nobody could undo it.',
    'Give somebody else the role first.',
    OfRole,
  ),
  LEVEL_TOO_HIGH: refusal(
    'UNPROCESSABLE_CONTENT',
    'A level may be lowered below that of the role, not raised above it.',
    'Send a level up to `details.highest`, or give a higher role.',
    z.object({ highest: z.int() }),
  ),
  ACCOUNT_INDEPENDENT: refusal(
    'FORBIDDEN',
    'This account is not this restaurant’s alone: its owner made it, works elsewhere too, or was only invited.',
    'An admin may issue the code, once the person works here.',
  ),
  ALREADY_STAFF: refusal(
    'CONFLICT',
    'This person has a membership in this restaurant already.',
    'Change its role with `people.setRole`, or bring it back with `people.reactivate`.',
  ),
});
