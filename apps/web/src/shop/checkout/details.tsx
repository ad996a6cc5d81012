import type { CallError, OrderType } from '@comanda/client';
import { issueOf } from '../../house/wording.ts';
import { Field, TextField } from '../../parts/field.tsx';
import type { Draft } from './draft.ts';

interface DetailsProps {
  draft: Draft;
  type: OrderType;
  refusal: CallError | undefined;
  onChange: (changes: Partial<Draft>) => void;
}

/** Who it is for, and where they are. */
export function Details({ draft, type, refusal, onChange }: DetailsProps) {
  const wrong = (field: string) => issueOf(refusal, field);
  return (
    <div className="form">
      <Field
        label="Your name"
        name="name"
        autoComplete="name"
        required
        maxLength={200}
        hint="We call you by it."
        wrong={wrong('customerName')}
        value={draft.customerName}
        onChange={({ target }) => onChange({ customerName: target.value })}
      />
      <Where draft={draft} type={type} refusal={refusal} onChange={onChange} />
      <TextField
        label="Anything else we should know? (if you like)"
        rows={2}
        maxLength={400}
        wrong={wrong('instructions')}
        value={draft.instructions}
        onChange={({ target }) => onChange({ instructions: target.value })}
      />
    </div>
  );
}

function Where({ draft, type, refusal, onChange }: DetailsProps) {
  const wrong = (field: string) => issueOf(refusal, field);
  return (
    <>
      {type === 'dine_in' && (
        <Field
          label="Your table"
          name="table"
          autoComplete="off"
          maxLength={20}
          hint="The name or number on it, so that we find you."
          value={draft.table}
          onChange={({ target }) => onChange({ table: target.value })}
        />
      )}
      {type === 'delivery' && (
        <TextField
          label="Address"
          name="street-address"
          autoComplete="street-address"
          rows={2}
          required
          maxLength={300}
          wrong={wrong('address')}
          value={draft.address}
          onChange={({ target }) => onChange({ address: target.value })}
        />
      )}
      {type !== 'dine_in' && (
        <Field
          label={type === 'delivery' ? 'Telephone' : 'Telephone (if you like)'}
          name="tel"
          type="tel"
          autoComplete="tel"
          required={type === 'delivery'}
          maxLength={30}
          hint={type === 'delivery' ? 'In case we cannot find the door.' : undefined}
          wrong={wrong('phone')}
          value={draft.phone}
          onChange={({ target }) => onChange({ phone: target.value })}
        />
      )}
    </>
  );
}
