/** @jsxRuntime automatic @jsxImportSource hono/jsx */
export interface NoticeProps {
  kind: "done" | "problem";
  message: string;
}

/** What became of the last wish; null for nothing. Fills the live region `#notice`. */
export function Notice({ notice }: { notice: NoticeProps | null }) {
  if (notice === null) return null;
  return <p class={notice.kind === "done" ? "notice" : "alert"}>{notice.message}</p>;
}

/** Replaces the region's content beside the main swap, so that it stays when the list is drawn again. */
export function NoticeBeside({ notice }: { notice: NoticeProps | null }) {
  return (
    <div id="notice" hx-swap-oob="innerHTML">
      <Notice notice={notice} />
    </div>
  );
}
