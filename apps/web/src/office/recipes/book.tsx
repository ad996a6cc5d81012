import type { RecipeView } from '@comanda/client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { calls } from '../../house/comanda.ts';
import { useSettled } from '../../house/settled.ts';
import { Button } from '../../parts/button.tsx';
import { Choice, Field, Tick } from '../../parts/field.tsx';
import { Nothing, Problem, Waiting } from '../../parts/notice.tsx';
import { Card } from './card.tsx';
import { EditSheet } from './edit.tsx';
import { useReach } from './reach.ts';
import { RecipeSheet } from './recipe.tsx';

type Open = { kind: 'read' | 'edit'; recipe: RecipeView } | { kind: 'new' } | null;

interface Filter {
  search: string;
  secrecy: string;
  difficulty: string;
  isRemoved: boolean;
}

const EVERYTHING: Filter = { search: '', secrecy: '', difficulty: '', isRemoved: false };

/** Every recipe that one may read, newest first. */
export function Book() {
  const { writes } = useReach();
  const [filter, setFilter] = useState(EVERYTHING);
  const [open, setOpen] = useState<Open>(null);
  const list = useRecipes(filter);
  const recipes = list.data?.pages.flatMap(({ items }) => items);
  const close = () => setOpen(null);
  return (
    <>
      <Filters filter={filter} onChange={setFilter} />
      {writes.length > 0 && (
        <div>
          <Button kind="main" onClick={() => setOpen({ kind: 'new' })}>
            Write a recipe down
          </Button>
        </div>
      )}
      {list.error !== null && <Problem error={list.error} retry={() => void list.refetch()} />}
      {recipes === undefined && list.error === null && <Waiting rows={3} />}
      {recipes?.length === 0 && (
        <Nothing>{filter.isRemoved ? 'None was taken out.' : 'No recipe fits.'}</Nothing>
      )}
      <ul className="recipes-list" aria-label="Recipes">
        {recipes?.map((recipe) => (
          <Card
            key={recipe.id}
            recipe={recipe}
            isRemoved={filter.isRemoved}
            onOpen={() => setOpen({ kind: 'read', recipe })}
          />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Show more
        </Button>
      )}
      {open?.kind === 'read' && (
        <RecipeSheet
          recipe={open.recipe}
          onClose={close}
          onEdit={() => setOpen({ kind: 'edit', recipe: open.recipe })}
        />
      )}
      {open?.kind === 'edit' && <EditSheet recipe={open.recipe} onClose={close} />}
      {open?.kind === 'new' && <EditSheet recipe={null} onClose={close} />}
    </>
  );
}

function useRecipes({ search, secrecy, difficulty, isRemoved }: Filter) {
  const sought = useSettled(search.trim());
  const asked = {
    limit: 50,
    ...(sought !== '' && { search: sought }),
    ...(isSecrecy(secrecy) && { secrecy }),
    ...(isDifficulty(difficulty) && { difficulty }),
    ...(isRemoved && { removed: true }),
  };
  return useInfiniteQuery(
    calls.recipes.list.infiniteQueryOptions(asked, {
      getNextPageParam: ({ nextCursor }) => nextCursor,
      placeholderData: (before) => before,
    }),
  );
}

function isSecrecy(word: string): word is 'basic' | 'advanced' | 'top_secret' {
  return word === 'basic' || word === 'advanced' || word === 'top_secret';
}

function isDifficulty(word: string): word is 'easy' | 'hard' | 'expert' {
  return word === 'easy' || word === 'hard' || word === 'expert';
}

interface FiltersProps {
  filter: Filter;
  onChange: (filter: Filter) => void;
}

/** What only cooks see is no filter for others. */
function Filters({ filter, onChange }: FiltersProps) {
  const { cooks, writes } = useReach();
  const put = (part: Partial<Filter>) => onChange({ ...filter, ...part });
  return (
    <div className="recipes-filters" role="search">
      <Field
        label="Search"
        type="search"
        maxLength={100}
        placeholder={cooks ? 'Name, ingredient or chef' : 'Name or ingredient'}
        value={filter.search}
        onChange={({ target }) => put({ search: target.value })}
      />
      {cooks && (
        <>
          <Choice
            label="Secrecy"
            value={filter.secrecy}
            onChange={({ target }) => put({ secrecy: target.value })}
          >
            <option value="">All</option>
            <option value="basic">Basic</option>
            <option value="advanced">Advanced</option>
            <option value="top_secret">Top secret</option>
          </Choice>
          <Choice
            label="Difficulty"
            value={filter.difficulty}
            onChange={({ target }) => put({ difficulty: target.value })}
          >
            <option value="">All</option>
            <option value="easy">Easy</option>
            <option value="hard">Hard</option>
            <option value="expert">Expert</option>
          </Choice>
        </>
      )}
      {writes.length > 0 && (
        <Tick
          label="Taken out of the book"
          checked={filter.isRemoved}
          onChange={({ target }) => put({ isRemoved: target.checked })}
        />
      )}
    </div>
  );
}
