import { authErrors } from '../auth/auth.errors.ts';
import { Ended } from '../auth/auth.schema.ts';
import { allow } from '../trpc.ts';
import {
  createPerson,
  deactivate,
  deactivateAccount,
  giveResetCode,
  reactivate,
  setLevel,
  setRole,
} from './people.actions.ts';
import { peopleErrors } from './people.errors.ts';
import { listPeople, showPerson } from './people.reads.ts';
import {
  CreatePerson,
  ListPeople,
  NamePerson,
  PersonPage,
  PersonView,
  ResetCodeView,
  SetLevel,
  SetRole,
} from './people.schema.ts';

const {
  ACCOUNT_INDEPENDENT,
  ALREADY_STAFF,
  GRANT_REFUSED,
  LAST_OF_ROLE,
  LEVEL_TOO_HIGH,
  OWN_ROLE,
} = peopleErrors;
const { NAME_TAKEN, PASSWORD_WEAK, SESSION_REQUIRED } = authErrors;

export const peopleProcedures = {
  list: allow('staff.read')
    .meta({ summary: 'Lists the people of a restaurant.' })
    .input(ListPeople)
    .output(PersonPage)
    .query(({ ctx, input }) => listPeople(ctx, input)),
  show: allow('staff.read')
    .meta({ summary: 'Shows one person of a restaurant.' })
    .input(NamePerson)
    .output(PersonView)
    .query(({ ctx, input }) => showPerson(ctx, input.personId)),
  create: allow(
    'staff.create',
    GRANT_REFUSED,
    OWN_ROLE,
    LEVEL_TOO_HIGH,
    ALREADY_STAFF,
    NAME_TAKEN,
    PASSWORD_WEAK,
  )
    .meta({ summary: 'Hires somebody, with a new account or one they have.' })
    .input(CreatePerson)
    .output(PersonView)
    .mutation(({ ctx, input }) => createPerson(ctx, input)),
  setRole: allow('staff.role', GRANT_REFUSED, OWN_ROLE, LAST_OF_ROLE)
    .meta({ summary: 'Gives a person another role.' })
    .input(SetRole)
    .output(PersonView)
    .mutation(({ ctx, input }) => setRole(ctx, input)),
  setLevel: allow('staff.role', GRANT_REFUSED, OWN_ROLE, LEVEL_TOO_HIGH)
    .meta({ summary: 'Lowers the level of a person, or lifts it back to that of the role.' })
    .input(SetLevel)
    .output(PersonView)
    .mutation(({ ctx, input }) => setLevel(ctx, input)),
  deactivate: allow('staff.role', GRANT_REFUSED, OWN_ROLE, LAST_OF_ROLE)
    .meta({ summary: 'Ends a membership; its role works no more.' })
    .input(NamePerson)
    .output(PersonView)
    .mutation(({ ctx, input }) => deactivate(ctx, input)),
  reactivate: allow('staff.role', GRANT_REFUSED, OWN_ROLE)
    .meta({ summary: 'Brings a membership back.' })
    .input(NamePerson)
    .output(PersonView)
    .mutation(({ ctx, input }) => reactivate(ctx, input)),
  issueResetCode: allow(
    'staff.role',
    GRANT_REFUSED,
    OWN_ROLE,
    ACCOUNT_INDEPENDENT,
    SESSION_REQUIRED,
  )
    .meta({ summary: 'Issues a one-use code with which a person sets a new password.' })
    .input(NamePerson)
    .output(ResetCodeView)
    .mutation(({ ctx, input }) => giveResetCode(ctx, input)),
  deactivateAccount: allow('user.deactivate', OWN_ROLE, LAST_OF_ROLE)
    .meta({ summary: 'Closes an account everywhere and ends its sessions.' })
    .input(NamePerson)
    .output(Ended)
    .mutation(({ ctx, input }) => deactivateAccount(ctx, input)),
};
