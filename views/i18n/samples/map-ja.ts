import type { mapEn } from "./map-en.ts";

/** 手書きのマップの文言（日本語）。 */
export const mapJa: Record<keyof typeof mapEn, string> = {
  "log.onMap": "マップに載せた手書き：{total} 件のうち {n} 件",
  "failure.fewForMap":
    "ラベル付きの手書きが {n} 件しかありません。マップには {needed} 件が必要です。先に手書きとラベルを増やしてください。",

  "map.title": "手書きのマップ",
  "map.link": "マップ",
  "map.lead":
    "記号は 1 件ずつの手書きで、ラベルを表します。近いものほどモデルには似て見えています。向きに意味はなく、まとまりどうしの距離にもほとんど意味はありません。",
  "map.make": "マップの作成",
  "map.makeAgain": "マップの再作成",
  "map.making": "マップを作成しています…",
  "map.run": "実行",
  "map.failed": "前回のマップは作成できませんでした。{reason}",
  "map.cancelled": "前回のマップは、実行が中止されたため作成されていません。",
  "map.fresh": "新しいマップの表示",
  "map.none": "マップはまだありません。作成は数秒で終わり、ラベルもモデルも変わりません。",
  "map.lost": "前回のマップのファイルはもうありません。マップを再作成してください。",
  "map.few":
    "マップには {needed} 件の手書きが必要ですが、{n} 件しかありません。先に手書きとラベルを増やしてください。",
  "map.noModel": "モデルがまだありません。マップは、モデルに似て見えるものを近くに並べます。",
  "map.noScript": "マップには JavaScript が必要です。同じ手書きは、JavaScript なしでも一覧で見られます。",
  "map.ofAll": "手書き全 {n} 件",
  "map.ofSome": "手書き {total} 件のうち {n} 件",
  "map.added": "その後の手書き {n} 件は載っていません。",
  "map.gone": "その後に削除または取り下げられた {n} 件は除いています。",
  "map.forgetting": "だれかのデータを消去すると、マップ全体が削除されます。その後で再作成できます。",
  "map.otherModel": "稼働中のモデル {version} では、配置が異なる可能性があります。",

  "map.tools": "マップの操作",
  "map.lasso": "投げ縄",
  "map.pan": "移動",
  "map.zoomIn": "拡大",
  "map.zoomOut": "縮小",
  "map.fit": "全体",
  "map.wrong": "誤認識の強調",
  "map.legend": "マップのラベル",
  "map.hint":
    "手書きを線で囲むと選択できます。Shift を押しながら囲むと追加します。丸で囲まれた記号は、ラベルと違うクラスに認識されたものです。キーボードでは、矢印キーで枠を動かし、Shift＋矢印キーで大きさを変え、Enter で枠の中を選択します。",
  "map.card": "ラベル {label}、認識結果 {predicted}（{percent} %）",
  "map.cardWrong": "ラベルは {label}、認識結果は {predicted}（{percent} %）",
  "map.cardNone": "該当なし。最も近いクラス {predicted}（{percent} %）",
  "map.cardHint": "記号を指すと、その手書きを表示します。",
  "map.inBox": "枠の中：{n} 件。",
  "map.selection": "マップでの選択",
  "map.selected": "{n} 件を選択中",
  "map.nothing": "線の中に手書きはありません。",
  "map.loading": "選択した手書きを読み込んでいます：{n} 件…",
  "map.pointsFailed": "手書きを読み込めませんでした。ページを再読み込みしてください。",
  "map.tooMany": "{n} 件は多すぎます。個別に選択できるのは {most} 件までです。",

  "map.key.move": "枠の移動",
  "map.key.size": "枠の拡大（← と ↑ は縮小）",
  "map.key.select": "枠の中の選択",
  "map.key.add": "選択への追加",
  "map.key.toggle": "最も近い手書きの追加・解除",
  "map.key.zoom": "拡大、縮小、全体",
};
