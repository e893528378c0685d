# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.fields import Domain

# an offer that was declined was an offer
OFFERED = ("invited", "confirmed", "declined", "attended", "absent")
TRAINED = ("invited", "confirmed", "attended")


class HrBackboneMember(models.Model):
    """Which members had their share of training."""

    _inherit = "hr.backbone.member"

    training_participant_ids = fields.One2many(
        "hr.backbone.training.participant", "member_id", "Trainings", readonly=True
    )
    training_count = fields.Integer("Trainings Attended", compute="_compute_trainings")
    external_offered_year = fields.Boolean(
        "External Opportunity this Year",
        compute="_compute_trainings",
        search="_search_external_offered_year",
        help="An external training of this year was offered; one that was declined counts.",
    )
    internal_trained_quarter = fields.Boolean(
        "Internal Training this Quarter",
        compute="_compute_trainings",
        search="_search_internal_trained_quarter",
        help="Invited to an internal session of this quarter, or has attended one.",
    )

    def _compute_trainings(self):
        # sudo: numbers and yes or no, for whoever reads the member
        rows = self.env["hr.backbone.training.participant"].sudo()
        mine = Domain("member_id", "in", self.ids)
        attended = dict(
            rows._read_group(mine & Domain("state", "=", "attended"), ["member_id"], ["__count"])
        )
        found = {
            kind: {
                member
                for (member,) in rows._read_group(
                    mine & self._get_training_domain(kind, self.company_id), ["member_id"]
                )
            }
            for kind in ("external", "internal")
        }
        for member in self:
            member.training_count = attended.get(member._origin, 0)
            member.external_offered_year = member._origin in found["external"]
            member.internal_trained_quarter = member._origin in found["internal"]

    @api.model
    def _get_training_domain(self, kind, companies):
        """Participations that count for this year (external) or quarter (internal), each
        company's own.

        :return: a domain of `hr.backbone.training.participant`
        """
        domains = []
        for company in companies:
            today = company._backbone_today()
            when = (
                Domain("quarter", "=like", company._backbone_year(today) + "%")
                if kind == "external"
                else Domain("quarter", "=", company._backbone_quarter(today))
            )
            domains.append(Domain("company_id", "=", company.id) & when)
        return (
            Domain.OR(domains)
            & Domain("kind", "=", kind)
            & Domain("state", "in", OFFERED if kind == "external" else TRAINED)
            & Domain("training_id.state", "in", ("planned", "done"))
        )

    @api.model
    def _search_external_offered_year(self, operator, value):
        return self._search_trained("external", operator, value)

    @api.model
    def _search_internal_trained_quarter(self, operator, value):
        return self._search_trained("internal", operator, value)

    @api.model
    def _search_trained(self, kind, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        domain = self._get_training_domain(kind, self.env.companies)
        # any!: yes or no, for whoever reads the member
        return Domain("training_participant_ids", "any!", domain)

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        if name in ("suspend", "resume"):
            # sudo: the move was just allowed
            rows = self.sudo().training_participant_ids.filtered(
                lambda row: (
                    row.is_open
                    and row.training_id.state == "planned"
                    and not row.training_id._is_over()
                )
            )
            rows._sync_attendees()
            if name == "resume":
                rows._on_member_resumed()
        return result

    def _on_exited(self):
        """Who leaves the pool gives the seats back; what was attended stays, and who was at a
        session can still be marked."""
        result = super()._on_exited()
        # sudo: the exit was allowed
        rows = self.sudo().training_participant_ids.filtered(
            lambda row: (
                row.is_open
                and row.training_id.state in ("draft", "planned")
                and not (row.training_id._is_over() and row.state != "waiting")
            )
        )
        if rows:
            rows.training_id._lock_seats()
            rows._do_moves({"cancel": rows}, self.env._("Left the talent pool."))
        return result
