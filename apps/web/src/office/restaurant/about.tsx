import { type RestaurantDetail, refusedWith } from '@comanda/client';
import { useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { issueOf } from '../../house/wording.ts';
import { Field } from '../../parts/field.tsx';
import { Part } from './part.tsx';
import { useSaving, whyNot } from './saving.ts';

const FIELDS = ['name', 'slug', 'address', 'phone', 'timeZone', 'currency'] as const;

/** What guests read, and by which clock and money the restaurant goes. */
export function About({ place }: { place: RestaurantDetail }) {
  const { name, slug, timeZone, currency } = place;
  const [form, setForm] = useState<FieldsProps['form']>(() => ({
    name,
    slug,
    timeZone,
    currency,
    address: place.address ?? '',
    phone: place.phone ?? '',
  }));
  const { run, busy, error } = useSaving((expectedVersion) =>
    comanda.restaurants.update.mutate({
      restaurantId: place.id,
      expectedVersion,
      ...form,
      address: form.address.trim() || null,
      phone: form.phone.trim() || null,
    }),
  );
  return (
    <Part
      title="About"
      wrong={whyNot(error, FIELDS)}
      error={error}
      busy={busy}
      onSave={() => run()}
    >
      <Fields form={form} setForm={setForm} error={error} />
    </Part>
  );
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
