import type { OrderingTerms, OrderType, RestaurantDetail } from '@comanda/client';
import { useState } from 'react';
import { changesOf } from '../../house/changes.ts';
import { comanda } from '../../house/comanda.ts';
import { amountOf, typedAmount } from '../../house/figures.ts';
import { issueOf } from '../../house/wording.ts';
import { Field, Tick } from '../../parts/field.tsx';
import { Numbers } from './numbers.tsx';
import { Part } from './part.tsx';
import { useSaving, whyNot } from './saving.ts';

const WAYS: { type: OrderType; label: string }[] = [
  { type: 'dine_in', label: 'Eaten here' },
  { type: 'pickup', label: 'Fetched' },
  { type: 'delivery', label: 'Brought' },
];
const FIELDS = ['ordering.deliveryFee', 'ordering.minimum', 'ordering.prepMinutes'];
const PERCENT_BPS = 100;

interface Form extends Omit<OrderingTerms, 'deliveryFee' | 'minimum'> {
  serviceChargePercent: number;
  /** As they are typed. */
  deliveryFee: string;
  minimum: string;
}

interface FormProps {
  form: Form;
  setForm: (form: Form) => void;
}

/** On which terms orders are taken. */
export function Ordering({ place }: { place: RestaurantDetail }) {
  const { currency } = place;
  const [before, setBefore] = useState(place.ordering);
  const [form, setForm] = useState<Form>(() => ({
    ...before,
    serviceChargePercent: before.serviceChargeBps / PERCENT_BPS,
    deliveryFee: typedAmount(before.deliveryFee, currency),
    minimum: typedAmount(before.minimum, currency),
  }));
  const fee = amountOf(form.deliveryFee, currency);
  const minimum = amountOf(form.minimum, currency);
  const saving = useSaving(async (expectedVersion) => {
    const { types, taxInclusive, autoConfirm, prepMinutes, serviceChargePercent } = form;
    const now = {
      types,
      taxInclusive,
      autoConfirm,
      prepMinutes,
      serviceChargeBps: Math.round(serviceChargePercent * PERCENT_BPS),
      deliveryFee: fee ?? before.deliveryFee,
      minimum: minimum ?? before.minimum,
    };
    const ordering = changesOf<OrderingTerms>(before, now);
    const update = { restaurantId: place.id, expectedVersion, ordering };
    const saved = await comanda.restaurants.update.mutate(update);
    setBefore(now);
    return saved;
  });
  const { error } = saving;
  const isRight = fee !== undefined && minimum !== undefined;
  return (
    <Part title="Ordering" wrong={whyNot(error, FIELDS)} saving={saving} isRight={isRight}>
      <Ways types={form.types} onChange={(types) => setForm({ ...form, types })} />
      <Amounts form={form} setForm={setForm} currency={currency} error={error} />
      <Numbers
        settings={[
          {
            name: 'serviceChargePercent',
            label: 'Service charge in %',
            min: 0,
            max: 100,
            step: 0.01,
          },
          { name: 'prepMinutes', label: 'Least minutes to prepare', min: 0, max: 1_440 },
        ]}
        values={form}
        under="ordering"
        error={error}
        onChange={(name, value) => setForm({ ...form, [name]: value })}
      />
      <Ticks form={form} setForm={setForm} />
    </Part>
  );
}

interface WaysProps {
  types: OrderType[];
  onChange: (types: OrderType[]) => void;
}

/** One way at least stays. */
function Ways({ types, onChange }: WaysProps) {
  return (
    <fieldset className="restaurant-ways">
      <legend>Orders are</legend>
      {WAYS.map(({ type, label }) => {
        const isOn = types.includes(type);
        return (
          <Tick
            key={type}
            label={label}
            checked={isOn}
            disabled={isOn && types.length === 1}
            onChange={() => onChange(isOn ? types.filter((one) => one !== type) : [...types, type])}
          />
        );
      })}
    </fieldset>
  );
}

interface AmountsProps extends FormProps {
  currency: string;
  error: unknown;
}

function Amounts({ form, setForm, currency, error }: AmountsProps) {
  const field = (name: 'deliveryFee' | 'minimum') => ({
    inputMode: 'decimal' as const,
    value: form[name],
    wrong:
      amountOf(form[name], currency) === undefined
        ? 'An amount such as 2.50'
        : issueOf(error, `ordering.${name}`),
    onChange: ({ target }: { target: { value: string } }) =>
      setForm({ ...form, [name]: target.value }),
  });
  return (
    <div className="restaurant-pair">
      <Field label={`Delivery fee in ${currency}`} {...field('deliveryFee')} />
      <Field label={`Least order in ${currency}`} {...field('minimum')} />
    </div>
  );
}

function Ticks({ form, setForm }: FormProps) {
  return (
    <>
      <Tick
        label="Prices on the menu contain the tax"
        checked={form.taxInclusive}
        onChange={({ target }) => setForm({ ...form, taxInclusive: target.checked })}
      />
      <Tick
        label="Orders are confirmed by being placed"
        checked={form.autoConfirm}
        onChange={({ target }) => setForm({ ...form, autoConfirm: target.checked })}
      />
    </>
  );
}
