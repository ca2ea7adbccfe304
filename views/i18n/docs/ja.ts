import type { docsEn } from "./en.ts";

/** The texts around the manual in Japanese. */
export const docsJa: Record<keyof typeof docsEn, string> = {
  "nav.docs": "ヘルプ",

  "docs.title": "マニュアル",
  "docs.lead": "本文は英語のみです。すべてこのプログラムから配信し、外部からは何も読み込みません。",
  "docs.englishOnly": "本文は英語のみです。",
  "docs.contents": "目次",
  "docs.onThisPage": "このページの内容",
  "docs.section.using": "ラベルと手書き",
  "docs.section.running": "モデルと学習",
  "docs.section.operating": "運用",
  "docs.section.pipelines": "プログラムとパイプライン",
  "docs.section.developing": "開発",
  "docs.api": "API リファレンス",
  "docs.openapi": "OpenAPI 文書（JSON）",
  "docs.schemas": "スキーマ",
  "docs.parameters": "パラメーター",
  "docs.body": "本体",
  "docs.responses": "応答",
  "docs.example": "例",
  "docs.required": "必須",
  "docs.column.name": "名前",
  "docs.column.type": "型",
  "docs.column.meaning": "意味",
};
