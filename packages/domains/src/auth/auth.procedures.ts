import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { anyone, signedIn } from '../trpc.ts';
import { changePassword, register } from './auth.actions.ts';
import {
  issuePass,
  resetPassword,
  revokeOthers,
  revokePass,
  revokeSession,
} from './auth.credentials.actions.ts';
import { authErrors } from './auth.errors.ts';
import { login } from './auth.login.actions.ts';
import {
  ChangePassword,
  Ended,
  IssuePass,
  Login,
  Logout,
  LoggedOut,
  PassList,
  PassView,
  Refresh,
  Register,
  ResetPassword,
  Revoke,
  SessionList,
  SessionView,
  SignedInView,
  SwitchedView,
  SwitchRestaurant,
} from './auth.schema.ts';
import { logout, refresh, switchRestaurant } from './auth.sessions.actions.ts';
import { ownPasses, ownSession, ownSessions } from './auth.views.ts';

const { QUOTA_EXCEEDED, NOT_FOUND } = kernelErrors;
const { INVALID_CREDENTIALS, NAME_TAKEN, PASSWORD_WEAK, SESSION_REQUIRED } = authErrors;
const { CODE_INVALID, NOT_STAFF, STAFF_PROFILE_MISSING, TOKEN_REUSED } = authErrors;

/** Signing in and out: an old token in the header is no reason to refuse. */
const door = { access: 'anyone', ignoresToken: true } as const;

export const authProcedures = {
  register: anyone(NAME_TAKEN, PASSWORD_WEAK, QUOTA_EXCEEDED)
    .meta(door)
    .input(Register)
    .output(SignedInView)
    .mutation(({ ctx, input }) => register(ctx, input)),
  login: anyone(INVALID_CREDENTIALS, NOT_STAFF, STAFF_PROFILE_MISSING, QUOTA_EXCEEDED)
    .meta(door)
    .input(Login)
    .output(SignedInView)
    .mutation(({ ctx, input }) => login(ctx, input)),
  refresh: anyone(TOKEN_REUSED, QUOTA_EXCEEDED)
    .meta(door)
    .input(Refresh)
    .output(SignedInView)
    .mutation(({ ctx, input }) => refresh(ctx, input)),
  logout: anyone()
    .meta(door)
    .input(Logout)
    .output(LoggedOut)
    .mutation(({ ctx, input }) => logout(ctx, input)),
  resetPassword: anyone(CODE_INVALID, PASSWORD_WEAK, QUOTA_EXCEEDED)
    .meta(door)
    .input(ResetPassword)
    .output(Ended)
    .mutation(({ ctx, input }) => resetPassword(ctx, input)),
  session: signedIn()
    .output(SessionView)
    .query(({ ctx }) => ownSession(ctx)),
  changePassword: signedIn(INVALID_CREDENTIALS, PASSWORD_WEAK, SESSION_REQUIRED, QUOTA_EXCEEDED)
    .input(ChangePassword)
    .output(Ended)
    .mutation(({ ctx, input }) => changePassword(ctx, input)),
  switchRestaurant: signedIn(STAFF_PROFILE_MISSING, SESSION_REQUIRED)
    .input(SwitchRestaurant)
    .output(SwitchedView)
    .mutation(({ ctx, input }) => switchRestaurant(ctx, input)),
  sessions: {
    list: signedIn(SESSION_REQUIRED)
      .output(SessionList)
      .query(({ ctx }) => ownSessions(ctx)),
    revoke: signedIn(NOT_FOUND, SESSION_REQUIRED)
      .input(Revoke)
      .output(Ended)
      .mutation(({ ctx, input }) => revokeSession(ctx, input)),
    revokeOthers: signedIn(SESSION_REQUIRED)
      .output(Ended)
      .mutation(({ ctx }) => revokeOthers(ctx)),
  },
  passes: {
    issue: signedIn(SESSION_REQUIRED)
      .input(IssuePass)
      .output(PassView)
      .mutation(({ ctx, input }) => issuePass(ctx, input)),
    list: signedIn(SESSION_REQUIRED)
      .output(PassList)
      .query(({ ctx }) => ownPasses(ctx)),
    revoke: signedIn(NOT_FOUND)
      .input(Revoke)
      .output(Ended)
      .mutation(({ ctx, input }) => revokePass(ctx, input)),
  },
};
