import type { CategoryView, ListMenu } from '@comanda/client';
import { useMay } from '../../house/who.ts';
import { Choice, Field } from '../../parts/field.tsx';

export interface MenuFilters {
  search: string;
  category: string;
  show: string;
}

/** As the service is asked. */
export function askedBy({ search, category, show }: MenuFilters): ListMenu {
  return {
    limit: 100,
    ...(search.trim() !== '' && { search: search.trim() }),
    ...(category !== '' && { category }),
    ...(show === 'on' && { available: true }),
    ...(show === 'off' && { available: false }),
    ...(show === 'removed' && { removed: true }),
  };
}

interface FiltersProps {
  value: MenuFilters;
  onChange: (value: MenuFilters) => void;
  categories: CategoryView[];
}

export function Filters({ value, onChange, categories }: FiltersProps) {
  const may = useMay();
  return (
    <search className="office-menu-filters">
      <Field
        label="Search"
        type="search"
        maxLength={100}
        value={value.search}
        onChange={({ target }) => onChange({ ...value, search: target.value })}
      />
      <Choice
        label="Category"
        value={value.category}
        onChange={({ target }) => onChange({ ...value, category: target.value })}
      >
        <option value="">All</option>
        {categories.map(({ id, slug, title }) => (
          <option key={id} value={slug}>
            {title}
          </option>
        ))}
      </Choice>
      <Choice
        label="Show"
        value={value.show}
        onChange={({ target }) => onChange({ ...value, show: target.value })}
      >
        <option value="">Everything</option>
        <option value="on">What is on sale</option>
        <option value="off">What is off or out</option>
        {may('menu.write') && <option value="removed">What was removed</option>}
      </Choice>
    </search>
  );
}
