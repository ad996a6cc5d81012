import type { ItemView } from '@comanda/client';
import { useEffect, useRef } from 'react';
import { Button } from '../../parts/button.tsx';
import { Nothing, Problem } from '../../parts/notice.tsx';
import type { Narrowing, useDishes } from './asking.ts';
import { Dishes, DishesWaiting } from './dishes.tsx';
import { courseId } from './tabs.tsx';

interface CoursesProps {
  dishes: ReturnType<typeof useDishes>;
  asked: Narrowing;
  currency: string;
  /** The course to go to as soon as it is there. */
  jump: string | undefined;
  onJumped: () => void;
}

/** The dishes, course by course where they stand in the order of the menu; more of them as one goes on. */
export function Courses({ dishes, asked, currency, jump, onJumped }: CoursesProps) {
  const { data, hasNextPage, isFetchingNextPage, isFetchNextPageError, error } = dishes;
  const { fetchNextPage } = dishes;
  const more = () => void fetchNextPage();
  const mayGoOn = hasNextPage && !isFetchingNextPage && !isFetchNextPageError;
  useJump({ jump, onJumped, more, mayGoOn });
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!end.current || !mayGoOn) return undefined;
    const seen = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) void fetchNextPage();
      },
      { rootMargin: '400px' },
    );
    seen.observe(end.current);
    return () => seen.disconnect();
  }, [mayGoOn, fetchNextPage, data]);

  const all = data?.pages.flatMap(({ items }) => items) ?? [];
  const items = all.filter(
    ({ allergens }) => !allergens.some((one) => asked.without.includes(one)),
  );
  const groups = asked.sort === 'menu' ? byCourse(items) : [{ slug: '', title: '', items }];
  return (
    <>
      <p className="unseen" role="status">
        {items.length === 1 ? 'One dish' : `${items.length} dishes`}
        {hasNextPage && ' and more'}
      </p>
      {items.length === 0 && !hasNextPage && (
        <Nothing>
          <p>Nothing on the menu is like that.</p>
        </Nothing>
      )}
      {groups.map(({ slug, title, items }) => (
        <section key={slug} className="menu-course" aria-labelledby={slug && courseId(slug)}>
          {slug !== '' && (
            <h2 id={courseId(slug)} tabIndex={-1}>
              {title}
            </h2>
          )}
          <Dishes items={items} currency={currency} />
        </section>
      ))}
      <div ref={end} className="menu-end">
        {isFetchingNextPage && <DishesWaiting count={4} />}
        {isFetchNextPageError && <Problem error={error} retry={more} />}
        {mayGoOn && <Button onClick={more}>More dishes</Button>}
      </div>
    </>
  );
}

/** They come course after course, so neighbours are of one. */
function byCourse(items: ItemView[]) {
  const courses = new Map<string, { slug: string; title: string; items: ItemView[] }>();
  for (const item of items) {
    const { slug, title } = item.category;
    const course = courses.get(slug) ?? { slug, title, items: [] };
    course.items.push(item);
    courses.set(slug, course);
  }
  return [...courses.values()];
}

interface Jump extends Pick<CoursesProps, 'jump' | 'onJumped'> {
  more: () => void;
  mayGoOn: boolean;
}

/** Reads on until the course is there, then goes to it. */
function useJump({ jump, onJumped, more, mayGoOn }: Jump): void {
  useEffect(() => {
    if (jump === undefined) return;
    const head = document.getElementById(courseId(jump));
    if (head) {
      head.scrollIntoView();
      head.focus({ preventScroll: true });
      onJumped();
    } else if (mayGoOn) more();
  });
}
