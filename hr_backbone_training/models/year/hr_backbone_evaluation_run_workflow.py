# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_list
from odoo.tools.translate import LazyTranslate

from ..core.claims import claim
from ..core.moves import HR, PROCEDURE, Move, Moves
from ..core.public import public

_lt = LazyTranslate(__name__)


class HrBackboneEvaluationRun(models.Model):
    """The moves of an evaluation: it is frozen, its results are announced, and a correction takes
    its place; who may, why not, and what follows."""

    # the third file of the model, a part by itself: with another it would be too long to read
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hr.backbone.evaluation.run"

    _moves = Moves(
        Move("freeze", "draft", "frozen", _lt("Evaluation frozen"), button=True),
        Move("announce", "frozen", "announced", _lt("Outstanding announced"), by=HR, button=True),
        Move(
            "supersede",
            ("frozen", "announced"),
            "superseded",
            _lt("Superseded by a correction"),
            by=PROCEDURE,
        ),
    )

    # -- moves -------------------------------------------------------------------------

    def _get_move_refusals(self, name):
        if name == "freeze":
            return self._refusals_freeze()
        return super()._get_move_refusals(name)

    def _get_concerned_employees(self):
        # sudo: whom it concerns decides, and is not shown
        return self.sudo().evaluation_ids.employee_id

    def _concerns_me(self):
        """Whether the user takes part: asked without reading thousands of evaluations. A run
        that is not computed yet concerns whoever is in the pool of its company."""
        people = self.env.user._get_backbone_ever()
        if not people:
            return False
        # sudo: as above
        runs = self.sudo()
        if runs.env["hr.backbone.evaluation"].search_count(
            [("run_id", "in", runs.ids), ("employee_id", "in", people)], limit=1
        ):
            return True
        companies = runs.filtered(lambda run: not run.date_computed).company_id
        return bool(companies) and bool(
            runs.env["hr.backbone.member"].search_count(
                [
                    ("employee_id", "in", people),
                    ("company_id", "in", companies.ids),
                    ("state", "!=", "exited"),
                ],
                limit=1,
            )
        )

    def _refusals_freeze(self):
        refusals = self._refuse_unless_officer()
        in_force = self.search(
            [
                ("program_id", "in", self.program_id.ids),
                ("state", "in", ["frozen", "announced"]),
            ]
        )
        for run in self:
            sentences = refusals.setdefault(run, [])
            if not run.date_computed:
                sentences.append(self.env._("Compute the evaluation first."))
            elif reason := run._get_stale_reason():
                sentences.append(reason)
            sentences += run._get_beyond_limit()
            others = in_force.filtered(lambda other, run=run: other.program_id == run.program_id)
            if others and run.previous_id != others:
                sentences.append(
                    self.env._(
                        "“%s” is in force: start a correction from it.", others[0].display_name
                    )
                )
            if run.previous_id and not (run.reason or "").strip():
                sentences.append(self.env._("Say why the evaluation is corrected."))
        return refusals

    def _get_beyond_limit(self):
        """A sentence, where somebody was adjusted by more than the program allows now."""
        self.ensure_one()
        limit = self.program_id.adjustment_limit
        beyond = self.env["hr.backbone.evaluation"].search(
            [
                ("run_id", "=", self.id),
                "|",
                ("adjustment", ">", limit),
                ("adjustment", "<", -limit),
            ],
            limit=10,
        )
        if not beyond:
            return []
        return [
            self.env._(
                "HR adjusts by %(limit)s points at the most: change the adjustment of %(names)s.",
                limit=limit,
                names=format_list(self.env, beyond.mapped("employee_name")),
            )
        ]

    @public()
    def action_freeze(self):
        """draft → frozen, by HR: "from then on nothing changes it". A correction takes the
        place of the version before."""
        self.check_access("write")
        # one after the other: one of a year is in force
        for run in self:
            run._freeze()
        return True

    def _freeze(self):
        # sudo: a lock changes nothing; one at a time for each program
        self.program_id.sudo()._lock_for_move()
        previous = self.previous_id.filtered(lambda run: run.state in ("frozen", "announced"))
        self._check_move("freeze")
        if previous:
            previous._do_move(self._get_move("supersede"), self.reason)
        today = self.company_id._backbone_today()
        version = max(self.program_id.evaluation_run_ids.mapped("version"), default=0) + 1
        self._move("freeze", self.reason, {"date_frozen": today, "version": version})

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        # sudo: the move was just allowed
        for run in self.sudo():
            if name == "freeze":
                run._freeze_method()
                run._write_moved(run._freeze_evaluations())
            elif name == "announce":
                run._on_announced()
        return result

    @public(one=True)
    def action_correct(self):
        """A new version of a frozen evaluation, with its reason: the one in force stays until
        the correction is frozen."""
        self.ensure_one()
        self.check_access("write")
        self._check_not_involved()
        if self.state not in ("frozen", "announced"):
            raise UserError(self.env._("Only an evaluation that is in force is corrected."))
        draft = self.search([("previous_id", "=", self.id), ("state", "=", "draft")], limit=1)
        if not draft:
            # the button, pressed twice at once
            claim(self)
            # sudo: the check is above
            draft = self.sudo().copy({"label": self.env._("correction")}).sudo(False)
            draft.sudo()._write_moved({"previous_id": self.id})
            draft.action_compute()
            draft.evaluation_ids._take_adjustments(self.evaluation_ids)
        return draft._get_records_action()

    @public(one=True)
    def action_open_evaluations(self):
        """The members of this evaluation, by echelon and rank."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_backbone_training.hr_backbone_evaluation_action"
        )
        action["domain"] = [("run_id", "=", self.id)]
        left_out = bool(self.env.context.get("backbone_left_out"))
        action["context"] = {
            "search_default_group_echelon": 1,
            "search_default_evaluated": not left_out,
            "search_default_left_out": left_out,
            "show_left_out": left_out,
            "search_default_outstanding": bool(self.env.context.get("backbone_outstanding")),
            "show_compare": bool(self.compare_id),
        }
        return action

    # -- the outstanding are announced -------------------------------------------------

    @public()
    def action_announce(self):
        """frozen → announced, by HR: the outstanding are shown to the company and awarded."""
        self._move("announce")
        return True

    def _on_announced(self):
        # as superuser: badges and résumés are other apps' records
        for run in self:
            named = run.evaluation_ids.filtered("is_outstanding")
            run._take_over_awards(named)
            # whoever was named before knows it
            fresh = named.filtered(lambda row: not (row.badge_user_id or row.resume_line_id))
            named._award()
            self.env["hr.backbone.notification"]._queue(
                fresh, "hr_backbone_training.mail_template_evaluation_award", "award"
            )

    def _take_over_awards(self, named):
        """What an earlier version awarded stays with those whom this one names, too; the
        others lose it."""
        by_member = named.grouped("member_id")
        awarded = self.env["hr.backbone.evaluation"].search(
            [
                ("program_id", "=", self.program_id.id),
                ("run_id", "!=", self.id),
                "|",
                ("badge_user_id", "!=", False),
                ("resume_line_id", "!=", False),
            ]
        )
        for old in awarded:
            if new := by_member.get(old.member_id):
                new.badge_user_id, new.resume_line_id = old.badge_user_id, old.resume_line_id
                new.badge_user_id.comment = new._get_award_reason()
                new.resume_line_id.description = new._get_award_reason()
                old.badge_user_id = old.resume_line_id = False
            else:
                old._revoke()
