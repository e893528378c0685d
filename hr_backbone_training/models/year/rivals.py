# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""Whoever is compared with others at the end of the year does not rate them."""

from odoo import models


class HrBackboneRivalMixin(models.AbstractModel):
    """A document that counts in the evaluation of the year. The ranks are those of an echelon:
    a member who works in HR takes no step that rates another one of the own."""

    _name = "hr.backbone.rival.mixin"
    _description = "Backbone Document that Counts in the Evaluation"

    # the moves of the document's table by which it is rated
    _rating_moves = ()

    def _get_move_refusals(self, name):
        return self._get_rival_refusals(name, super()._get_move_refusals(name))

    def _get_rival_refusals(self, name, refusals):
        """What else refuses the move: that the user is compared with the member.

        :return: `refusals`, see `_get_move_refusals`
        """
        if name in self._rating_moves:
            for record in self._filter_rivals():
                sentence = record._get_rival_sentence()
                refusals[record] = [*refusals.get(record, ()), sentence]
        return refusals

    def _filter_rivals(self):
        """Those of other members of the echelon in which the user is a member, too."""
        rivals = self.browse()
        if self.env.su or not (own := self.env["hr.backbone.member"]._get_own()):
            return rivals
        compared = {(member.company_id, member.echelon_id) for member in own}
        # sudo: the membership and the echelon of the documents
        members = [row._get_compared_member() for row in self.sudo()]
        for record, member in zip(self, members, strict=True):
            if member not in own and (member.company_id, member.echelon_id) in compared:
                rivals += record
        return rivals

    def _get_compared_member(self):
        """The member whom the document rates; as superuser."""
        self.ensure_one()
        return self.member_id

    def _get_rival_sentence(self):
        return self.env._(
            "You are compared with %s at the end of the year, so somebody else in HR does this.",
            # sudo: the name of the document that the user reads
            self.sudo().employee_id.name,
        )


class HrBackboneMember(models.Model):
    """Whoever is taken out of the echelon is compared no more."""

    _name = "hr.backbone.member"
    _inherit = ["hr.backbone.rival.mixin", "hr.backbone.member"]

    _rating_moves = ("suspend", "exit", "promote", "shift")

    def _get_compared_member(self):
        return self


class HrBackboneReport(models.Model):
    _name = "hr.backbone.report"
    _inherit = ["hr.backbone.rival.mixin", "hr.backbone.report"]

    _rating_moves = ("accept", "return")


class HrBackboneSecondOpinion(models.Model):
    """How mild a mentor seems changes what the mentor's members get."""

    _name = "hr.backbone.second.opinion"
    _inherit = ["hr.backbone.rival.mixin", "hr.backbone.second.opinion"]

    # who rates, and whether at all, is a choice like the others
    _rating_moves = ("submit", "return", "cancel", "reassign", "reopen")


class HrBackboneTrainingParticipant(models.Model):
    _name = "hr.backbone.training.participant"
    _inherit = ["hr.backbone.rival.mixin", "hr.backbone.training.participant"]

    _rating_moves = ("attend", "unattend", "miss", "cancel")


class HrBackboneAchievement(models.Model):
    _name = "hr.backbone.achievement"
    _inherit = ["hr.backbone.rival.mixin", "hr.backbone.achievement"]

    _rating_moves = ("verify", "return", "refuse")


class HrBackboneSuggestion(models.Model):
    _name = "hr.backbone.suggestion"
    _inherit = ["hr.backbone.rival.mixin", "hr.backbone.suggestion"]

    _rating_moves = ("adopt", "decline", "return")
