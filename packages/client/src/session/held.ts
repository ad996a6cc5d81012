/** Holds on to something as long as the page or the process lives. */
export function held<Kept>() {
  let kept: Kept | undefined;
  return {
    read: () => kept,
    write: (next: Kept | undefined) => {
      kept = next;
    },
  };
}
