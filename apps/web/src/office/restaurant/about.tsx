import { type RestaurantDetail, refusedWith } from '@comanda/client';
import { useState } from 'react';
import { changesOf } from '../../house/changes.ts';
import { comanda } from '../../house/comanda.ts';
import { issueOf } from '../../house/wording.ts';
import { Field } from '../../parts/field.tsx';
import { Part } from './part.tsx';
import { useSaving, whyNot } from './saving.ts';

const FIELDS = ['name', 'slug', 'address', 'phone', 'timeZone', 'currency'] as const;

/** What guests read, and by which clock and money the restaurant goes. */
export function About({ place }: { place: RestaurantDetail }) {
  const { name, slug, timeZone, currency } = place;
  const [before, setBefore] = useState<FieldsProps['form']>({
    name,
    slug,
    timeZone,
    currency,
    address: place.address ?? '',
    phone: place.phone ?? '',
  });
  const [form, setForm] = useState(before);
  const saving = useSaving(async (expectedVersion) => {
    const changes = changesOf(said(before), said(form));
    const update = { restaurantId: place.id, expectedVersion, ...changes };
    const saved = await comanda.restaurants.update.mutate(update);
    setBefore(form);
    return saved;
  });
  const { error } = saving;
  return (
    <Part title="About" wrong={whyNot(error, FIELDS)} saving={saving}>
      <Fields form={form} setForm={setForm} error={error} />
    </Part>
  );
}

/** An empty line is none. */
function said({ address, phone, ...form }: FieldsProps['form']) {
  return { ...form, address: address.trim() || null, phone: phone.trim() || null };
}

interface FieldsProps {
  form: Record<(typeof FIELDS)[number], string>;
  setForm: (form: FieldsProps['form']) => void;
  error: unknown;
}

function Fields({ form, setForm, error }: FieldsProps) {
  const wrong = (field: (typeof FIELDS)[number]) => {
    if (field === 'slug' && refusedWith(error, 'SLUG_TAKEN')) {
      return 'Another restaurant has this address already. Choose another.';
    }
    return issueOf(error, field);
  };
  const field = (part: (typeof FIELDS)[number]) => ({
    value: form[part],
    wrong: wrong(part),
    onChange: ({ target }: { target: { value: string } }) =>
      setForm({ ...form, [part]: target.value }),
  });
  return (
    <>
      <Field label="Name" required maxLength={200} {...field('name')} />
      <Field
        label="Short name in addresses"
        required
        maxLength={200}
        hint="Lower-case words joined by dashes."
        {...field('slug')}
      />
      <Field label="Address" maxLength={300} {...field('address')} />
      <Field label="Phone" type="tel" maxLength={30} {...field('phone')} />
      <div className="restaurant-pair">
        <Field
          label="Time zone"
          required
          maxLength={60}
          hint="Such as Europe/Rome."
          {...field('timeZone')}
        />
        <Field
          label="Currency"
          required
          maxLength={3}
          hint="Three letters."
          {...field('currency')}
        />
      </div>
    </>
  );
}
