import { Button } from '../../parts/button.tsx';
import { Field, Tick } from '../../parts/field.tsx';

export interface Filter {
  actor: string;
  action: string;
  target: string;
  /** Everything about one row; set by a press on an entry. */
  targetId: string;
  from: string;
  to: string;
  everywhere: boolean;
}

export const NOTHING_SOUGHT: Filter = {
  actor: '',
  action: '',
  target: '',
  targetId: '',
  from: '',
  to: '',
  everywhere: false,
};

/** What people look for most; anything else can be typed as well. */
const ACTIONS = [
  'auth',
  'files',
  'kitchen',
  'menu',
  'orders',
  'orders.cancel',
  'orders.discount',
  'orders.refund',
  'people',
  'people.create',
  'people.setRole',
  'people.deactivate',
  'profile',
  'quotas.set',
  'recipes',
  'reservations',
  'restaurants',
  'restaurants.pause',
  'SECRET_VAULT_ACCESS',
  'SECRET_VAULT_BREAK_GLASS',
  'shifts',
  'shifts.correct',
  'tables',
];

interface FiltersProps {
  filter: Filter;
  onChange: (filter: Filter) => void;
  mayLookEverywhere: boolean;
}

export function Filters({ filter, onChange, mayLookEverywhere }: FiltersProps) {
  const put = (part: Partial<Filter>) => onChange({ ...filter, ...part });
  const field = (name: 'actor' | 'action' | 'target' | 'from' | 'to') => ({
    value: filter[name],
    onChange: ({ target }: { target: { value: string } }) => put({ [name]: target.value }),
  });
  return (
    <div className="audit-filters" role="search">
      <Field
        label="Who"
        type="search"
        placeholder="Part of a name"
        maxLength={200}
        {...field('actor')}
      />
      <Field
        label="Action"
        type="search"
        list="audit-actions"
        placeholder="people.setRole"
        maxLength={100}
        {...field('action')}
      />
      <datalist id="audit-actions">
        {ACTIONS.map((action) => (
          <option key={action} value={action}>
            {action}
          </option>
        ))}
      </datalist>
      <Field
        label="Kind of row"
        type="search"
        placeholder="Order"
        maxLength={60}
        {...field('target')}
      />
      <Field label="From" type="date" {...field('from')} />
      <Field label="To" type="date" {...field('to')} />
      <div className="row audit-more">
        {mayLookEverywhere && (
          <Tick
            label="In all restaurants"
            checked={filter.everywhere}
            onChange={({ target }) => put({ everywhere: target.checked })}
          />
        )}
        <Button kind="quiet" onClick={() => onChange(NOTHING_SOUGHT)}>
          Show everything
        </Button>
      </div>
      {filter.targetId !== '' && (
        <p className="audit-only">Only what happened to one {filter.target || 'row'}.</p>
      )}
    </div>
  );
}
