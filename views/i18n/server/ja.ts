import type { serverEn } from "./en.ts";

/** Texts of the Server page in Japanese. */
export const serverJa: Record<keyof typeof serverEn, string> = {
  "server.title": "サーバー",
  "server.lead":
    "tegaki はこのコンピューターで動作しています。許可しない限り、ほかの端末からは利用できません。",
  "server.phone": "スマートフォンやほかの端末から使う",
  "server.phone.scan":
    "同じネットワークのスマートフォンで QR コードを読み取るか、アドレスを入力してください。アカウントの仕組みはないため、アクセスできる人は誰でもラベル付け、学習、削除ができます。",
  "server.phone.code": "{url} の QR コード",
  "server.phone.closed":
    "現在はこのコンピューターからのみ利用できます。同じネットワークのスマートフォンで描くには、いったん終了し、次のコマンドで起動してください。ネットワーク内の誰でもラベル付け、学習、削除ができるようになります。",
  "server.phone.proxy":
    "このコンピューターでのみ待ち受けており、プロキシ経由で公開されています。ほかの端末用のアドレスはプロキシの設定をご確認ください。",
  "server.quit": "終了",
  "server.quit.text":
    "ラベル、モデル、実行の記録はこのコンピューターに保存されており、次回の起動後も利用できます。",
  "server.quit.running": "実行中の処理があります。終了するとキャンセルされます。",
  "server.quit.do": "tegaki を終了",
  "server.quit.remote":
    "ほかの端末に公開されており、アカウントの仕組みもないため、このページからは終了できません。起動したターミナルまたはサービス管理ツールから終了してください。",
  "server.stopped.title": "tegaki を終了しました",
  "server.stopped.text":
    "このタブは閉じてかまいません。ラベルは保存されています。再び使うには tegaki を起動してください。",
};
