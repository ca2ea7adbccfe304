import type { settingsEn } from "./en.ts";

/** The texts of the Settings page in Japanese. */
export const settingsJa: Record<keyof typeof settingsEn, string> = {
  "settings.name.scheduler.triggers.new_samples": "新しいラベル",
  "settings.help.scheduler.triggers.new_samples":
    "前回の学習から増えたラベルがこの件数になると、次の学習を始めます。",
  "settings.name.scheduler.triggers.corrections": "訂正したラベル",
  "settings.help.scheduler.triggers.corrections":
    "前回の学習に使ったサンプルのうち、その後に人がラベルを直した件数です。",
  "settings.name.scheduler.triggers.max_age": "最も古い新ラベルの経過時間",
  "settings.help.scheduler.triggers.max_age": "秒単位。ラベルがこの時間待つと学習を始めます。",
  "settings.name.scheduler.triggers.cron": "実行時刻",
  "settings.help.scheduler.triggers.cron": "cron 式で指定します。例：0 3 * * *（毎晩 3 時）",
  "settings.name.scheduler.triggers.drift": "ドリフト",
  "settings.help.scheduler.triggers.drift": "監視がドリフトを検出するたびに学習を始めます。",
  "settings.name.scheduler.triggers.first_model.per_class": "最初のモデル：クラスごとのラベル",
  "settings.help.scheduler.triggers.first_model.per_class":
    "最初のモデルを学習するまでに、各クラスに必要なラベルの件数です。",
  "settings.name.scheduler.triggers.first_model.total": "最初のモデル：ラベルの合計",
  "settings.help.scheduler.triggers.first_model.total":
    "最初のモデルを学習するまでに必要なラベルの合計です。",
  "settings.name.scheduler.combine": "トリガーの組み合わせ",
  "settings.help.scheduler.combine": "any：どれか 1 つでよい。all：有効なものがすべて同時に必要。",
  "settings.name.scheduler.min_interval": "実行の間隔",
  "settings.help.scheduler.min_interval": "秒単位。実行が終わってから次を始めるまでの時間です。",
  "settings.name.scheduler.quiet_hours": "休止時間帯",
  "settings.help.scheduler.quiet_hours": "この時間帯は自動で実行を始めません。例：{hours}",
  "settings.name.scheduler.time_zone": "タイムゾーン",
  "settings.help.scheduler.time_zone": "実行時刻と休止時間帯に使います。例：Asia/Tokyo",
  "settings.name.scheduler.approval": "承認",
  "settings.help.scheduler.approval":
    "人の承認が必要なもの。none：なし、run：実行、promotion：昇格、both：両方。",

  "settings.name.gate.threshold": "正解率の下限",
  "settings.help.gate.threshold": "MNIST テストセットでの正解率がこれを下回る候補モデルは昇格しません。",
  "settings.name.gate.margin": "チャンピオンとの差の許容幅",
  "settings.help.gate.margin":
    "候補モデルは、チャンピオンよりこの幅を超えて劣らないことを示す必要があります。",
  "settings.name.gate.max_forgetting": "忘却の上限",
  "settings.help.gate.max_forgetting": "ベースモデルに対する、同じ意味の許容幅です。",
  "settings.name.gate.min_evidence": "根拠の下限",
  "settings.help.gate.min_evidence": "MNIST テストセットの画像とピン留めした手書きの合計の下限です。",
  "settings.name.gate.pinned_digits": "ピン留めした手書き",
  "settings.help.gate.pinned_digits": "学習に使わない合成手書きの件数です。",
  "settings.name.gate.max_class_drop": "クラスごとの再現率低下の上限",
  "settings.help.gate.max_class_drop": "チャンピオンとベースモデルの両方に対する値です。",
  "settings.name.gate.min_absolute_change": "ホールドアウトでの向上の下限",
  "settings.help.gate.min_absolute_change":
    "0 より大きいと、候補モデルの正解率がチャンピオンよりこれだけ高い必要があります。",
  "settings.name.gate.min_samples": "ホールドアウトの手書きの下限",
  "settings.help.gate.min_samples": "数字のクラスがないとき、これより少ないと判定できません。",
  "settings.name.gate.max_calibration_error": "キャリブレーション誤差の上限",
  "settings.help.gate.max_calibration_error": "候補モデルの期待キャリブレーション誤差の上限です。",
  "settings.name.gate.max_latency_ms": "画像 1 枚の時間の上限",
  "settings.help.gate.max_latency_ms": "ミリ秒単位。",
  "settings.name.gate.max_model_mb": "モデルの大きさの上限",
  "settings.help.gate.max_model_mb": "重みの大きさ。MB 単位。",
  "settings.name.gate.first_gain": "最初のモデルの向上",
  "settings.help.gate.first_gain":
    "ホールドアウトでの正解率が、偶然（0）から満点（1）までのどこに達する必要があるかを表します。",

  "settings.name.promotion": "昇格",
  "settings.help.promotion":
    "auto：向上または同等なら稼働。evidence：向上のときだけ。shadow：試験運用の後。manual：人が決めるまで昇格しない。",
  "settings.name.trial.false_alarm_rate": "試験運用：誤警報の割合",
  "settings.help.trial.false_alarm_rate":
    "同等のモデルの試験運用のうち、決着してしまってよい割合です。0.0001 は 1 万回に 1 回。",
  "settings.name.trial.max_labels": "試験運用：ラベルの上限",
  "settings.help.trial.max_labels": "決着しない試験運用は、この件数で終わります。",
  "settings.name.trial.without_difference": "試験運用：差がないとき",
  "settings.help.trial.without_difference":
    "keep_champion：チャレンジャーを外す。promote：チャレンジャーを稼働させる。",
  "settings.name.trial.watch": "昇格後の見守り",
  "settings.help.trial.watch":
    "前のチャンピオンが画面に出さない予測を続け、新しいモデルが劣れば再び稼働します。",
  "settings.name.trial.max_writer_share": "試験運用：書き手 1 人の上限",
  "settings.help.trial.max_writer_share": "5 人以上がラベルを付けるとき、1 人が判定に占める割合の上限です。",
  "settings.name.trial.unnoticed_mistakes": "試験運用：見落とされる誤り",
  "settings.help.trial.unnoticed_mistakes":
    "チャンピオンの誤りのうち、人が気付かずに確定してしまう割合です。",

  "settings.name.monitoring.drift.psi": "集団安定性指標（PSI）",
  "settings.help.monitoring.drift.psi": "この値以上で、ダイバージェンスも超えると逸脱とみなします。",
  "settings.name.monitoring.drift.js": "Jensen-Shannon ダイバージェンス",
  "settings.help.monitoring.drift.js": "ビット単位。PSI と合わせて使います。",
  "settings.name.monitoring.drift.min_predictions": "比較に必要な予測",
  "settings.help.monitoring.drift.min_predictions": "これより少ないと基準と比べません。",
  "settings.name.monitoring.drift.min_seconds": "比較の間隔",
  "settings.help.monitoring.drift.min_seconds": "秒単位。これより短い間隔では比べません。",

  "settings.name.labelling.second_opinions": "ほかの人による確認",
  "settings.help.labelling.second_opinions":
    "ほかの人がラベルを付けた手書きを出題する割合（0～0.5、「正解がわかっている出題」と合わせて 0.5 以下）。0 にすると出題しません。",
  "settings.name.labelling.known_answers": "正解がわかっている出題",
  "settings.help.labelling.known_answers":
    "正解がわかっている手書きを出題し、ラベル付けの正確さを測る割合（0～0.5、「ほかの人による確認」と合わせて 0.5 以下）。0 にすると出題しません。",
  "settings.name.labelling.lease_seconds": "担当する時間",
  "settings.help.labelling.lease_seconds": "秒数。この時間が過ぎた手書きは、ほかの人に割り当てられます。",

  "settings.name.samples.delete_after_days": "手書きの削除",
  "settings.help.samples.delete_after_days":
    "日数。これより古い手書きを、ラベル、履歴、書き手の名前とともに 1 日 1 回削除します。モデルが学習した内容とエクスポートしたファイルは残ります。",
  "settings.name.backup.cron": "実行時刻",
  "settings.help.backup.cron":
    "cron 式で指定します。例：0 3 * * *（毎晩 3 時、学習と同じタイムゾーン）。停止中に過ぎた分は、次の起動後に作成します。",
  "settings.name.backup.keep.daily": "保存日数",
  "settings.help.backup.keep.daily": "この日数が過ぎ、より新しいバックアップがあれば削除します。",
  "settings.name.backup.keep.weekly": "保存週数",
  "settings.help.backup.keep.weekly": "その週の最初のバックアップは、代わりにこの週数のあいだ残します。",
  "settings.name.models.keep": "モデルバージョン",
  "settings.help.models.keep":
    "これより古いバージョンのファイルを削除します。エイリアス、ロールバック、実行に必要なものと記録は残ります。",
  "settings.name.monitoring.keep_hours": "1 時間ごとの集計",
  "settings.help.monitoring.keep_hours": "時間単位。全期間の集計は残ります。",
  "settings.name.monitoring.keep_days": "1 日ごとの集計",
  "settings.help.monitoring.keep_days": "日単位。全期間の集計は残ります。",

  "settings.name.draw.notice.en": "英語のお知らせ",
  "settings.help.draw.notice.en":
    "手書き欄の上に表示します。日本語が空欄なら、日本語のページにも表示します。",
  "settings.name.draw.notice.ja": "日本語のお知らせ",
  "settings.help.draw.notice.ja": "手書き欄の上に表示します。英語が空欄なら、英語のページにも表示します。",

  "settings.name.limits.body_bytes": "リクエストの上限",
  "settings.help.limits.body_bytes": "バイト単位。手書きやモデルを含まないリクエストの長さです。",
  "settings.name.limits.drawing_bytes": "手書きを含むリクエストの上限",
  "settings.help.limits.drawing_bytes": "バイト単位。",
  "settings.name.limits.model_bytes": "インポートするモデルの上限",
  "settings.help.limits.model_bytes": "zip ファイルの大きさ。バイト単位。",
  "settings.name.log.level": "ログのレベル",
  "settings.help.log.level": "記録する最も低いレベルです。debug はすべてのリクエストを記録します。",
  "settings.name.log.format": "ログの形式",
  "settings.help.log.format": "text：人が読む形式。json：1 行に 1 つのオブジェクト。",

  "nav.settings": "設定",

  "draw.notice": "手書きする方へ",

  "settings.title": "設定",
  "settings.lead": "変更は {file} に書き込みます。コメントと順序はそのまま残ります。",
  "settings.reader": "このブラウザー",
  "settings.readerText": "あなただけの設定で、このブラウザーに保存します。",
  "settings.language": "言語",
  "settings.theme": "外観",
  "settings.theme.system": "システムに合わせる",
  "settings.theme.light": "ライト",
  "settings.theme.dark": "ダーク",
  "settings.apply": "適用",
  "settings.group.training": "学習",
  "settings.group.gate": "ゲート",
  "settings.group.promotion": "昇格と試験運用",
  "settings.group.drift": "ドリフト",
  "settings.group.labelling": "ラベル付けキュー",
  "settings.group.retention": "保存期間",
  "settings.group.backup": "バックアップ",
  "settings.group.notice": "手書きページのお知らせ",
  "settings.group.server": "サーバー",
  "settings.groupText.now": "変更はすぐに有効になります。始まっている実行は元の設定のまま続きます。",
  "settings.groupText.restart": "変更は再起動後に有効になります。",
  "settings.off": "空欄でオフ。",
  "settings.range": "{min}～{max}。",
  "settings.rangeAbove": "{min} より大きく {max} 以下。",
  "settings.default": "既定値：{value}。",
  "settings.value.off": "オフ",
  "settings.value.on": "オン",
  "settings.switch.true": "オン",
  "settings.switch.false": "オフ",
  "settings.inUse": "使用中の値：{value}。",
  "settings.inUse.now": "サーバーの動作中にファイルが変更されました。",
  "settings.inUse.restart": "変更は再起動後に有効になります。",
  "settings.lock.variable": "環境変数 {name} で設定されています。そちらを変更して再起動してください。",
  "settings.lock.flag":
    "フラグ {name} で設定されています。ここで変更するには、フラグなしでサーバーを起動してください。",
  "settings.lock.file": "{name} で設定されています。そちらを変更してください。",
  "settings.lock.interpolation": "ファイル内の {name} から計算されています。そちらを変更してください。",
  "settings.preview": "変更の確認",
  "settings.reset": "既定値に戻す",
  "settings.resetOf": "既定値に戻す：{name}",
  "settings.save": "保存",
  "settings.diff": "{file} の変更",
  "settings.diffLead": "まだ書き込んでいません。内容を確かめてから保存してください。",
  "settings.diff.added": "追加",
  "settings.diff.removed": "削除",
  "settings.effect.now": "すぐに有効：{keys}",
  "settings.effect.restart": "再起動後に有効：{keys}",
  "settings.deletes":
    "すでにこの日数を過ぎた手書きは {n} 件です。保存から 10 分以内（実行中の場合はその終了後）に削除され、復元できません。それ以降も 1 日ごとに削除します。",
  "settings.nothing": "変更はありません。",
  "settings.invalid": "書き込んでいません。印の付いた設定を直してください。",
  "settings.invalidOne": "書き込んでいません。{reason}",
  "settings.saved.now": "保存しました。すでに有効です。",
  "settings.saved.restart": "保存しました。一部は再起動後に有効になります。",
  "settings.readOnly":
    "設定の閲覧だけができます。変更できるのは管理者と、サーバーのコンピューターで {file} を編集できる人だけです。",
  "settings.problem.cron": "実際に訪れる時刻の cron 式を入力してください（例：0 3 * * *）",
  "settings.problem.hours": "2 つの時刻を入力してください（例：{hours}）",
  "settings.problem.zone": "タイムゾーンの名前を入力してください（例：Asia/Tokyo）",
  "settings.problem.text": "{max} 文字以内で入力してください",
  "settings.problem.choice": "値を選んでください",
  "settings.problem.switch": "オンかオフを選んでください",

  "failure.settingsBroken":
    "プロジェクトの設定に誤りがあります（{reason}）。直してから、設定をもう一度開いてください。",
  "failure.settingsChanged":
    "編集中に、ほかの人が {file} を変更しました。書き込んでいません。設定を読み込み直して、もう一度変更してください。",
  "failure.settingNotRemoved":
    "{key} だけを取り除くことはできません。ファイルのほかの箇所も変わってしまうため、ファイルを直接編集してください。",
  "failure.settingComment":
    "{key} の横のコメントが失われるため、取り除けません。ファイルを直接編集してください。",
  "failure.settingLocked": "{name} で設定されています。そちらを変更してください。",
};
