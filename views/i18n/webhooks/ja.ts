import type { webhooksEn } from "./en.ts";

/** Texts of the Webhooks page in Japanese. */
export const webhooksJa: Record<keyof typeof webhooksEn, string> = {
  "webhooks.title": "Webhook",
  "webhooks.lead":
    "server.yml に設定した宛先へイベントを通知します。通知は署名付きで、失敗すると約1日にわたって再送します。",
  "webhooks.none":
    "Webhook は設定されていません。server.yml の webhooks の書き方は docs/webhooks.md をご覧ください。",
  "webhooks.url": "宛先",
  "webhooks.events": "イベント",
  "webhooks.test": "テスト送信",
  "webhooks.tested": "{name} にテストを送信しました。",
  "webhooks.testFailed": "{name} へのテスト送信に失敗しました（{reason}）。",
  "webhooks.log": "送信履歴",
  "webhooks.noLog": "まだ何も送信していません。",
  "webhooks.column.name": "Webhook",
  "webhooks.column.event": "イベント",
  "webhooks.column.time": "日時",
  "webhooks.column.status": "状態",
  "webhooks.column.attempts": "送信回数",
  "webhooks.column.next": "次の送信",
  "webhooks.column.answer": "応答",
  "webhooks.status.pending": "待機中",
  "webhooks.status.delivered": "送信済み",
  "webhooks.status.failed": "失敗",
};
