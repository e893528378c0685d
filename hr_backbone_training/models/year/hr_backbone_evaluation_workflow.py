# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date
from odoo.tools.translate import LazyTranslate

from ..core.moves import Move, Moves
from ..core.public import Record, Text, public
from ..core.readers import PrivateReason
from .hr_backbone_evaluation import PLACES

_lt = LazyTranslate(__name__)


class HrBackboneEvaluation(models.Model):
    """What HR decides: who is not named outstanding, who is promoted, kept, moved or exits; and
    the consequences of being outstanding: the badge, a line of the résumé."""

    # the third file of the model, a part by itself: with another it would be too long to read
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hr.backbone.evaluation"

    _moves = Moves(
        Move(
            "decline",
            "draft",
            "draft",
            _lt("Not named outstanding"),
            reason="action_decline",
            private=True,
        ),
        Move("name_again", "draft", "draft", _lt("May be named outstanding again"), button=True),
        Move("keep", "frozen", "decided", _lt("Stays in the echelon"), button=True),
        Move("promote", "frozen", "decided", _lt("Promoted"), reason="action_promote"),
        Move("move", "frozen", "decided", _lt("Moved")),
        Move("exit", "frozen", "decided", _lt("Exited"), reason="action_exit", private=True),
        Move(
            "honour",
            "frozen",
            "decided",
            _lt("Left with honour"),
            reason="action_honour",
            button=False,
        ),
    )
    _rating_moves = tuple(move.name for move in _moves)
    _moved_fields = ("decision", "echelon_after_id", "is_declined", "decline_place")

    # -- HR decides: one click each, which become movements ----------------------------

    def _get_move_refusals(self, name):
        refusals = self._get_decision_refusals(name)
        if refusals is None:
            refusals = super()._get_move_refusals(name)
        return self._get_rival_refusals(name, refusals)

    def _get_decision_refusals(self, name):
        """See `_get_move_refusals`; None of a move that is no decision of HR's."""
        match name:
            case "decline" | "name_again":
                return self._refusals_decline(name)
            case "keep":
                return self._refusals_by_officer()
            case "move":
                return self._refusals_move()
            case "exit" | "honour":
                return self._refusals_exit()
            case "promote":
                return self._refusals_promote()
        return None

    def _get_batch_refusals(self, name):
        """Of two evaluations of one member the first lets the member exit."""
        refusals = super()._get_batch_refusals(name)
        for same in self.grouped("member_id").values() if name in ("exit", "honour") else ():
            later = same[1:]
            refusals.update((row, [row.member_id._say_exited()]) for row in later)
        return refusals

    def _refusals_by_officer(self):
        refusals = self._refuse_unless_officer()
        for evaluation in self - self.browse([record.id for record in refusals]):
            if evaluation.run_id.state not in ("frozen", "announced"):
                refusals[evaluation] = [
                    self.env._("“%s” is not in force.", evaluation.run_id.display_name)
                ]
        return refusals

    def _refusals_move(self):
        """What the pool refuses, of whoever was suspended or has left meanwhile."""
        refusals = self._refusals_by_officer()
        ready = self - self.browse([record.id for record in refusals])
        pool = ready.member_id._get_refusals("shift")
        for evaluation in ready.filtered(lambda row: row.member_id in pool):
            refusals[evaluation] = pool[evaluation.member_id]
        return refusals

    def _refusals_exit(self):
        refusals = self._refusals_by_officer()
        for evaluation in self - self.browse([record.id for record in refusals]):
            if evaluation.member_id.state == "exited":
                refusals[evaluation] = [evaluation.member_id._say_exited()]
        return refusals

    def _refusals_promote(self):
        refusals = self._refusals_by_officer()
        ready = self - self.browse([record.id for record in refusals])
        above = ready._get_echelons_above()
        breaks = ready._get_breaks(above)
        pool = ready.member_id._get_refusals("promote")
        for evaluation in ready:
            refusals[evaluation] = (
                evaluation._get_place_refusal(above[evaluation])
                or pool.get(evaluation.member_id)
                or evaluation.member_id._get_scope_refusal(breaks[evaluation])
            )
        return refusals

    def _get_place_refusal(self, above):
        """Why the member is not promoted to this echelon: has left, is there already, or there is
        none: [sentence, …].

        :param above: the `hr.backbone.echelon`, or none
        """
        self.ensure_one()
        member = self.member_id
        if member.state == "exited":
            return [member._say_exited()]
        if not above:
            return [
                self.env._(
                    "%(member)s was compared in the %(echelon)s, the highest: promotion to a post "
                    "leaves with honour.",
                    member=self.employee_name,
                    echelon=self.echelon_id.name,
                )
            ]
        if member.echelon_id.level <= above.level:
            return [
                self.env._(
                    "The evaluation is about a promotion to the %(above)s, and %(member)s is in "
                    "the %(echelon)s already, since %(day)s. Choose “Keep” or “Move to Another "
                    "Echelon”.",
                    above=above.name,
                    member=self.employee_name,
                    echelon=member.echelon_id.name,
                    day=format_date(self.env, member.movement_ids[:1].date or member.date_admitted),
                )
            ]
        return []

    def _get_echelons_above(self):
        """{evaluation: the echelon that it recommends, or else the one right above that in which
        the member was compared, of the same company or of all}; where the member is today does
        not change it."""
        echelons = self.env["hr.backbone.echelon"].search(
            [("company_id", "in", [False, *self.company_id.ids])], order="level desc, id"
        )
        above = {}
        for row in self:
            next_one = echelons.filtered(
                lambda echelon, row=row: (
                    echelon.level < row.echelon_id.level and echelon.company_id <= row.company_id
                )
            )[:1]
            # a simulation is about to say it
            above[row] = (row.state != "draft" and row.ready_echelon_id) or next_one
        return above

    def _get_tries(self, echelons):
        """As the pool's `_get_scope_reasons` and `_get_breaks` take them.

        :param dict echelons: {evaluation: `hr.backbone.echelon`, empty for none}
        """
        return {row: (row.member_id, echelon, row.program_id) for row, echelon in echelons.items()}

    def _get_breaks(self, echelons):
        """What would be broken if these members came into these echelons: see the pool's."""
        return self.env["hr.backbone.member"]._get_breaks(self._get_tries(echelons))

    def _get_doubts(self, decision):
        """What of the result speaks against the decision.

        :param str decision: "promote", also of a move up, or "exit"; of others there is none
        :return: {evaluation: [sentence, …]}
        """
        match decision:
            case "promote":
                return {row: row._say_not_promoted() for row in self}
            case "exit":
                return self._get_exit_doubts()
        return {}

    def _say_not_promoted(self):
        """That the evaluation does not recommend to promote the member, or that the member is
        elsewhere by now: [sentence, …]."""
        self.ensure_one()
        sentences = []
        now = self.member_id.echelon_id
        if now != self.echelon_id:
            sentences.append(
                self.env._(
                    "%(member)s was compared in the %(then)s, and is in the %(now)s now.",
                    member=self.employee_name,
                    then=self.echelon_id.name,
                    now=now.name,
                )
            )
        if not self.is_evaluated:
            sentences.append(
                self.env._("%s was not evaluated: nothing is recommended.", self.employee_name)
            )
        elif self.recommendation != "promote":
            sentences.append(
                self.env._(
                    "The evaluation does not recommend to promote %(member)s. It says: "
                    "%(recommended)s.",
                    member=self.employee_name,
                    recommended=self.recommendation_text,
                )
            )
        if self.is_declined:
            sentences.append(
                self.env._(
                    "HR declined to name %s outstanding in this evaluation.", self.employee_name
                )
            )
        return sentences

    def _get_exit_doubts(self):
        """{evaluation: [sentence, …]}: that the result does not suggest to exit."""
        return {
            row: [
                self.env._(
                    "The evaluation does not recommend that %(member)s exits: grade %(grade)s, "
                    "%(count)s settled quarters.",
                    member=row.employee_name,
                    grade=row.grade or "–",
                    count=row.settled_quarters,
                )
            ]
            for row in self
            if row.recommendation != "exit"
        }

    @public()
    def action_keep(self):
        """frozen → decided, by HR: stays in the echelon."""
        self._move("keep", vals={"decision": "keep"})
        return True

    @public(comment=Text())
    def action_promote(self, comment=None):
        """frozen → decided, by HR: into the next higher echelon, as a movement of the pool.

        :param str comment: the reason; required
        """
        self._check_move("promote")
        above = self._get_echelons_above()
        for evaluation in self:
            # decided first: who is in the echelon is not promoted there
            evaluation._move(
                "promote",
                comment,
                {"decision": "promote", "echelon_after_id": above[evaluation].id},
            )
            evaluation.member_id.action_promote(above[evaluation], evaluation._get_reason())
        return True

    @public(echelon=Record("hr.backbone.echelon"), comment=Text())
    def action_move(self, echelon, comment=None):
        """frozen → decided, by HR: into another echelon, as a movement of the pool.

        :param echelon: the `hr.backbone.echelon` (record or id)
        :param str comment: the reason; required of a move up beyond the scope, which is an
            administrator's
        """
        self._check_move("move")
        self._check_scope(echelon, comment)
        for evaluation in self:
            evaluation.member_id.action_promote(echelon, evaluation._get_reason())
            evaluation._move("move", comment, {"decision": "move", "echelon_after_id": echelon.id})
        return True

    def _check_scope(self, echelon, comment):
        """:raise UserError: the echelon is a higher one, and its scope does not have them"""
        higher = self._filter_below(echelon)
        for row, breaks in higher._get_breaks(dict.fromkeys(higher, echelon)).items():
            if sentences := row.member_id._get_scope_refusal(breaks):
                raise UserError("\n".join(sentences))
            if breaks["scope"] and not (comment or "").strip():
                raise UserError("\n".join([*breaks["scope"], self._get_comment_request("move")]))

    def _filter_below(self, echelon):
        """Those whose members are below this echelon today: there they would be promoted."""
        return self.filtered(lambda row: echelon.level < row.member_id.echelon_id.level)

    def _say_refused(self, decision, echelon):
        """Why the user does not take this decision on these: what a window says before it.

        :param str decision: the name of a move
        :param echelon: the `hr.backbone.echelon` of a move, or none
        :return: [sentence, …]
        """
        refusals = self._get_refusals(decision)
        if decision == "move" and echelon:
            higher = self._filter_below(echelon)
            breaks = higher._get_breaks(dict.fromkeys(higher, echelon))
            for row in higher:
                if sentences := row.member_id._get_scope_refusal(breaks[row]):
                    refusals.setdefault(row, sentences)
        return self._name_refusals(refusals or self._get_batch_refusals(decision))

    @public(comment=Text())
    def action_exit(self, comment=None):
        """frozen → decided, by HR, with a reason: the member leaves the pool."""
        return self._exit("exit", comment)

    @public(comment=Text())
    def action_honour(self, comment=None):
        """frozen → decided, by HR: "promoted to a post", the member leaves with honour.

        :param str comment: the post; required
        """
        return self._exit("honour", comment)

    def _exit(self, name, comment):
        self._move(name, comment, {"decision": name})
        if name == "honour":
            comment = self.env._("Left with honour, promoted to a post: %s", comment)
        self.member_id.action_exit(comment)
        return True

    def _get_reason(self):
        """What the movement says: more people read it than the evaluation, and earlier."""
        self.ensure_one()
        return self.env._("Evaluation of the year %s.", self.program_id.year)

    # -- HR declines a name --------------------------------------------------------------

    @public(comment=Text(), place=Text(limit=20))
    def action_decline(self, comment=None, place=None):
        """HR does not name these members outstanding, while the evaluation is a simulation.

        :param str comment: the reason; required, and read by HR alone
        :param str place: "empty", which it is by default: the place stays empty; "next": it goes
            to the next in rank
        """
        if (place or "empty") not in dict(PLACES):
            raise UserError(self.env._("Choose what becomes of the place."))
        self._decline("decline", comment, {"is_declined": True, "decline_place": place or "empty"})
        return True

    @public()
    def action_name_again(self):
        """HR takes back that a name was declined."""
        self._decline("name_again", None, {"is_declined": False, "decline_place": False})
        return True

    def _decline(self, name, comment, vals):
        self.check_access("read")
        # one at a time of those who are compared
        self.run_id._lock_for_move()
        self._move(name, comment, vals)
        # sudo: the move was just allowed; who is named follows
        for run in self.sudo().run_id:
            run._compute_totals()

    def _refusals_decline(self, name):
        refusals = self._refuse_unless_officer()
        for evaluation in self - self.browse([record.id for record in refusals]):
            if name == "decline" and not evaluation.is_outstanding:
                refusals[evaluation] = [
                    self.env._("%s is not among the outstanding.", evaluation.employee_name)
                ]
            elif name == "name_again" and not evaluation.is_declined:
                refusals[evaluation] = [
                    self.env._("The name of %s was not declined.", evaluation.employee_name)
                ]
        return refusals

    def _take_declined(self, others):
        """A correction starts from the names that were declined, with the reasons of then. Called
        as superuser."""
        declined = {row.member_id: row for row in others if row.is_declined}
        for evaluation in self.filtered(lambda row: row.member_id in declined):
            other = declined[evaluation.member_id]
            evaluation._write_moved({"is_declined": True, "decline_place": other.decline_place})
            last = other.decision_ids.filtered(lambda row: row.move == "decline")[:1]
            reason = PrivateReason(last._get_reason() or "")
            evaluation._log_decisions("decline", {evaluation.id: "draft"}, "draft", reason)

    # -- the outstanding are awarded ---------------------------------------------------

    def _grant_incentives(self):
        """These, the outstanding, are granted what the program says on the day of freezing."""
        lines = {(line.program_id, line.echelon_id): line for line in self.program_id.line_ids}
        for evaluation in self:
            line = lines.get((evaluation.program_id, evaluation.echelon_id))
            if line:
                evaluation.write(
                    {
                        "incentive": line.incentive,
                        "incentive_amount": line.incentive_amount,
                        "currency_id": line.currency_id.id,
                    }
                )

    def _award(self):
        """Make sure that each of these has the badge and the line of the résumé, once."""
        self.filtered(lambda evaluation: not evaluation.resume_line_id)._add_resume_lines()
        self.filtered(lambda evaluation: not evaluation.badge_user_id)._add_badges()

    def _add_resume_lines(self):
        line_type = self.env.ref("hr_backbone_training.resume_type_award", False)
        lines = self.env["hr.resume.line"].create(
            [
                {
                    "employee_id": evaluation.employee_id.id,
                    "name": self.env._(
                        "Outstanding backbone employee of %s", evaluation.program_id.year
                    ),
                    "line_type_id": line_type.id if line_type else False,
                    "date_start": evaluation.run_id._get_year()[0],
                    "date_end": evaluation.run_id._get_year()[1],
                    "description": evaluation._get_award_reason(),
                    "backbone_company_id": evaluation.company_id.id,
                }
                for evaluation in self
            ]
        )
        for evaluation, line in zip(self, lines, strict=True):
            evaluation.resume_line_id = line

    def _add_badges(self):
        """A badge belongs to a user: who has no login gets the certificate alone."""
        badge = self.env.ref("hr_backbone_training.badge_outstanding", False)
        users = {evaluation: evaluation.employee_id._get_backbone_users() for evaluation in self}
        owners = self.filtered(lambda evaluation: badge and users[evaluation])
        badges = self.env["gamification.badge.user"].create(
            [
                {
                    "badge_id": badge.id,
                    "user_id": users[evaluation].id,
                    "employee_id": evaluation.employee_id.id,
                    "comment": evaluation._get_award_reason(),
                    "backbone_company_id": evaluation.company_id.id,
                }
                for evaluation in owners
            ]
        )
        for evaluation, given in zip(owners, badges, strict=True):
            evaluation.badge_user_id = given

    def _get_award_reason(self):
        """What all colleagues read on the badge and in the résumé: no rank, no score."""
        self.ensure_one()
        return self.env._("Outstanding in the %s.", self.echelon_name)

    def _get_said(self):
        """What this member is told of the own result: without figures where the company does not
        share them."""
        self.ensure_one()
        if not self.company_id.backbone_share_assessment:
            return (self.is_evaluated, self.not_evaluated_reason, self.is_outstanding)
        return (
            self.is_evaluated,
            self.not_evaluated_reason,
            self.is_outstanding,
            round(self.total, 2),
            self.grade,
            self.rank,
        )

    def _get_mail_heading(self):
        """The scheme and the year, and not what HR calls its versions and simulations."""
        self.ensure_one()
        return {
            "model_description": self.env._("evaluation of the year"),
            "record_name": self.program_name,
        }

    def _get_mail_partners(self, name):
        self.ensure_one()
        return self.env["hr.backbone.application"]._get_partner(self.employee_id)

    def _revoke(self):
        """Others are named, or nobody is any more: badge and line go with the reason for them."""
        self.badge_user_id.unlink()
        self.resume_line_id.unlink()
