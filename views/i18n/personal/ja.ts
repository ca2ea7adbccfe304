import type { personalEn } from "./en.ts";

/** The texts of personal memory in Japanese. */
export const personalJa: Readonly<Record<keyof typeof personalEn, string>> = {
  "draw.whoDraws": "書いている人",
  "draw.someoneElse": "別の人に交代",
  "draw.useMine": "自分の手書きを使う",
  "draw.mineHint":
    "付けたラベルは、次に書く文字からすぐに反映されます。名前がない場合は、別の人に交代するか {minutes} 分たつまで有効です。",
  "draw.yours": "あなた",

  "client.yoursTitle": "あなたがラベルを付けた手書きも、この結果の根拠です",
  "client.answerYours": "{label}、確信度 {percent}、モデル {version} とあなたの手書きによる結果",
  "client.answeredByYours": "モデル {version} とあなたの手書き",
  "client.changedFrom": "モデル {version} だけなら {label}",
  "client.remembered": "記憶しているあなたの手書き：{n} 件",
  "client.notRemembered": "記憶しているあなたの手書きはまだありません。",
  "client.memoryOff": "あなたの手書きは使っていません。",
  "client.newSitting": "ここまでの手書きは、次からの認識に使いません。",

  "explain.yours": "{label} の根拠になったあなたの手書き",
  "explain.yoursNote": "今回の手書きに似ているほど、{label} のスコアを大きく上げます。",
  "explain.yoursChanged": "あなたの手書きを使うと {label}、モデルだけなら {from} です。",
  "explain.yoursSame": "あなたの手書きとモデルの結果は同じです。",
  "explain.yoursElsewhere":
    "{label} の根拠になった手書きは別の機会に保存されたものなので、ここには表示しません。",
  "explain.yourDrawing": "あなたが書いた {label}",
  "explain.modelAlone": "モデルだけの見方",

  "sample.shown": "書き手の手書きを使った表示",

  "monitoring.withMemory": "書き手自身の手書きを使った結果",
  "monitoring.withMemoryValue": "{share}（手書きの記憶を使った {n} 件）。同じ手書きでモデルだけなら {alone}",
};
