/** @jsxRuntime automatic @jsxImportSource hono/jsx */
/** The message of a notice. */
export interface NoticeProps {
  kind: "done" | "problem";
  message: string;
}

/** The result of the last request; null for none. Fills the live region `#notice`. */
export function Notice({ notice }: { notice: NoticeProps | null }) {
  if (notice === null) return null;
  return <p class={notice.kind === "done" ? "notice" : "alert"}>{notice.message}</p>;
}

/** Replaces the region's content along with the main swap, so that it remains when the list is rendered again. */
export function NoticeBeside({ notice }: { notice: NoticeProps | null }) {
  return (
    <div id="notice" hx-swap-oob="innerHTML">
      <Notice notice={notice} />
    </div>
  );
}
