import type { serverEn } from "./en.ts";

/** Texts of the Server page in Japanese. */
export const serverJa: Record<keyof typeof serverEn, string> = {
  "server.title": "サーバー",
  "server.lead":
    "tegaki はこのコンピューターで動作しています。許可しない限り、ほかの端末からは利用できません。",
  "server.phone": "スマートフォンやほかの端末から使う",
  "server.phone.scan":
    "同じネットワークのスマートフォンで QR コードを読み取るか、アドレスを入力してください。利用にはログインが必要です。クラスの生徒などは招待リンクから参加できます。",
  "server.phone.code": "{url} の QR コード",
  "server.phone.closed":
    "現在はこのコンピューターからのみ利用できます。同じネットワークのスマートフォンで描くには、いったん終了し、次のコマンドで起動してください。利用にはログインが必要で、クラスの生徒などは招待リンクで参加できます。",
  "server.phone.proxy":
    "このコンピューターでのみ待ち受けており、プロキシ経由で公開されています。ほかの端末用のアドレスはプロキシの設定をご確認ください。",
  "server.backups": "バックアップ",
  "server.backups.never": "予定はありません。「tegaki backup FILE」で作成できます。",
  "server.backups.next": "次回の予定：{at}",
  "server.backups.settings": "実行時刻の変更",
  "server.backups.failed": "{at} のバックアップに失敗しました：{reason}。1 時間ごとに再試行します。",
  "server.backups.none": "まだありません。",
  "server.backups.at": "作成日時",
  "server.backups.kind": "トリガー",
  "server.backups.kind.manual": "手動",
  "server.backups.kind.daily": "定期",
  "server.backups.kind.weekly": "週の最初",
  "server.backups.kind.before_migration": "更新の前",
  "server.backups.size": "サイズ",
  "server.backups.until": "保存期限",
  "server.backups.byHand": "手動で削除するまで",
  "server.backups.file": "ファイル",
  "notice.backupFailed": "定期バックアップに失敗しました：{reason}",
  "server.quit": "終了",
  "server.quit.text":
    "ラベル、モデル、実行の記録はこのコンピューターに保存されており、次回の起動後も利用できます。",
  "server.quit.running": "実行中の処理があります。終了するとキャンセルされます。",
  "server.quit.do": "tegaki を終了",
  "server.quit.remote":
    "このページから終了できるのは管理者だけです。ほかの人は、起動したターミナルまたはサービス管理ツールから終了してください。",
  "server.stopped.title": "tegaki を終了しました",
  "server.stopped.text":
    "このタブは閉じてかまいません。ラベルは保存されています。再び使うには tegaki を起動してください。",
};
