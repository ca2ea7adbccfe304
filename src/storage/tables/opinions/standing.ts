/**
 * The opinions that stand, with the columns of `label_opinions`. The table keeps the first answer to each question, which
 * agreement and scores are of; here, `answer` is the newest, and an opinion whose decision was undone is left out.
 */
export const STANDING = `
  SELECT given.id, given.sample_id, given.kind, given.labeller, given.expected, given.at,
    CASE json_extract(decided.answer, '$.kind') WHEN 'label' THEN 'label:' || json_extract(decided.answer, '$.label')
      ELSE coalesce(json_extract(decided.answer, '$.kind'), given.answer) END AS answer
  FROM label_opinions AS given LEFT JOIN queue_decisions AS decided ON decided.id = given.decision_id
  WHERE decided.undone_at IS NULL`;
