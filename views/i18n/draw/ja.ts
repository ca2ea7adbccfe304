import type { drawEn } from "./en.ts";

/** The texts of the Draw page that are about earlier drawings and its keys, in Japanese. */
export const drawJa: Readonly<Record<keyof typeof drawEn, string>> = {
  "draw.recent": "最近の手書き",
  "draw.recentEmpty": "最近の手書きがここに並び、ラベルを訂正できます。",
  "draw.correcting": "訂正中",
  "draw.noScript":
    "このページで文字を書いて認識するには JavaScript が必要です。このサイトで有効にしてから再読み込みしてください。ほかのページは JavaScript なしでも使えます。",

  "help.recent": "最近の手書きを番号で選択（続けて正しいラベルを押す）",
  "help.arrows": "前後の最近の手書きへ移動",
  "help.correct": "訂正中：ラベルをそのままにする、または手書きを取り下げる",
  "help.escape": "訂正をやめる",
  "help.key.left": "←",
  "help.key.right": "→",
  "help.key.escape": "Esc",

  "client.notYet": "まだ認識結果が表示されていません。表示されてから確定してください。",
  "client.cleared": "ラベルを付けずに消去しました。",
  "client.uncover": "取り消し",
  "client.uncovered": "手書きを復元しました。",
  "draw.labelAsKeys": "ラベル {digit} を付けて保存（キー {keys}）",
  "help.several": "{label} のラベルを付けて保存（各ラベルのキーはボタンに表示）",
  "client.typing": "{typed}… 続きを入力するか、Esc を押してください。",
  "client.mistyped": "キー {typed} のラベルはありません。",
  "draw.picture": "文字の画像",
  "draw.choosePicture": "画像を選択…",
  "draw.pictureHint":
    "ここにドロップまたは貼り付けもできます。紙に書いた文字を 1 つ写してください。画像はこのブラウザーから出ず、線だけが送信されます。",
  "draw.fromPicture": "画像から",
  "client.picture.seen": "画像から見つけた線です。ラベルを付けるか、クリアしてください。",
  "client.picture.empty":
    "{name} には、はっきりした線がありません。文字を 1 つだけ、近くから、明るさにむらのない場所で写してください。",
  "client.picture.unreadable":
    "{name} は、このブラウザーで読める画像ではありません。PNG か JPEG のファイルを選択してください。",
  "client.picture.small": "{name} は小さすぎます。8×8 ピクセル以上の画像が必要です。",
  "client.picture.many": "ファイルが {n} 件あります。画像は 1 枚ずつ選択してください。",
  "client.takenBackOnly":
    "ラベル {label} を取り消しました。手書き欄に別の線があるため、手書きは復元していません。",
  "client.takingBack": "ラベル {label} を取り消しています… 手書きを復元しました。",
  "client.takingBackOnly": "ラベル {label} を取り消しています…",
  "client.undoWaiting": "ラベル {undone} 件を取り消し中。サーバーが応答していません。再送信しています。",
  "client.bothWaiting":
    "未保存 {n} 件、取り消し中 {undone} 件。サーバーが応答していません。再送信しています。",
  "client.recent.none": "最近の手書きはまだありません。",
  "client.recent.pick": "手書きの番号か矢印キーを押してください。",
  "client.recent.prompt": "ラベルは {label} です。正しいラベルを押してください。",
  "client.recent.promptWithdrawn": "取り下げ済みです（{label}）。使うにはラベルを押してください。",
  "client.recent.promptRefused":
    "{label} として保存できませんでした：{reason} 保存するにはラベルを押してください。",
  "client.recent.withdraw": "取り下げ",
  "client.recent.leave": "キャンセル",
  "client.recent.corrected": "{from} を {to} に訂正しました。",
  "client.recent.withdrawn": "{label} を取り下げました。学習には使われません。",
  "client.recent.kept": "すでに {label} です。",
  "client.recent.undo": "取り消し",
  "client.recent.undone": "訂正を取り消しました。ラベルは {label} です。",
  "client.recent.undoOffer": "もう一度 Backspace を押すと、訂正を取り消して {label} にします。",
  "client.recent.dropped": "手書きを一覧から削除しました。保存はされていません。",
  "client.recent.gone": "この手書きは、ここでは訂正できなくなりました。サンプルのページで探してください。",
  "client.recent.notCorrected": "{label} に訂正できませんでした：{reason}",
  "client.recent.look.stored": "手書き {n}：{label}、保存済み",
  "client.recent.look.waiting": "手書き {n}：{label}、保存中",
  "client.recent.look.trouble": "手書き {n}：{label}、未保存（サーバーが応答していません）",
  "client.recent.look.refused": "手書き {n}：{label}、未保存（受け付けられませんでした）",
  "client.recent.look.withdrawn": "手書き {n}：{label}、取り下げ済み",
};
