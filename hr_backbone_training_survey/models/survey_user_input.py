# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models


class SurveyUserInput(models.Model):
    _inherit = "survey.user_input"

    def _mark_done(self):
        """A completed attempt is the result of a test, and may prove a qualification."""
        result = super()._mark_done()
        # sudo: the attempt was made; what follows is the procedure's. A trial proves nothing.
        attempts = self.sudo().filtered(lambda row: row.partner_id and not row.test_entry)
        if attempts:
            self.env["hr.backbone.training.participant"].sudo()._take_tests_of(attempts)
            self.env["hr.backbone.achievement"].sudo()._propose_certified(attempts)
        return result

    def _get_backbone_employees(self):
        """{attempt: the employees of the person who made it, in all companies}; as superuser.
        Whose login was changed, and not confirmed, is nobody: see `_get_partner`."""
        partners = self.partner_id.ids
        # sudo: who the employees of a contact are
        people = self.env["hr.employee"].sudo()
        people = people.search(
            [
                "|",
                ("user_id.partner_id", "in", partners),
                ("work_contact_id", "in", partners),
            ]
        )
        # sudo: as above
        find = self.env["hr.backbone.application"].sudo()._get_partner
        found = {}
        for person in people:
            for partner in find(person):
                found.setdefault(partner, people.browse())
                found[partner] |= person
        return {attempt: found.get(attempt.partner_id, people.browse()) for attempt in self}
