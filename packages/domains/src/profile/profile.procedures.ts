import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { MINUTE } from '@comanda/kernel/time';
import { authErrors } from '../auth/auth.errors.ts';
import { fileErrors } from '../files/files.errors.ts';
import { peopleErrors } from '../people/people.errors.ts';
import { signedIn } from '../trpc.ts';
import { setAvatar, updateProfile } from './profile.actions.ts';
import { erase } from './profile.erasing.actions.ts';
import { Erase, Erased, ProfileView, SetAvatar, UpdateProfile } from './profile.schema.ts';
import { ownProfile } from './profile.views.ts';

const { INVALID_CREDENTIALS, NAME_TAKEN, ORDERS_OPEN, SESSION_REQUIRED } = authErrors;

export const profileProcedures = {
  show: signedIn()
    .meta({ summary: 'Shows the caller, with the staff card of where they work.' })
    .output(ProfileView)
    .query(({ ctx }) => ownProfile(ctx)),
  update: signedIn(NAME_TAKEN, SESSION_REQUIRED)
    .meta({ summary: 'Changes names of the caller, and what they say of themselves.' })
    .input(UpdateProfile)
    .output(ProfileView)
    .mutation(({ ctx, input }) => updateProfile(ctx, input)),
  setAvatar: signedIn(fileErrors.PICTURE_IN_USE, kernelErrors.NOT_FOUND)
    .meta({ summary: 'Hangs up a picture of the caller, or takes it down.' })
    .input(SetAvatar)
    .output(ProfileView)
    .mutation(({ ctx, input }) => setAvatar(ctx, input)),
  erase: signedIn(
    INVALID_CREDENTIALS,
    SESSION_REQUIRED,
    ORDERS_OPEN,
    kernelErrors.QUOTA_EXCEEDED,
    peopleErrors.LAST_OF_ROLE,
  )
    .meta({
      summary: 'Erases the caller: ends all work and sessions, and forgets who they were.',
      deadlineMs: MINUTE,
    })
    .input(Erase)
    .output(Erased)
    .mutation(({ ctx, input }) => erase(ctx, input)),
};
