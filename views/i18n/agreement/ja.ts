import type { agreementEn } from "./en.ts";

/** How far those who label agree, in Japanese. */
export const agreementJa: Readonly<Record<keyof typeof agreementEn, string>> = {
  "agreement.title": "一致度",
  "agreement.lead":
    "ラベル付けの問題の一部は、すでにラベルのある手書きです。その回答から、ラベルを付ける人どうしがどの程度一致しているかがわかります。",
  "agreement.seenLocal":
    "このページは、サーバーが動いているコンピューター上の人とプログラムだけが見られます。",
  "agreement.seenAccounts": "このページは、ログインできる人なら誰でも、名前を含めて見られます。",
  "agreement.seenAnyone": "このページは、このサーバーに接続できる人なら誰でも、名前を含めて見られます。",

  "agreement.answers": "ラベルと 2 人目の回答",
  "agreement.none":
    "2 人目の回答はまだありません。ラベルのない手書きにラベルを付けていると、ほかの人がラベルを付けた手書きがときどき出題されます。",
  "agreement.off": "2 人目の回答は無効です（設定 labelling.second_opinions が 0）。",
  "agreement.share": "出題の割合",
  "agreement.given": "2 人目の回答",
  "agreement.givenValue": "{opinions} 件（手書き {drawings} 件）",
  "agreement.equal": "一致した回答",
  "agreement.equalValue": "{n} 件中 {equal} 件、{share}（95 % 区間：{low}～{high}）",
  "agreement.kappa": "コーエンのカッパ係数",
  "agreement.kappaValue": "{value}（95 % 区間：{low}～{high}、手書き {n} 件）",
  "agreement.kappaPlain":
    "{value}（手書き {n} 件）。すべての回答が一致しているため、標準誤差と区間は求められません。",
  "agreement.kappaShort": "{value}（{low}～{high}）",
  "agreement.few": "まだ足りません：{least} 件中 {n} 件",
  "agreement.fewShort": "まだ足りません：{least} 件中 {n} 件",
  "agreement.oneClass": "求められません。すべての回答が同じため、偶然でも必ず一致します。",
  "agreement.oneClassShort": "なし（回答が 1 種類）",
  "agreement.kappaMeans":
    "カッパ係数は、偶然を超える一致の度合いです。すべて一致すれば 1、偶然と同程度なら 0 です。Landis と Koch（1977）は 0.61～0.80 を「かなりの一致」、それより上を「ほぼ完全な一致」と呼びますが、これは慣例であり、測定の結果ではありません。",
  "agreement.counted":
    "手書き 1 件につき、ラベルと最初の 2 人目の回答を 1 回だけ数えます。「該当なし」と「使用不可」も 1 つの回答として扱います。出題時にモデルの認識結果が表示されるため、表示がない場合より一致しやすくなっている可能性があります。",

  "agreement.confused": "混同されやすい回答",
  "agreement.confusedCaption": "同じ手書きに対する異なる回答（多い順）",
  "agreement.confusedNone": "2 人目の回答はすべてラベルと一致しています。",
  "agreement.confusedPair": "{a} と {b}",
  "agreement.answersPair": "回答",
  "agreement.both": "両方の回答があった手書き",
  "agreement.either": "少なくとも一方の回答があった手書き",
  "agreement.notUsable": "使用不可",

  "agreement.pairs": "2 人の組ごと",
  "agreement.pairsCaption": "共通の手書きが多い順",
  "agreement.pairsNone":
    "共通の手書きが {least} 件以上ある組はまだありません。ラベル付けのページで付けたラベルと、名前のある書き手が手書きのページで付けたラベルは、付けた人の回答として数えます。",
  "agreement.people": "ラベルを付ける人",
  "agreement.peoplePair": "{a} と {b}",
  "agreement.common": "共通の手書き",
  "agreement.interval": "95 % 区間",
  "agreement.range": "{low}～{high}",
  "agreement.morePairs":
    "ほかに {n} 組あります（共通の手書きが {least} 件未満、または多い順に 20 組より後）。",

  "agreement.known": "確認用の問題",
  "agreement.knownIs":
    "ピン留めされた手書き、確認でラベルが確定した手書き、2 人目の回答が 2 件ともラベルと一致した手書きは、正解がわかっているものとして扱います。本人の手書きは出題されません。",
  "agreement.knownOff": "確認用の問題は無効です（設定 labelling.known_answers が 0）。",
  "agreement.knownFew":
    "まだ出題されません。正解がわかっている手書きは {least} 件中 {n} 件です。少ないと、確認用だと気づかれてしまうためです。",
  "agreement.knownPool": "正解がわかっている手書き",
  "agreement.contested": "正解と異なる回答があった確認用の問題",
  "agreement.contestedText": "確認用の問題の正解が誤っていることもあります。次のラベルを見直してください。",
  "agreement.drawing": "手書き",
  "agreement.label": "ラベル",
  "agreement.otherwise": "異なる回答をした人",
  "agreement.ofAsked": "{asked} 人中 {n} 人",

  "agreement.labellers": "ラベルを付ける人",
  "agreement.labellersCaption": "最後の回答が新しい順",
  "agreement.labellersNone": "ラベル付けの回答はまだありません。",
  "agreement.anonymous":
    "anon- で始まる名前は、ブラウザーごとの無作為な ID です。同じ人が複数の ID を持つことがあります。",
  "agreement.labeller": "名前",
  "agreement.count": "回答",
  "agreement.right": "確認用の問題の正解",
  "agreement.others": "ほかの人と一致",
  "agreement.ofShort": "{of} 件中 {n} 件、{low}～{high}",
  "agreement.pace": "作業中 1 時間あたりの回答",
  "agreement.paceFew": "まだ足りません",
  "agreement.lastAt": "最後の回答",
  "agreement.moreLabellers": "ほかに、最後の回答がこれより前の人が {n} 人います。",
  "agreement.labellersNote":
    "範囲は 95 % 区間です。取り消された回答は数えません（確認用の問題と一致度では、最初の回答を使います）。2 分を超える間隔は作業時間に含めません。1 時間あたりの回答は、間隔が 2 分以内の回答が {least} 件以上ある場合に表示します。",
};
