import type { stripEn } from "./en.ts";

/** The texts of the strip on every page in Japanese. */
export const stripJa: Record<keyof typeof stripEn, string> = {
  "strip.label": "プロジェクトの状態",
  "strip.labels": "新しいラベル",
  "strip.first": "最初のモデルへのラベル",
  "strip.of": "{n} / {of}",
  "strip.paused": "（一時停止中）",
  "strip.idle": "実行なし",
  "strip.running": "{pipeline} を実行中",
  "strip.started": "開始",
  "strip.noModel": "モデルなし",
  "strip.live": "モデル {version}",
  "strip.correct": "ラベル {n} 件での正解率",
  "strip.failed": "失敗した実行",
  "strip.requests": "承認待ち {n} 件",
  "strip.reviews": "確認待ち {n} 件",
  "strip.unlabelled": "ラベルなし {n} 件",
};
