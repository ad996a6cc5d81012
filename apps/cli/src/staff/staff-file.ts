import { z } from 'zod';
import { repeated, textsIn, understoodAs } from '../files/entries.ts';
import { FileRefused, type Problem } from '../files/refused.ts';
import type { Row } from '../files/entries.ts';

const COLUMNS = [
  'username',
  'email',
  'phone',
  'firstName',
  'lastName',
  'role',
  'level',
  'password',
  'existing',
];

const NAMES = ['username', 'email', 'phone'] as const;
const PASSWORD = 'is 8 to 256 characters long';

const text = (max: number) => z.string('is a text').trim().max(max, `is ${max} characters at most`);

const SaidPerson = z
  .strictObject({
    username: text(60).optional(),
    email: text(254).optional(),
    phone: text(30).optional(),
    firstName: text(100).optional(),
    lastName: text(100).optional(),
    role: text(40),
    level: z
      .string()
      .regex(/^[1-5]$/, 'is 1 to 5')
      .transform(Number)
      .optional(),
    password: z.string().min(8, PASSWORD).max(256, PASSWORD).optional(),
    existing: text(254).optional(),
  })
  .superRefine((said, { addIssue }) => {
    const { existing, password } = said;
    const named = NAMES.some((field) => said[field] !== undefined);
    if (existing === undefined && !named) {
      addIssue('needs a username, an email or a phone, or the name of somebody under existing');
    } else if (existing !== undefined && (named || password !== undefined)) {
      addIssue('is of somebody who has an account, so it takes no other name and no password');
    }
  });
export type SaidPerson = z.infer<typeof SaidPerson>;

/** By what somebody is told. */
export function nameOf({ username, email, phone, existing }: SaidPerson): string {
  return username ?? email ?? phone ?? existing ?? '';
}

/** One form for all ways to write a name; whether it is one is the service's to say. */
export function canonical(name: string): string {
  const small = name.normalize('NFKC').trim().toLowerCase();
  const digits = small.replace(/[\s().\-/]/g, '').replace(/^00/, '+');
  return /^\+?\d+$/.test(digits) ? digits : small;
}

/** The names by which somebody would sign in. */
export function namesOf(said: SaidPerson): (readonly [field: string, name: string])[] {
  return [...NAMES, 'existing' as const].flatMap((field) => {
    const name = said[field];
    return name === undefined ? [] : [[field, canonical(name)] as const];
  });
}

/** The people of a file, with roles that may be given; refuses what is none. */
export function peopleIn(
  given: { path: string; format: string | undefined },
  mayGive: readonly string[],
): Row<SaidPerson>[] {
  const { source, entries } = textsIn(given, COLUMNS);
  const { rows, problems } = understoodAs<SaidPerson>(SaidPerson, entries);
  const ungiven = rows.flatMap(({ place, value: { role } }): Problem[] => {
    if (mayGive.includes(role)) return [];
    return [
      { place, field: 'role', message: `${role} is none that you give: ${mayGive.join(', ')}` },
    ];
  });
  const all = [...problems, ...ungiven, ...repeated(rows, namesOf)];
  if (all.length > 0) throw new FileRefused(source.name, all);
  return rows;
}
