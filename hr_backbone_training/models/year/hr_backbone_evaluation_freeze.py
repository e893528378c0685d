# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models
from odoo.tools import SQL

# what the fingerprint of each version covers: all that is printed of a member. A version is
# never changed: what was frozen with it would no longer be itself. A new print is a new version.
HASHED = {
    1: (
        "employee_name",
        "department_name",
        "job_name",
        "echelon_name",
        "company_name",
        "program_name",
        "date_admitted",
        "score_report",
        "score_assessment_raw",
        "score_assessment",
        "score_training",
        "has_training",
        "score_achievement",
        "quarters",
        "works",
        "settings",
        "base",
        "adjustment",
        "adjustment_reason",
        "total",
        "grade",
        "rank",
        "rank_count",
        "is_outstanding",
        "incentive",
        "incentive_amount",
        "currency_id",
    ),
}
# who is evaluated, and the parts of which there were none before
HASHED[2] = (
    *HASHED[1],
    "is_evaluated",
    "not_evaluated_reason",
    "settled_quarters",
    "score_rotation",
    "score_plan",
)
HASH_VERSION = max(HASHED)


class HrBackboneEvaluationFreeze(models.AbstractModel):
    """Frozen: the fingerprint of each member's row shows that nothing has changed since."""

    _name = "hr.backbone.evaluation.freeze"
    _description = "What a frozen Evaluation is known by"

    hash_version = fields.Integer(
        readonly=True, copy=False, help="Which columns the fingerprint covers; none: the first."
    )

    def _get_hashed(self, version):
        """The columns that the fingerprint covers, in order.

        :param int version: of the fingerprint; see `hash_version`
        """
        return HASHED[version or 1]

    def _select_fingerprint(self, version):
        values = SQL(", ").join(
            SQL("COALESCE(%s::text, '')", SQL.identifier(name))
            for name in self._get_hashed(version)
        )
        return SQL("encode(sha256(convert_to(concat_ws(E'\\x1f', %s), 'UTF8')), 'hex')", values)

    def _freeze_evaluations(self):
        """Freeze the rows of this evaluation, in one statement.

        :return: what the evaluation keeps of it: the fingerprint of all rows and its version
        """
        self.ensure_one()
        self.evaluation_ids.filtered("is_outstanding")._grant_incentives()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """UPDATE hr_backbone_evaluation SET state = 'frozen', fingerprint = %s
                    WHERE run_id = %s AND state = 'draft'""",
                self._select_fingerprint(HASH_VERSION),
                self.id,
            )
        )
        self._keep_decisions()
        self._forget_evaluations()
        return {
            "content_hash": self._get_content_hash(HASH_VERSION),
            "hash_version": HASH_VERSION,
        }

    def _keep_decisions(self):
        """What HR decided on the version that this one corrects has become a movement already:
        it stays decided, and is not decided a second time."""
        self.env.cr.execute(
            SQL(
                """UPDATE hr_backbone_evaluation e
                      SET state = o.state, decision = o.decision,
                          echelon_after_id = o.echelon_after_id
                     FROM hr_backbone_evaluation o
                    WHERE e.run_id = %s AND o.run_id = %s AND o.member_id = e.member_id
                      AND o.state = 'decided'""",
                self.id,
                self.previous_id.id or 0,
            )
        )

    def _get_content_hash(self, version):
        """The fingerprint of all rows as they stand now; equal to the one that was kept when
        they were frozen as long as nobody has changed one behind Odoo's back.

        :param int version: the one with which they were frozen
        """
        self.ensure_one()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """SELECT encode(sha256(convert_to(
                              COALESCE(string_agg(%s, '' ORDER BY id), ''), 'UTF8')), 'hex')
                     FROM hr_backbone_evaluation WHERE run_id = %s""",
                self._select_fingerprint(version),
                self.id,
            )
        )
        return self.env.cr.fetchone()[0]

    def _is_intact(self):
        """Whether the frozen scores are those that were frozen."""
        self.ensure_one()
        kept = self.content_hash
        return not kept or kept == self._get_content_hash(self.hash_version)

    def _get_fingerprint(self, evaluation):
        """The fingerprint of one row as it stands now."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "SELECT %s FROM hr_backbone_evaluation WHERE id = %s",
                self._select_fingerprint(self.hash_version),
                evaluation.id,
            )
        )
        return self.env.cr.fetchone()[0]
