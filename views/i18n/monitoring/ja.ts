import type { monitoringEn } from "./en.ts";

/** The texts of the Monitoring page in Japanese. */
export const monitoringJa: Readonly<Record<keyof typeof monitoringEn, string>> = {
  "nav.monitoring": "モニタリング",

  "monitoring.title": "モニタリング",
  "monitoring.lead": "実際の手書きに対する稼働中モデルの成績と、手書きの傾向の変化を確認できます。",
  "monitoring.window": "期間",
  "monitoring.window.24h": "24 時間",
  "monitoring.window.7d": "7 日間",
  "monitoring.window.30d": "30 日間",
  "monitoring.window.all": "全期間",

  "monitoring.accuracy": "正解率",
  "monitoring.measured": "実測の正解率",
  "monitoring.measuredValue": "{share}（95 % 区間 {low}～{high}、ラベル付きの予測 {n} 件）",
  "monitoring.noLabels": "不明（ラベルの付いた予測がありません）",
  "monitoring.fewLabels": "ラベルが {n} 件しかないため、{low}～{high} の間としか言えません。",
  "monitoring.expected": "推定の正解率",
  "monitoring.expectedValue": "{share}（予測 {n} 件の確信度の平均）",
  "monitoring.expectedOfLabelled": "ラベル付きの予測での推定",
  "monitoring.accuracyNote":
    "実測の正解率は、人がラベルを付けた予測を、ラベルを付けた時刻と予測したモデルに対して数えたものです。正しい予測を確定せず誤りだけを直す人が多いと、実際より低く出ます。推定の正解率にラベルは要りませんが、確信度が正解率と一致していることが前提です。両者に差があれば、その前提が崩れています。",
  "monitoring.byClass": "クラスごとの実測の正解率",
  "monitoring.byVersion": "モデルごとの実測の正解率",
  "monitoring.byWriter": "書き手ごとの実測の正解率",
  "monitoring.noWriter": "名前なし",
  "monitoring.leftOut": "{title}：ラベルが {min} 件に満たない {n} 個は表示していません",
  "monitoring.intervalAlt": "{title}（{n} 行、95 % 区間付き）",
  "monitoring.share": "割合",
  "monitoring.interval": "95 % 区間",
  "monitoring.labels": "ラベル",
  "monitoring.version": "モデル",

  "monitoring.overTime": "推移",
  "monitoring.time": "開始",
  "monitoring.predictions": "予測",
  "monitoring.predictionsOverTime": "予測の件数",
  "monitoring.overTimeAlt": "{points} 区間の予測 {n} 件",
  "monitoring.qualityOverTime": "実測と推定の正解率",
  "monitoring.qualityAlt": "{points} 時点の実測と推定の正解率",
  "monitoring.noPredictions": "この期間の予測はありません",

  "monitoring.drift": "ドリフト",
  "monitoring.noModel": "モデルはまだありません。",
  "monitoring.noCheck": "比較できるだけの予測がまだありません。最初の検査には {min} 件が必要です。",
  "monitoring.noDrift":
    "前回の検査（{time}、予測 {n} 件）でドリフトはありません。2 回続けて限度を超えた指標はありませんでした。",
  "monitoring.drifted":
    "{time} から、手書きの傾向が稼働中モデルの学習データと異なっています。該当する指標：{measures}。",
  "monitoring.nextCheck": "次の検査に必要な予測 {min} 件のうち {n} 件。検査の間隔は {time} 以上です。",
  "monitoring.noReference": "モデル {version} の基準はまだ作成されていないか、手書きが不足しています。",
  "monitoring.referenceTraining":
    "モデル {version} の基準：学習時点で新しかった学習用の手書き {drawings} 件に対する予測。",
  "monitoring.referenceBuiltIn":
    "モデル {version} の基準：学習データと同種だが学習には使っていない画像 {builtIn} 枚（MNIST テスト画像と合成数字が半分ずつ）に対する予測。",
  "monitoring.referenceBoth":
    "モデル {version} の基準：学習に使った手書き {drawings} 件に、MNIST テスト画像と合成数字 {builtIn} 枚を補ったものに対する予測。",
  "monitoring.checkCaption":
    "前回の検査：予測 {n} 件、{from}～{to}。母集団安定性指標（PSI）の限度は {psi}、JS 情報量（JS）の限度は {js} です。",
  "monitoring.measureName": "指標",
  "monitoring.psi": "PSI",
  "monitoring.js": "JS（ビット）",
  "monitoring.breach": "結果",
  "monitoring.isBreach": "両方の限度を超過",
  "monitoring.isNoBreach": "限度内",

  "monitoring.distributions": "予測の分布",
  "monitoring.undecided": "判定保留",
  "monitoring.disagreement": "チャレンジャーとの不一致",
  "monitoring.noChallenger": "この期間にチャレンジャーはありません",
  "monitoring.shareOf": "{n} 件中 {share}（{low}～{high}）",
  "monitoring.fewPredictions": "予測が {n} 件しかないため、分布は表示していません。{min} 件以上が必要です。",
  "monitoring.reference": "基準",
  "monitoring.referenceOf": "モデル {version} の基準",
  "monitoring.range": "範囲",
  "monitoring.histogramAlt": "{name}：予測 {n} 件の範囲ごとの割合",
  "monitoring.measure.classes": "予測されたクラス",
  "monitoring.measure.confidence": "確信度",
  "monitoring.measure.entropy": "エントロピー（ビット）",
  "monitoring.measure.ink": "インクの量",
  "monitoring.measure.strokeWidth": "線の太さ（28 画素中の画素数）",
  "monitoring.measure.aspect": "縦横比（幅 ÷ 高さ）",
  "monitoring.measure.slant": "右への傾き（度）",
  "monitoring.measure.outlierScore": "外れ値スコア",
  "monitoring.measure.latency": "予測にかかった時間（ミリ秒）",
};
