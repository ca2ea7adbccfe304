import type { gateEn } from "./en.ts";

/** The gate's sentences and verdicts, and the comparisons behind them, in Japanese. */
export const gateJa: Readonly<Record<keyof typeof gateEn, string>> = {
  "gate.points": "{n} ポイント",
  "gate.threshold":
    "MNIST テスト画像 {n} 枚での候補モデルの正解率は {candidate} です。{asked} 以上が必要です。",
  "gate.fewReference":
    "MNIST テスト画像とピン留めの手書きが合わせて {n} 件しかありません。{needed} 件が必要です。gate.pinned_digits を増やしてください。",
  "gate.notInferior":
    "MNIST テスト画像とピン留めの手書き {n} 件では、候補モデルで {fixed} 件が新たに正解し、{broken} 件が新たに誤認識となりました。正解率の変化は 95 % の信頼度で {change}以上です。許容される下限は {limit}です。",
  "gate.notForgotten":
    "同じ {n} 件でベースモデルと比べると、候補モデルで {fixed} 件が新たに正解し、{broken} 件が新たに誤認識となりました。変化は 95 % の信頼度で {change}以上です。許容される下限は {limit}です。",
  "gate.floorChampion":
    "再現率が最も悪化したクラスは「{label}」（{n} 件）で、チャンピオンの {champion} に対して {candidate} です（{change}）。許容される低下は {allowed}までです。",
  "gate.floorBase":
    "再現率が最も悪化したクラスは「{label}」（{n} 件）で、ベースモデルの {champion} に対して {candidate} です（{change}）。許容される低下は {allowed}までです。",
  "gate.noDrawings": "ホールドアウトの手書きがないため、手書きによる判断はできません。",
  "gate.gain":
    "ホールドアウトの手書き {n} 件での正解率は、チャンピオンが {champion}、候補モデルが {candidate} です（新たに正解 {fixed} 件、新たに誤認識 {broken} 件、p = {p}）。{allowed}以上の向上が必要です。",
  "gate.gainPinned":
    "ピン留めの手書き {n} 件での正解率は、チャンピオンが {champion}、候補モデルが {candidate} です（新たに正解 {fixed} 件、新たに誤認識 {broken} 件、p = {p}）。{allowed}以上の向上が必要です。",
  "gate.gainFew":
    "ホールドアウトの手書きは {n} 件です。{needed} 件以上になると、{allowed}以上の向上が必要になります。",
  "gate.drawings":
    "ホールドアウトの手書き {n} 件での正解率は、チャンピオンが {champion}、候補モデルが {candidate} です（新たに正解 {fixed} 件、新たに誤認識 {broken} 件、p = {p}）。p < 0.05 での悪化は許容されません。",
  "gate.drawingsPinned":
    "ピン留めの手書き {n} 件での正解率は、チャンピオンが {champion}、候補モデルが {candidate} です（新たに正解 {fixed} 件、新たに誤認識 {broken} 件、p = {p}）。p < 0.05 での悪化は許容されません。",
  "gate.drawingsFew":
    "ホールドアウトの手書き {n} 件での正解率は、チャンピオンが {champion}、候補モデルが {candidate} です（新たに正解 {fixed} 件、新たに誤認識 {broken} 件、p = {p}）。p < 0.05 で悪化を確認するには {needed} 件以上が必要です。",
  "gate.drawingsFewPinned":
    "ピン留めの手書き {n} 件での正解率は、チャンピオンが {champion}、候補モデルが {candidate} です（新たに正解 {fixed} 件、新たに誤認識 {broken} 件、p = {p}）。p < 0.05 で悪化を確認するには {needed} 件以上が必要です。",
  "gate.enough":
    "ホールドアウトの手書きは {n} 件です。MNIST にはこれらのクラスの画像がないため、判定には {needed} 件が必要です。",
  "gate.fewOfClass":
    "ホールドアウトの手書きが {needed} 件以上あるクラスがまだないため、クラスごとの判定は行いません。",
  "gate.classDrawings":
    "再現率が最も悪化したクラスは「{label}」で、ホールドアウトの手書き {n} 件での変化は {change}です（p = {p}）。p < 0.05 で {allowed}を超える低下は許容されません。",
  "gate.noOldClass": "既存クラスの手書きがホールドアウトにありません。",
  "gate.oldClasses":
    "チャンピオンが学習済みの {classes} クラスの手書き {n} 件での正解率は、チャンピオンが {champion}、候補モデルが {candidate} です（{change}）。許容される低下は {allowed}までです。",
  "gate.calibration": "確信度と正解率の差は平均 {gap}です。許容される差は {allowed}までです。",
  "gate.cost":
    "画像 1 枚の処理時間は {ms} ms（上限 {mostMs} ms）、重みのサイズは {mb} MB（上限 {mostMb} MB）です。",
  "gate.batch": "新しいラベル {n} 件のうち {suspects} 件は確認待ちのため、学習に使っていません。",
  "gate.batchNone": "確認の対象となる新しいラベルはありませんでした。",
  "gate.heldCell":
    "モデルが「{predicted}」と認識した新しい手書き {row} 件のうち、{n} 件のラベルが「{label}」です（{share}、上限 {shareLimit}）。このバッチは確認待ちです。",
  "gate.heldCellHoldout":
    "モデルが「{predicted}」と認識した新しいホールドアウトの手書き {row} 件のうち、{n} 件のラベルが「{label}」です（{share}、上限 {shareLimit}）。このバッチは確認待ちです。",
  "gate.heldShare":
    "新しいラベル {row} 件のうち {n} 件が、モデルの認識結果と一致しません（{share}、上限 {shareLimit}）。このバッチは確認待ちです。",
  "gate.heldShareHoldout":
    "新しいホールドアウトのラベル {row} 件のうち {n} 件が、モデルの認識結果と一致しません（{share}、上限 {shareLimit}）。このバッチは確認待ちです。",
  "gate.missing": "測定されていない指標があるため、不合格です。",
  "gate.noHoldout":
    "評価用にホールドアウトされた手書きがありません。ラベルを増やすか、holdout_fraction を 0 より大きくしてください。",
  "gate.chance":
    "ホールドアウトの手書き {n} 件での正解率は {candidate} です。偶然の場合は {chance} で、{asked} 以上が必要です。",
  "gate.luck":
    "手書き {n} 件での正解率は、97.5 % の信頼度で {low} を上回ります。偶然の場合の {chance} より高い必要があります。",
  "gate.evidenceNoHoldout":
    "promotion が evidence の場合、手書きで確認できる向上（p < 0.025）が必要ですが、検証用の手書きがまだありません。",
  "gate.evidenceNone":
    "promotion が evidence の場合、手書きで確認できる向上（p < 0.025）が必要です。検証用の手書き {n} 件のうち、新たな正解は {fixed} 件、新たな誤認識は {broken} 件です。",
  "gate.evidenceMore":
    "promotion が evidence の場合、手書きで確認できる向上（p < 0.025）が必要です。検証用の手書き {n} 件のうち、新たな正解は {fixed} 件、新たな誤認識は {broken} 件です。同じ傾向なら、約 {needed} 件で確認できます。",
  "gate.verdict.first": "比較するチャンピオンがありません。",
  "gate.verdict.better":
    "検証用の手書き {n} 件のうち、{fixed} 件が新たに正解し、{broken} 件が新たに誤認識となりました（p = {p}）。{lost}",
  "gate.verdict.betterReference":
    "MNIST テスト画像とピン留めの手書き {n} 件のうち、{fixed} 件が新たに正解し、{broken} 件が新たに誤認識となりました（p = {p}）。{lost}",
  "gate.verdict.notShownWorse":
    "悪化は認められません。検証用の手書き {n} 件のうち、{fixed} 件が新たに正解し、{broken} 件が新たに誤認識となりました（p = {p}）。{lost}",
  "gate.verdict.notWorse":
    "MNIST テスト画像とピン留めの手書き {n} 件での低下は {margin}以内です（信頼度 95 %）。{fixed} 件が新たに正解し、{broken} 件が新たに誤認識となりました。{heldOut}{lost}",
  "gate.verdict.noHoldout": "検証用の手書きはありません。",
  "gate.verdict.holdout":
    "検証用の手書き {n} 件では、新たな正解が {fixed} 件、新たな誤認識が {broken} 件です。",
  "gate.verdict.lostNothing": "再現率が低下したクラスはありません。",
  "gate.verdict.lostAtMost": "クラスごとの再現率の低下は最大 {drop}です。",

  "evidence.heldOut":
    "ホールドアウトの手書き {n} 件での正解率：候補モデル {candidate}、チャンピオン {champion}（新たに正解 {fixed} 件、新たに誤認識 {broken} 件）",
  "evidence.unjudged": "判定対象外：{reason}",

  "verdict.better": "向上",
  "verdict.not_worse": "同等",
  "verdict.held": "保留",
  "verdict.rejected": "不採用",
  "verdict.better.text": "チャンピオンより正解率が高いことを統計的に確認しました。",
  "verdict.not_worse.text": "正解率は、許容される差の範囲でチャンピオンと同等です。",
  "verdict.held.text": "判断材料が不足しているか、人の確認を待つラベルがあるため、自動では稼働しません。",
  "verdict.rejected.text": "稼働中のモデルを引き続き使用します。",

  "evidence.title": "判断材料",
  "evidence.caption": "同じ画像での両モデルの比較（McNemar の正確検定）",
  "evidence.set": "画像",
  "evidence.against": "比較相手",
  "evidence.against.champion": "チャンピオン",
  "evidence.against.base": "ベースモデル",
  "evidence.n": "n",
  "evidence.candidate": "候補モデル",
  "evidence.other": "比較相手の正解率",
  "evidence.fixed": "新たに正解",
  "evidence.broken": "新たに誤認識",
  "evidence.p": "p",
  "evidence.bound": "下限",
  "evidence.interval": "95 % 区間",
  "evidence.from": "{low} ～ {high}",
  "evidence.note":
    "「下限」は正解率の変化の片側 95 % 下限です。区間はブートストラップによるもので、書き手がわかる場合は書き手単位、それ以外は手書き単位です。",
  "evidence.classes": "クラスごとの再現率",
  "evidence.classesOf": "{set}（{other}との比較）",
  "evidence.recallCaption": "クラスごとの再現率（変化の単位はポイント）",
  "evidence.change": "変化",
  "model.set.reference": "MNIST テストセットとピン留めの手書き",
  "model.set.pinned": "固定セット（合成した数字とピン留めの手書き）",

  "changed.title": "新たに正解・誤認識となった手書き",
  "changed.fixed": "新たに正解（候補モデルのみ正解）",
  "changed.broken": "新たに誤認識（チャンピオンのみ正解）",
  "changed.none": "ありません。",
  "changed.alt":
    "{label}：チャンピオンの認識結果は {before}（{beforePercent}）、候補モデルは {after}（{afterPercent}）",
  "changed.legend":
    "ラベルに続けて、チャンピオンの認識結果 → 候補モデルの認識結果を、それぞれの確信度とともに示します。",
  "changed.capped": "実行ごとに、それぞれ最大 60 件を、ホールドアウト、ピン留め、MNIST の順に保存します。",
  "changed.all": "{n} 件すべてを表示",
};
