import type { learningEn } from "./en.ts";

/** The texts of the Learning page in Japanese. */
export const learningJa: Readonly<Record<keyof typeof learningEn, string>> = {
  "log.curvePart": "{parts} 個のうち {part} 個を測定しました",
  "failure.noBaseForCurve":
    "このプロジェクトのクラスにはベースモデルがないため、ラベルの効果を比べる相手がありません",
  "failure.fewForCurve":
    "学習に使えるラベル付きの手書きが {n} 件しかなく（ホールドアウトを除く）、曲線を測定できません。先に手書きとラベルを増やしてください。",

  "learning.link": "ラベルの効果",
  "learning.title": "ラベルの効果",
  "learning.lead":
    "ラベルでモデルがどれだけ良くなったか、さらに付けるとどうなるか、どこに必要かを確認できます。",
  "learning.mistakes": "誤認識率",
  "learning.interval": "95 % 区間",
  "learning.pointTitle": "ラベル {labels} 件：{share}（95 % 区間：{range}）",
  "learning.range": "{low}～{high}",
  "learning.of": "{n} 件中 {wrong} 件",

  "learning.next": "次の {n} 件のラベル",
  "learning.gain":
    "次の {labels} 件のラベルで、誤認識率は {before} から {after} へ、約 {gain} 下がる見込みです（減少幅の 95 % 区間：{low}～{high}）。",
  "learning.gainHow":
    "下の曲線（実測点に当てはめたべき乗則）による推定です。{labels} 件のうち {trained} 件を学習に使い、残りはホールドアウトにします。当てはめに使ったのは {most} 件までで、現在は {now} 件を学習に使っています。性質の異なる手書きには当てはまりません。",
  "learning.none": "次の {n} 件のラベルの効果は不明です。{reason}",
  "learning.none.not_measured": "ラベル数の学習曲線がまだ測定されていません。",
  "learning.none.few_sizes":
    "測定できたラベル数は {sizes} 通りだけで、当てはめには {needed} 通りが必要です。ラベルを増やしてから、もう一度測定してください。",
  "learning.none.few_mistakes":
    "測定した手書きのうち、ベースモデルの誤認識は {mistakes} 件です。{needed} 件に満たない曲線は、ほとんど偶然で決まります。",
  "learning.none.no_gain":
    "これまでのところ、効果は確認できません。誤認識率はラベルなしで {before}、{most} 件で {after} ですが、差の 95 % 区間（{low}～{high}）に 0 が含まれています。",
  "learning.none.flat":
    "これまでのラベルには効果がありましたが、{from} 件から {most} 件の間では確認できません。差の 95 % 区間（{low}～{high}）に 0 が含まれており、頭打ちになっている可能性があります。",
  "learning.none.uncertain":
    "これまでのラベルには効果がありましたが、曲線が不確かなため、次の効果があるとは言えません（95 % 区間：{low}～{high}）。",
  "learning.none.too_far":
    "曲線の測定は {most} 件までですが、現在は {now} 件を学習に使っています。離れすぎていて延長できません。もう一度測定してください。",
  "learning.curve": "学習に使ったラベルの数と誤認識率",
  "learning.curveAlt": "0～{most} 件のラベルでの {points} 点の実測値（誤認識率は {first} から {last} へ）",
  "learning.measured": "実測",
  "learning.fitted": "当てはめたべき乗則",
  "learning.labels": "ラベル",
  "learning.curve.held_out":
    "{time} に、ホールドアウトの手書き {n} 件で測定しました。どの点も同じ手書きの結果で、その書き手で学習したモデルはありません。別のラベルを別の順序で使った {folds} 回の学習の平均です。ファインチューニング {trained} 回、学習時間 {seconds}。区間は、書き手とセッション {groups} 組のブートストラップによります。",
  "learning.curve.writer":
    "{time} に、手書き {n} 件（うちホールドアウト {heldOut} 件）で測定しました。ホールドアウトだけでは足りないため、書き手ごとの {folds} 分割交差検証です。どの点も同じ手書きの結果で、評価対象の書き手で学習したモデルはありません。確認待ちのラベルの手書きは難しいものが多く、これらが含まれないため、実際の効果はより大きいと考えられます。ファインチューニング {trained} 回、学習時間 {seconds}。区間は、書き手とセッション {groups} 組のブートストラップによります。",
  "learning.curve.drawing":
    "{time} に、手書き {n} 件（うちホールドアウト {heldOut} 件）で測定しました。書き手とセッションが {folds} 組に満たないため、1 件ごとの {folds} 分割交差検証です。同じ書き手に対する曲線であり、ほかの書き手に対するものではありません。確認待ちのラベルの手書きは難しいものが多く、これらが含まれないため、実際の効果はより大きいと考えられます。ファインチューニング {trained} 回、学習時間 {seconds}。区間は、手書きのブートストラップによります。",
  "learning.noCurve": "まだ測定されていません",
  "learning.measure": "学習曲線の測定",
  "learning.measureAgain": "再測定",
  "learning.measureNote":
    "パイプライン curve の実行を開始します。ラベルの一部で 12～24 個のモデルをファインチューニングし、どれも残しません。学習の量は tuning の実行の約 6～9 倍です。新しいラベルの学習は、終わるまで待ちます。",

  "learning.heldOut": "ホールドアウトの手書きでの成績",
  "learning.heldOutNone":
    "ホールドアウトの手書きで評価された実行はまだありません。ラベルが集まると、書き手またはセッションの約 5 分の 1 がホールドアウトになります。",
  "learning.heldOutNewest":
    "モデル {version}：ホールドアウトの手書き {n} 件で、誤認識率は {candidate} です。同じ手書きに対して{against}は {other} でした（改善 {fixed} 件、悪化 {broken} 件、p = {p}）。{verdict}",
  "learning.against.base": "ベースモデル",
  "learning.against.champion": "当時のチャンピオン",
  "learning.fewer": "ラベルによって誤認識が減りました。",
  "learning.more": "誤認識が増えています。",
  "learning.same": "差は確認できません。",
  "learning.heldOutChart": "付けたラベルの数と、ホールドアウトの手書きでの誤認識率",
  "learning.heldOutAlt": "{n} 回の実行（その時点のホールドアウトの手書きでの、新しいモデルとベースモデル）",
  "learning.candidate": "新しいモデル",
  "learning.base": "ベースモデル",
  "learning.champion": "当時のチャンピオン",
  "learning.run": "モデル",
  "learning.given": "付けたラベル",
  "learning.n": "ホールドアウトの手書き",
  "learning.change": "変化の 95 % 区間",
  "learning.heldOutNote":
    "1 点が 1 回の実行です。ホールドアウトの手書きは次第に増えるため、点を線で結んでいません。同じ手書きの結果として比べられるのは、隣り合う印だけです。割合の区間は手書きを独立とみなすウィルソンの区間、変化の区間は書き手のブートストラップによります。",

  "learning.needs": "ラベルが必要なところ",
  "learning.needsOf":
    "モデル {version} が学習に使っていない手書きでの誤認識です。作成時のホールドアウト（クラス別のみ）と、{since} 以降にラベルが付いた予測を数えています。",
  "learning.needsAll":
    "モデル {version} が学習に使っていない手書きでの誤認識です。作成時のホールドアウト（クラス別のみ）と、ラベルが付いたすべての予測を数えています。",
  "learning.needsNone": "モデルはまだありません。",
  "learning.needsNote":
    "ほかの全体と同じ割合だった場合に比べて、誤認識が多い順に並べています。「あり」は、フィッシャーの正確検定を行数で補正した結果（ホルムの方法、p < 0.05）、ほかより多いと確認できたことを示します。それ以外の行の順序は、偶然かもしれません。ラベルを付ける手書きは人が選んでいます。正しい予測を確定せず誤りだけを直す人が多いと、どの割合も実際より高く出ます。ホールドアウトの書き手のラベルは学習に使われません。モデルの評価と手書きの記憶に使われます。",
  "learning.byClass": "クラス別",
  "learning.byWriter": "書き手別",
  "learning.class": "クラス",
  "learning.writer": "書き手",
  "learning.inTraining": "学習中のラベル",
  "learning.excess": "ほかとの差",
  "learning.isMore": "ほかより多いか",
  "learning.isShown": "あり（p = {p}）",
  "learning.isNotShown": "確認できず",
  "learning.classesShown":
    "{names} のラベルを増やしてください。ほかのクラスより誤認識が多いことを確認できました。",
  "learning.classesNotShown": "ほかより誤認識が多いと確認できるクラスはありません。",
  "learning.writersShown":
    "{names} の手書きは、ほかの書き手より誤認識が多いことを確認できました。ここから先にラベルを付けてください。",
  "learning.writersNotShown": "ほかより誤認識が多いと確認できる書き手はいません。",
  "learning.fewDrawings": "表示できるだけの手書きがありません。",
  "learning.leftOut": "手書きが 5 件に満たない {n} 個は表示していません。",
  "learning.moreRows": "ほか {n} 個",
  "learning.unnamed": "書き手のない手書き {n} 件は、「ほか」に含めています。",

  "learning.person": "書き手ごとの推移",
  "learning.personLead":
    "ラベル付きの手書き 20 件ごとの誤認識率です。予測は、どれもラベルを付ける前のものです。",
  "learning.choose": "表示",
  "learning.noPerson": "「{writer}」のラベル付きの手書きはありません。名前の表記を確認してください。",
  "learning.noPredictions":
    "「{writer}」にはラベル付きの手書きが {total} 件ありますが、新しいものの中に、予測のある 20 件の組がありません。",
  "learning.personAll":
    "「{writer}」の新しい予測 {n} 件：誤認識率は、モデルだけで {model}、手書きの記憶ありで {shown} です（改善 {fixed} 件、悪化 {broken} 件、p = {p}）。{verdict}",
  "learning.personAlone":
    "「{writer}」の新しい予測 {n} 件：誤認識率は {model} です。手書きの記憶によって変わった予測はありません。",
  "learning.memoryHelps": "手書きの記憶によって誤認識が減りました。",
  "learning.memoryHurts": "手書きの記憶によって誤認識が増えました。",
  "learning.personChart": "手書き 20 件ごとの誤認識率",
  "learning.personAlt": "20 件ごとの {n} 組（表示した予測の誤認識率は {first} から {last} へ）",
  "learning.modelAlone": "モデルだけ",
  "learning.withMemory": "手書きの記憶あり",
  "learning.drawings": "手書き",
  "learning.from": "開始",
  "learning.fewForPoint": "予測が {min} 件以上ある組はまだありません",
  "learning.personNote":
    "モデルも時とともに変わるため、誤認識が減っていても、手書きの記憶だけの効果とは限りません。並んだ印は同じ手書きの結果です。次の印は別の手書きの結果なので、線では結んでいません。20 件の場合、区間の幅はおよそ 30 ポイントあります。",
};
