# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date, format_list
from odoo.tools.translate import LazyTranslate

from ...const import ADMINISTRATOR
from ..core.claims import claim
from ..core.moves import HR, PROCEDURE, Move, Moves
from ..core.public import Text, public
from ..core.readers import say_readers
from ..selection.hr_backbone_fair_mixin import Judged
from .hr_backbone_program import IN_FORCE

_lt = LazyTranslate(__name__)

MAILS = "hr_backbone_training.mail_template_evaluation_"
# of the outstanding, who was given something
AWARDED = ("|", ("badge_user_id", "!=", False), ("resume_line_id", "!=", False))


class HrBackboneEvaluationRun(models.Model):
    """The moves of an evaluation: it is frozen, its results are announced, a correction takes its
    place, or it is withdrawn; who may, why not, and what follows."""

    # the third file of the model, a part by itself: with another it would be too long to read
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hr.backbone.evaluation.run"

    _moves = Moves(
        Move("freeze", "draft", "frozen", _lt("Evaluation frozen"), asks="action_freeze"),
        Move("announce", "frozen", "announced", _lt("Evaluation announced"), by=HR, button=True),
        Move(
            "withdraw",
            IN_FORCE,
            "withdrawn",
            _lt("Evaluation withdrawn"),
            reason="action_withdraw",
        ),
        Move(
            "withdraw_told",
            "superseded",
            "withdrawn",
            _lt("Withdrawn with its correction"),
            by=PROCEDURE,
        ),
        Move(
            "supersede",
            IN_FORCE,
            "superseded",
            _lt("Superseded by a correction"),
            by=PROCEDURE,
        ),
    )

    _fair_move = "announce"
    _fair_field = "run_id"
    _fair_words = (_lt("Evaluated"), _lt("Outstanding"))
    _fair_todo = "hr_backbone_training.mail_activity_type_fairness_run"
    _todo_states = ("frozen",)

    # -- moves -------------------------------------------------------------------------

    def _get_next_move(self):
        self.ensure_one()
        return "announce" if self.state == "frozen" else None

    def _get_move_refusals(self, name):
        match name:
            case "freeze":
                return self._refusals_freeze()
            case "withdraw":
                return self._refusals_withdraw()
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

    @api.model
    def _say_readers(self, name=None):
        """Why a year is frozen with open quarters is printed."""
        if name == "freeze":
            return say_readers(self.env, ("employee_shared", "managers", "hr"))
        return super()._say_readers(name)

    def _needs_comment(self, name):
        if name == "freeze":
            return any(run.open_quarters for run in self)
        return super()._needs_comment(name)

    def _say_consequences(self, name):
        if name == "freeze":
            return sum((run._get_freezing_notes() for run in self), [])
        if name == "withdraw":
            return sum((run._get_withdrawing_notes() for run in self), [])
        return super()._say_consequences(name)

    def _get_freezing_notes(self):
        """What is asked before it is frozen with open quarters: [sentence, …]."""
        self.ensure_one()
        if not self.open_quarters:
            return []
        return [
            self.env._(
                "These quarters are still open: %s. What is not settled in them never counts in "
                "this evaluation: neither reports that HR has not accepted nor quarters that are "
                "not closed.",
                self.open_quarters,
            ),
            self.env._(
                "From then on nothing changes this evaluation. A correction is a new version with "
                "its reason."
            ),
            self.env._("What you write is printed on the evaluation of each member."),
        ]

    def _get_withdrawing_notes(self):
        """What is taken back with it, and what stands: [sentence, …]."""
        self.ensure_one()
        told = (self | self._get_told_run()).filtered("date_announced").evaluation_ids
        awarded = self.env["hr.backbone.evaluation"].search(
            [("program_id", "=", self.program_id.id), *AWARDED]
        )
        decided = self.evaluation_ids.filtered(lambda row: row.decision not in (False, "keep"))
        notes = []
        if told:
            notes.append(
                self.env._(
                    "%s people were told their result. They are told that it does not count any "
                    "more; it stays readable for them, marked as withdrawn.",
                    len(told.member_id),
                )
            )
        if awarded:
            notes.append(
                self.env._(
                    "Badge, certificate and line of the résumé are taken back from %s, and the "
                    "list of the outstanding does not name them any more.",
                    format_list(self.env, awarded.mapped("employee_name")),
                )
            )
        if decided:
            labels = dict(decided._fields["decision"]._description_selection(self.env))
            names = [f"{row.employee_name} ({labels[row.decision]})" for row in decided]
            notes.append(
                self.env._(
                    "What was decided by it stands until somebody changes it in the talent pool: "
                    "%s.",
                    format_list(self.env, names),
                )
            )
        return notes

    def _refusals_freeze(self):
        refusals = self._refuse_unless_officer()
        in_force = self.search(
            [("program_id", "in", self.program_id.ids), ("state", "in", IN_FORCE)]
        )
        for run in self:
            sentences = refusals.setdefault(run, [])
            if not run.date_computed:
                sentences.append(self.env._("Compute the evaluation first."))
            elif reason := run._get_stale_reason():
                sentences.append(reason)
            sentences += run._get_early_refusals() or run._get_open_refusals()
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

    def _get_early_refusals(self):
        """Why it is too early for this program, or nothing is evaluated by it: [sentence, …]."""
        self.ensure_one()
        program = self.program_id
        if program.state == "draft":
            return [self.env._("“%s” was never started: nobody is trained by it.", program.name)]
        if reason := self._get_other_year_refusal():
            return [reason]
        last = program._get_year_dates()[1]
        if self.company_id._backbone_today() < last:
            return [
                self.env._(
                    "The year of “%(program)s” runs until %(day)s: freeze its evaluation then.",
                    program=program.name,
                    day=format_date(self.env, last),
                )
            ]
        rows = self.env["hr.backbone.evaluation"]
        if self.date_computed and not rows.search_count(
            [("run_id", "=", self.id), ("is_evaluated", "=", True)], limit=1
        ):
            return [self.env._("Nobody is evaluated: there is nothing to freeze.")]
        return []

    def _get_other_year_refusal(self):
        """That no quarter is of the year of the program, and which program has some; else
        False."""
        program = self.program_id
        quarters = self.env["hr.backbone.quarter"].search(
            [("company_id", "=", self.company_id.id), ("year", "<=", program.year)]
        )
        years = set(quarters.mapped("year"))
        if program.year in years:
            return False
        meant = program.search(
            [
                ("company_id", "=", self.company_id.id),
                ("year", "in", list(years)),
                ("state", "!=", "draft"),
            ],
            order="year desc",
            limit=1,
        )
        if not meant:
            return self.env._(
                "There is no quarter of %(year)s, so nobody is evaluated by “%(program)s”.",
                year=program.year,
                program=program.name,
            )
        return self.env._(
            "There is no quarter of %(year)s, so nobody is evaluated by “%(program)s”. Did you "
            "mean “%(meant)s”?",
            year=program.year,
            program=program.name,
            meant=meant.name,
        )

    def _get_open_refusals(self):
        """That quarters are open, for whoever may not freeze all the same: [sentence, …]."""
        self.ensure_one()
        if not self.open_quarters or self.env.user.has_group(ADMINISTRATOR):
            return []
        return [
            self.env._(
                "These quarters are still open: %s. Close them first, or an HR administrator "
                "freezes the evaluation with a written reason.",
                self.open_quarters,
            )
        ]

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

    @public(comment=Text())
    def action_freeze(self, comment=None):
        """draft → frozen, by HR: "from then on nothing changes it". A correction takes the
        place of the version before.

        :param str comment: why with open quarters, by an administrator; required then, and
            printed
        """
        self.check_access("write")
        # one after the other: one of a year is in force
        for run in self:
            run._freeze((comment or "").strip())
        return True

    def _freeze(self, comment):
        # one at a time for each program
        self.program_id._lock_for_move()
        previous = self.previous_id.filtered(lambda run: run.state in IN_FORCE)
        self._check_move("freeze")
        if self.open_quarters and not comment:
            raise UserError(
                self.env._(
                    "These quarters are still open: %s. Write why the evaluation is frozen all "
                    "the same: it is printed on each.",
                    self.open_quarters,
                )
            )
        if previous:
            previous._do_move(self._get_move("supersede"), self.reason)
        today = self.company_id._backbone_today()
        version = max(self.program_id.evaluation_run_ids.mapped("version"), default=0) + 1
        vals = {"date_frozen": today, "version": version}
        if self.open_quarters:
            vals.update(open_frozen=self.open_quarters, open_reason=comment)
        self._move("freeze", "\n".join(filter(None, (self.reason, comment))), vals)

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        # sudo: the move was just allowed
        for run in self.sudo():
            if name == "freeze":
                run._freeze_method()
                run._write_moved(run._freeze_evaluations())
            elif name == "announce":
                run._on_announced()
            elif name == "withdraw":
                run._on_withdrawn()
        return result

    @public(one=True)
    def action_correct(self):
        """A new version of a frozen evaluation, with its reason: the one in force stays until
        the correction is frozen."""
        self.ensure_one()
        self.check_access("write")
        self._check_not_involved()
        if self.state not in IN_FORCE:
            raise UserError(self.env._("Only an evaluation that is in force is corrected."))
        draft = self.search([("previous_id", "=", self.id), ("state", "=", "draft")], limit=1)
        if not draft:
            # the button, pressed twice at once
            claim(self)
            # sudo: the check is above
            draft = self.sudo().copy({"label": self.env._("correction")})
            draft._write_moved({"previous_id": self.id})
            draft = draft.sudo(False)
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

    # -- the result is announced ---------------------------------------------------------

    @public()
    def action_announce(self):
        """frozen → announced, by HR: each learns the own result, and the outstanding are shown to
        the company and awarded."""
        self._move("announce")
        return True

    def _get_judged(self):
        return {
            run: [
                Judged(row.employee_id, row.department_name or "", row.is_outstanding)
                for row in run.evaluation_ids
                if row.is_evaluated
            ]
            for run in self
        }

    def _get_replaced(self):
        return self.program_id.evaluation_run_ids - self

    def _get_counted_employees(self):
        return self._get_concerned_employees()

    def _say_counted(self):
        return self.env._("This counts every member who is evaluated.")

    def _on_announced(self):
        # as superuser: badges and résumés are other apps' records
        for run in self:
            told = run._get_to_tell()
            run._get_told_run()._write_moved({"is_told": False})
            run._write_moved({"date_announced": run.company_id._backbone_today(), "is_told": True})
            named = run.evaluation_ids.filtered("is_outstanding")
            run._take_over_awards(named)
            # whoever was named before knows it
            fresh = named.filtered(lambda row: not (row.badge_user_id or row.resume_line_id))
            named._award()
            outbox = self.env["hr.backbone.notification"]
            outbox._queue(fresh, f"{MAILS}award", "award")
            outbox._queue(told, f"{MAILS}result", "result")

    def _get_told_run(self):
        """The evaluation of this year that people were told last: of those that were announced
        and were not withdrawn since. Empty for none."""
        self.ensure_one()
        return (self.program_id.evaluation_run_ids - self).filtered("is_told")

    def _get_to_tell(self):
        """Whose result is new: all, also who is not evaluated; of a correction, for whom it
        changed."""
        self.ensure_one()
        before = {row.member_id: row._get_said() for row in self._get_told_run().evaluation_ids}
        return self.evaluation_ids.filtered(
            lambda row: row._get_said() != before.get(row.member_id)
        )

    # -- withdrawn: it should not have been frozen -----------------------------------------

    @public(comment=Text())
    def action_withdraw(self, comment=None):
        """frozen or announced → withdrawn, by an HR administrator: it stays readable, what was
        announced by it is taken back, and whoever was told is told.

        :param str comment: the reason; required
        """
        # one at a time for each program
        self.program_id._lock_for_move()
        self._check_move("withdraw")
        for run in self:
            run._move("withdraw", comment, {"date_withdrawn": run.company_id._backbone_today()})
        return True

    def _refusals_withdraw(self):
        refusals = self._refuse_unless_officer()
        if not self.env.user.has_group(ADMINISTRATOR):
            for run in self:
                sentence = self.env._("Only an HR administrator withdraws an evaluation.")
                refusals.setdefault(run, [sentence])
        return refusals

    def _on_withdrawn(self):
        # as superuser: badges and résumés are other apps' records
        for run in self:
            # where a correction is withdrawn that nobody was told of yet, what it corrects goes
            # with it
            before = run._get_told_run()
            told = run | before
            vals = {"is_told": False, "date_withdrawn": run.company_id._backbone_today()}
            before._do_move(run._get_move("withdraw_told"), "", vals)
            run._write_moved({"is_told": False})
            self.env["hr.backbone.evaluation"].search(
                [("program_id", "=", run.program_id.id), *AWARDED]
            )._revoke()
            told = told.filtered("date_announced").evaluation_ids
            self.env["hr.backbone.notification"]._queue(told, f"{MAILS}withdrawn", "withdraw")

    def _take_over_awards(self, named):
        """What an earlier version awarded stays with those whom this one names, too; the
        others lose it."""
        by_member = named.grouped("member_id")
        awarded = self.env["hr.backbone.evaluation"].search(
            [
                ("program_id", "=", self.program_id.id),
                ("run_id", "!=", self.id),
                *AWARDED,
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
