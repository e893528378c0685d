# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models


class HrBackbonePlan(models.Model):
    """Whose plan it is in the talent pool, and of a closed plan, was: echelon and mentor."""

    _inherit = "hr.backbone.plan"

    def _get_facts(self):
        facts = super()._get_facts()
        for plan, kept in facts.items():
            echelon, mentor = plan._get_echelon_and_mentor()
            kept.update(echelon_id=echelon.id, mentor=mentor.name)
        return facts

    def _get_echelon_and_mentor(self):
        """As the pool has them or, of a plan that has never been in force, as its application
        proposes them. Called as superuser.

        :return: (`hr.backbone.echelon`, `hr.employee`)
        """
        self.ensure_one()
        if self.application_id and not self.date_activated:
            return self.application_id.echelon_id, self.application_id.proposed_mentor_id
        members = self.employee_id.backbone_member_ids
        member = members.filtered(lambda row: row.company_id == self.company_id)[:1]
        return (
            member.echelon_id or self.application_id.echelon_id,
            member.mentor_id or self.application_id.proposed_mentor_id,
        )
