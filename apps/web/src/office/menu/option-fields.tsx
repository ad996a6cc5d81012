import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import type { OptionDraft } from './item-draft.ts';

interface OptionFieldsProps {
  option: OptionDraft;
  at: number;
  wrong: (field: string) => string | undefined;
  onChange: (changes: Partial<OptionDraft>) => void;
  onEarlier: () => void;
  onRemove: () => void;
}

/** One answer to a question, and what it adds to the price. */
export function OptionFields(props: OptionFieldsProps) {
  const { option, at, wrong, onChange, onEarlier, onRemove } = props;
  const name = option.name || `option ${at + 1}`;
  return (
    <div className="office-menu-option" role="group" aria-label={`Option ${at + 1}`}>
      <Field
        label="Option"
        placeholder="Large"
        maxLength={100}
        value={option.name}
        wrong={wrong('name')}
        onChange={({ target }) => onChange({ name: target.value })}
      />
      <Field
        label="Adds"
        inputMode="text"
        placeholder="0.00"
        value={option.priceDelta}
        wrong={wrong('priceDelta')}
        onChange={({ target }) => onChange({ priceDelta: target.value })}
      />
      <Field
        label="Up to"
        inputMode="numeric"
        value={option.maxQuantity}
        wrong={wrong('maxQuantity')}
        onChange={({ target }) => onChange({ maxQuantity: target.value })}
      />
      <div className="office-menu-option-doings">
        {at > 0 && (
          <Button kind="quiet" aria-label={`Move ${name} up`} onClick={onEarlier}>
            ↑
          </Button>
        )}
        <Button kind="quiet" aria-label={`Remove ${name}`} onClick={onRemove}>
          ×
        </Button>
      </div>
    </div>
  );
}
