import { refusedWith } from '@comanda/client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { calls, comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { issueOf } from '../../house/wording.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { Notice, Problem } from '../../parts/notice.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { whyNot } from './saving.ts';

/** Every restaurant of the house, for those who may open another one. */
export function Restaurants() {
  const [isOpening, setOpening] = useState(false);
  const list = useInfiniteQuery(
    calls.restaurants.list.infiniteQueryOptions(
      { limit: 50 },
      { getNextPageParam: ({ nextCursor }) => nextCursor },
    ),
  );
  const all = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className="card restaurant-part" aria-label="All restaurants">
      <div className="row is-apart">
        <h2>All restaurants</h2>
        <Button onClick={() => setOpening(true)}>Open a restaurant</Button>
      </div>
      {list.error !== null && <Problem error={list.error} retry={() => void list.refetch()} />}
      <ul className="stack">
        {all.map(({ id, name, address, slug }) => (
          <li key={id}>
            <strong>{name}</strong>{' '}
            <span className="aside">
              {slug}
              {address !== null && ` · ${address}`}
            </span>
          </li>
        ))}
      </ul>
      {list.hasNextPage && <Button onClick={() => void list.fetchNextPage()}>Show more</Button>}
      {isOpening && <OpenSheet onClose={() => setOpening(false)} />}
    </section>
  );
}

const FIELDS = ['name', 'slug', 'address', 'phone', 'timeZone', 'currency'] as const;

const EMPTY = { name: '', slug: '', address: '', phone: '', timeZone: '', currency: 'EUR' };

function OpenSheet({ onClose }: { onClose: () => void }) {
  const [form, setForm] = useState(EMPTY);
  const { run, busy, error } = useDoing({
    call: () => {
      const given = Object.entries(form).filter(([, value]) => value.trim() !== '');
      return comanda.restaurants.create.mutate({ ...Object.fromEntries(given), name: form.name });
    },
    said: 'Opened.',
    touches: ['restaurants'],
    onDone: onClose,
    onRefused: () => true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run();
  };
  const taken = refusedWith(error, 'SLUG_TAKEN') ? 'Another restaurant has this one.' : undefined;
  const field = (name: (typeof FIELDS)[number]) => ({
    value: form[name],
    wrong: issueOf(error, name),
    onChange: ({ target }: { target: { value: string } }) =>
      setForm({ ...form, [name]: target.value }),
  });
  const wrong = whyNot(error, FIELDS);
  return (
    <Sheet open onClose={onClose} title="Open a restaurant" asks>
      <form className="stack" onSubmit={submit}>
        <Field label="Name" required maxLength={200} {...field('name')} />
        <Field
          label="Short name in addresses"
          maxLength={200}
          hint="Empty: made from the name."
          {...field('slug')}
          wrong={taken ?? issueOf(error, 'slug')}
        />
        <Field label="Address" maxLength={300} {...field('address')} />
        <Field label="Phone" type="tel" maxLength={30} {...field('phone')} />
        <div className="restaurant-pair">
          <Field
            label="Time zone"
            maxLength={60}
            placeholder="Europe/Rome"
            hint="Empty: UTC."
            {...field('timeZone')}
          />
          <Field label="Currency" required maxLength={3} {...field('currency')} />
        </div>
        {wrong !== undefined && <Notice kind="bad">{wrong}</Notice>}
        <Button kind="main" type="submit" busy={busy}>
          Open it
        </Button>
      </form>
    </Sheet>
  );
}
