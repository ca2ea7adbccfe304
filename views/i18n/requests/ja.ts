import type { requestsEn } from "./en.ts";

/** Why a request is refused, in Japanese. */
export const requestsJa: Record<keyof typeof requestsEn, string> = {
  "failure.request.method": "{path} では {method} を使えません。使えるのは {allow} です。",
  "failure.request.server":
    "サーバーでエラーが起きました。詳細は、サーバーのログのリクエスト ID {id} を見てください。",
  "failure.request.otherSite":
    "{method} {path} はほかのサイトのページから送られたため、拒否しました。何も変更していません。",
  "failure.request.noHost":
    "リクエストの宛先 {host} はホスト名ではありません。localhost などのホスト名を Host ヘッダーで送ってください。",
  "failure.request.otherHost":
    "このサーバーは {host} では使えません。tegaki が起動時に表示したアドレスを使うか、server.yml の allowed_hosts にこの名前を追加してください。",
  "failure.request.bytes": "{n} バイト",
  "failure.request.more": "それより長いデータ",
  "failure.request.long.drawing":
    "送信したデータが長すぎます。{max} バイトまでですが、{found}です。手書きの点を減らしてください。",
  "failure.request.long.model":
    "送信したデータが長すぎます。{max} バイトまでですが、{found}です。より小さいモデルを送るか、server.yml の limits.model_bytes を大きくしてください。",
  "failure.request.long.file":
    "送信したデータが長すぎます。{max} バイトまでですが、{found}です。ファイルを分けて送るか、server.yml の limits.import_bytes を大きくするか、tegaki samples import を使ってください。",
  "failure.request.long.other":
    "送信したデータが長すぎます。{max} バイトまでですが、{found}です。短くして送ってください。",
  "failure.request.simplify": "{reason}。手書きを簡単にしてください。",
  "failure.request.oneOf": "{name} は {known} のいずれかですが、「{found}」があります",
  "failure.request.atMost": "{name} は {max} 文字までですが、{found} 文字あります",
  "failure.request.percent": "{name} には 0～100 のパーセントが必要ですが、「{found}」があります",
  "failure.request.version": "{name} にはモデルバージョンの番号が必要ですが、「{found}」があります",
  "failure.request.day": "{name} には「2026-01-02」の形の日付が必要ですが、「{found}」があります",
  "failure.request.offset": "{name} には 0～999 が必要ですが、「{found}」があります",
  "failure.request.lines": "{name} には「ID STATE LABEL」の行が必要ですが、「{found}」があります",
  "failure.request.writer": "{name} は 1 行、100 文字までにしてください（「{found}」があります）",
  "failure.request.nothingSelected": "手書きが選択されていません。先に選択してください。",
  "failure.request.whoseNeither": "writer か session のどちらかが必要です",
  "failure.request.whoseBoth": "writer と session は、どちらか一方だけを指定してください",
  "failure.request.cell":
    "true と predicted は、両方を指定する（セルの画像）か、どちらも指定しない（最も大きな誤認識）かのどちらかにしてください",
  "failure.request.form": "フォームを読み取れません（{reason}）",
  "failure.request.textField": "{name} は文字の欄 1 つである必要があります",
  "failure.noModel.yet": "モデルがまだありません。{needs}",
  "failure.noModel.drawings":
    "モデルがまだありません。各クラスにラベル付きの手書きが 1 つあれば認識できますが、{names} にはまだありません。{needs}",
  "failure.noModel.promote": "モデルを昇格してください。",
  "failure.noModel.next": "ラベル付きの手書きがそろったので、次に学習します。",
  "failure.noModel.needs":
    "各クラス {perClass} 件、合計 {total} 件のラベル付きの手書きがそろうと学習します。現在は {n} 件です（プログラムからは POST /api/v1/samples でラベルを送れます）。",
  "failure.sample.noLabel": "サンプル {id} には確認できるラベルがありません（状態：{state}）。",
  "failure.sample.pinned":
    "サンプル {id} はピン留めされています。ラベルは変更できず、確認待ちでもありません。",
  "failure.sample.keyUsed":
    "冪等キー「{key}」は別のサンプル（{id}）に使われています。新しい内容には新しいキーを使ってください。",
  "failure.sample.twin":
    "この手書きは、ラベル「{label}」のサンプル {id} として保存済みです。そのサンプルのラベルを訂正してください。",
  "failure.sample.notReviewed": "サンプル {id} は確認待ちになったことがないため、取り消す判断がありません",
  "failure.sample.negativeLabel": "該当なしの手書きにはラベルを付けられませんが、「{label}」があります",
  "failure.sample.needsLabel": "この手書きは該当なしです。状態と一緒にラベルを指定してください。",
  "failure.sample.tooManyListed":
    "列挙できるサンプルは {max} 件までですが、{found} 件あります。絞り込みで選択してください。",
  "failure.sample.noAction": "サンプルへの操作 {id} はありません",
  "failure.sample.wasUndone":
    "このラベルは取り消し済みのため、保存していません。もう一度ラベルを付けてください。",
  "failure.sample.undone": "サンプルへの操作 {id} は {at} に取り消し済みです",
};
