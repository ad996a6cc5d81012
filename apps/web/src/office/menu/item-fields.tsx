import { useQuery } from '@tanstack/react-query';
import { calls } from '../../house/comanda.ts';
import { useMay } from '../../house/who.ts';
import { Choice, Field, TextField, Tick } from '../../parts/field.tsx';
import type { Filling } from './item-form.tsx';

/** What is said about an item itself. */
export function ItemFields({ draft, set, wrong }: Filling) {
  const { data: categories } = useQuery(calls.menu.categories.list.queryOptions({}));
  return (
    <>
      <Field
        label="Name"
        required
        maxLength={200}
        value={draft.name}
        wrong={wrong('name')}
        onChange={({ target }) => set({ name: target.value })}
      />
      <TextField
        label="Description"
        maxLength={2_000}
        value={draft.description}
        wrong={wrong('description')}
        onChange={({ target }) => set({ description: target.value })}
      />
      <div className="office-menu-pair">
        <Choice
          label="Category"
          required
          value={draft.categoryId}
          wrong={wrong('categoryId')}
          onChange={({ target }) => set({ categoryId: target.value })}
        >
          <option value="">Choose …</option>
          {categories?.items.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </Choice>
        <Field
          label="Address in the shop"
          hint="Left empty, it is made from the name."
          value={draft.slug}
          wrong={wrong('slug')}
          onChange={({ target }) => set({ slug: target.value })}
        />
        <PriceFields draft={draft} set={set} wrong={wrong} />
      </div>
      <KitchenFields draft={draft} set={set} wrong={wrong} />
      <Tick
        label="Featured on the menu"
        checked={draft.featured}
        onChange={({ target }) => set({ featured: target.checked })}
      />
    </>
  );
}

function PriceFields({ draft, set, wrong }: Filling) {
  return (
    <>
      <Field
        label="Price"
        required
        inputMode="decimal"
        placeholder="12.50"
        value={draft.price}
        wrong={wrong('price')}
        onChange={({ target }) => set({ price: target.value })}
      />
      <Field
        label="Tax in %"
        required
        inputMode="decimal"
        value={draft.tax}
        wrong={wrong('taxBps')}
        onChange={({ target }) => set({ tax: target.value })}
      />
    </>
  );
}

/** What the kitchen has to know of it. */
function KitchenFields({ draft, set, wrong }: Filling) {
  return (
    <div className="office-menu-pair">
      <Field
        label="Allergens"
        hint="With commas between: gluten, milk"
        value={draft.allergens}
        wrong={wrong('allergens')}
        onChange={({ target }) => set({ allergens: target.value })}
      />
      <Field
        label="Station"
        hint="Where it is made, such as oven or bar."
        maxLength={40}
        value={draft.station}
        wrong={wrong('station')}
        onChange={({ target }) => set({ station: target.value })}
      />
      <Field
        label="Minutes to make"
        inputMode="numeric"
        value={draft.prepMinutes}
        wrong={wrong('prepMinutes')}
        onChange={({ target }) => set({ prepMinutes: target.value })}
      />
      <RecipeChoice draft={draft} set={set} />
    </div>
  );
}

function RecipeChoice({ draft, set }: Pick<Filling, 'draft' | 'set'>) {
  const may = useMay();
  const { data } = useQuery({
    ...calls.recipes.list.queryOptions({ limit: 100 }),
    enabled: may('recipe.read'),
    staleTime: 60_000,
  });
  if (!data) return null;
  return (
    <Choice
      label="Recipe"
      value={draft.recipeId}
      onChange={({ target }) => set({ recipeId: target.value })}
    >
      <option value="">None</option>
      {data.items.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Choice>
  );
}
