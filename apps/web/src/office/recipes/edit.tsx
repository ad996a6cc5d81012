import { type RecipeView, refusedWith, type Secrecy } from '@comanda/client';
import { type FormEvent, useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { spoken } from '../../house/figures.ts';
import { inWords, issueOf } from '../../house/wording.ts';
import { Button } from '../../parts/button.tsx';
import { Choice, Field, TextField } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { useReach } from './reach.ts';

/** As it is typed: one ingredient a line. */
interface Form {
  name: string;
  secrecy: Secrecy;
  difficulty: 'easy' | 'hard' | 'expert' | null;
  ingredients: string;
  allergens: string;
  instructions: string;
}

interface EditSheetProps {
  /** Null: a new one. */
  recipe: RecipeView | null;
  onClose: () => void;
}

/** Writes a recipe down, or changes one. */
export function EditSheet({ recipe, onClose }: EditSheetProps) {
  const [form, setForm] = useState(() => formOf(recipe));
  const { run, busy, error } = useDoing({
    call: () => saved(form, recipe),
    said: ({ name }) => `${name} is written down.`,
    touches: ['recipes'],
    onDone: onClose,
    onRefused: () => true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run();
  };
  return (
    <Sheet open onClose={onClose} title={recipe ? `Change ${recipe.name}` : 'A new recipe'} asks>
      <form className="stack" onSubmit={submit}>
        <Fields form={form} setForm={setForm} error={error} />
        {error !== null && issueOf(error, 'name') === undefined && (
          <Notice kind="bad">{refusalWords(error)}</Notice>
        )}
        <Button kind="main" type="submit" busy={busy}>
          Write it down
        </Button>
      </form>
    </Sheet>
  );
}

function formOf(recipe: RecipeView | null): Form {
  const { craft } = recipe ?? { craft: null };
  return {
    name: recipe?.name ?? '',
    secrecy: craft?.secrecy ?? 'basic',
    difficulty: craft?.difficulty ?? null,
    ingredients: recipe?.ingredients.join('\n') ?? '',
    allergens: recipe?.allergens.join(', ') ?? '',
    instructions: craft?.instructions ?? '',
  };
}

function saved(form: Form, recipe: RecipeView | null): Promise<RecipeView> {
  const said = {
    ...form,
    ingredients: parts(form.ingredients, '\n'),
    allergens: parts(form.allergens, ','),
  };
  if (recipe === null) return comanda.recipes.create.mutate(said);
  const expectedVersion = recipe.craft?.version;
  return comanda.recipes.update.mutate({ ...said, recipeId: recipe.id, expectedVersion });
}

function parts(typed: string, by: string): string[] {
  return typed
    .split(by)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function refusalWords(error: unknown): string {
  if (refusedWith(error, 'RECIPE_TOO_SECRET')) {
    const highest = spoken(error.details.highest).toLowerCase();
    return `You write recipes up to ${highest}. Choose a lower secrecy, or ask somebody who reaches further.`;
  }
  if (refusedWith(error, 'VERSION_CONFLICT')) {
    return 'Somebody else changed this recipe just now. Close it, look at it, and change it then.';
  }
  return inWords(error);
}

interface FieldsProps {
  form: Form;
  setForm: (form: Form) => void;
  error: unknown;
}

const DIFFICULTIES = ['easy', 'hard', 'expert'] as const;

function Fields({ form, setForm, error }: FieldsProps) {
  const { writes } = useReach();
  const put = (part: Partial<Form>) => setForm({ ...form, ...part });
  const text = (name: 'name' | 'ingredients' | 'allergens' | 'instructions') => ({
    value: form[name],
    onChange: ({ target }: { target: { value: string } }) => put({ [name]: target.value }),
  });
  return (
    <>
      <Field
        label="Name"
        required
        maxLength={200}
        wrong={issueOf(error, 'name')}
        {...text('name')}
      />
      <div className="recipes-filters">
        <Choice
          label="Secrecy"
          value={form.secrecy}
          onChange={({ target }) =>
            put({ secrecy: writes.find((one) => one === target.value) ?? 'basic' })
          }
        >
          {writes.map((secrecy) => (
            <option key={secrecy} value={secrecy}>
              {spoken(secrecy)}
            </option>
          ))}
        </Choice>
        <Choice
          label="Difficulty"
          value={form.difficulty ?? ''}
          onChange={({ target }) =>
            put({ difficulty: DIFFICULTIES.find((one) => one === target.value) ?? null })
          }
        >
          <option value="">Not said</option>
          {DIFFICULTIES.map((difficulty) => (
            <option key={difficulty} value={difficulty}>
              {spoken(difficulty)}
            </option>
          ))}
        </Choice>
      </div>
      <TextField label="Ingredients" rows={6} hint="One a line." {...text('ingredients')} />
      <Field label="Allergens" hint="With commas between them." {...text('allergens')} />
      <TextField label="How it is made" rows={8} maxLength={15_000} {...text('instructions')} />
    </>
  );
}
