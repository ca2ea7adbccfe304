import { expect, test } from "bun:test";
import type { Language } from "../../../src/lib/languages.ts";
import { saying } from "../../../src/lib/saying.ts";
import { textIn } from "../../../views/i18n/text.ts";
import { ErrorPage } from "../../../views/pages/error.tsx";

const pageOf = async (language: Language, status: number, errorId: string | null = null) => {
  const page = { text: textIn(language), path: "/", version: "1" };
  return String(await ErrorPage({ ...page, status, detail: "What failed.", errorId }));
};

test.each([
  [403, "リクエストがブロックされました"],
  [404, "ページが見つかりません"],
  [405, "リクエストを処理できませんでした"],
  [500, "問題が発生しました"],
  [502, "問題が発生しました"],
  [503, "一時的に利用できません"],
  [507, "ディスクの空き容量がありません"],
])("ErrorPage of status %i explains what happened in the reader's language", async (status, title) => {
  const html = await pageOf("ja", status);
  expect(html).toContain(`<h1>${title}</h1>`);
  expect(html).toContain(`<p class="error-code">${status}</p>`);
});

test("ErrorPage names the error's line in the log, where there is one", async () => {
  expect(await pageOf("en", 500, "r-1")).toContain("Error ID r-1");
  expect(await pageOf("ja", 500, "r-1")).toContain("エラーID：r-1");
  expect(await pageOf("en", 404)).not.toContain("Error ID");
});

test("ErrorPage words the detail in the reader's language where the error has a saying", async () => {
  const detail = "The server is stopping. Try again once it is back";
  const props = {
    text: textIn("ja"),
    path: "/",
    version: "1",
    status: 503,
    errorId: null,
    detail,
    says: saying("stopping"),
  };
  expect(String(await ErrorPage(props))).toContain(
    '<p class="soft" data-detail="true">サーバーは停止処理中です。再開してから、もう一度お試しください。</p>',
  );
});

test("ErrorPage marks the server's own words as English, and omits them on a 404", async () => {
  expect(await pageOf("ja", 409)).toContain('<p class="soft" lang="en" data-detail="true">What failed.</p>');
  expect(await pageOf("en", 404)).not.toContain("What failed.");
});
