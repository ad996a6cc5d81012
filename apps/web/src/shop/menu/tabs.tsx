import type { CategoryView } from '@comanda/client';
import { useEffect, useRef, useState } from 'react';

interface TabsProps {
  courses: CategoryView[] | undefined;
  onJump: (slug: string) => void;
}

/** From course to course. The bar stays in sight below the head of the page, which may have two rows. */
export function Tabs({ courses, onJump }: TabsProps) {
  const bar = useRef<HTMLElement>(null);
  const current = useCurrent(courses);
  useEffect(() => {
    const head = document.querySelector('.header');
    if (!head) return undefined;
    const seen = new ResizeObserver(() => {
      const { height } = head.getBoundingClientRect();
      bar.current?.parentElement?.style.setProperty('--menu-below', `${height}px`);
    });
    seen.observe(head);
    return () => seen.disconnect();
  }, []);
  useEffect(() => {
    const tab = bar.current?.querySelector<HTMLElement>('[aria-current]');
    // Only the bar moves: the page is where its reader has it.
    if (tab) bar.current?.scrollTo({ left: tab.offsetLeft - 48 });
  }, [current]);
  return (
    <nav ref={bar} className="menu-tabs" aria-label="Courses">
      {courses?.map(({ slug, title }) => (
        <button
          key={slug}
          type="button"
          className="menu-tab"
          aria-current={slug === current || undefined}
          onClick={() => onJump(slug)}
        >
          {title}
        </button>
      ))}
    </nav>
  );
}

/** The course that is being read: the last one whose head has gone past the upper third. */
function useCurrent(courses: CategoryView[] | undefined): string | undefined {
  const [current, setCurrent] = useState<string>();
  useEffect(() => {
    if (!courses) return undefined;
    const look = () => {
      const line = window.innerHeight / 3;
      const past = courses.filter(({ slug }) => {
        const top = document.getElementById(courseId(slug))?.getBoundingClientRect().top;
        return top !== undefined && top <= line;
      });
      setCurrent((past.at(-1) ?? courses[0])?.slug);
    };
    look();
    window.addEventListener('scroll', look, { passive: true });
    return () => window.removeEventListener('scroll', look);
  }, [courses]);
  return current;
}

export function courseId(slug: string): string {
  return `course-${slug}`;
}
