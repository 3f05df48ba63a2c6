/** Previous and next page of a list, and where in it one is. */

interface PagerProps {
  readonly page: number;
  readonly pages: number;
  readonly hrefOf: (page: number) => string;
  readonly label: string;
}

export function Pager({ page, pages, hrefOf, label }: PagerProps) {
  if (pages < 2) return <></>;
  return (
    <nav class="pager" aria-label={label}>
      {page > 1 && (
        <a href={hrefOf(page - 1)} rel="prev">
          前のページ
        </a>
      )}
      <span>
        {page} / {pages} ページ
      </span>
      {page < pages && (
        <a href={hrefOf(page + 1)} rel="next">
          次のページ
        </a>
      )}
    </nav>
  );
}
