# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError

# by which somebody comes under another manager
PLACE = {"department_id", "employee_id"}
# on which rank and tenure depend, too
POST = {
    *PLACE,
    *("job_id", "date_version", "active"),
    *("contract_date_start", "contract_date_end"),
}


class HrVersion(models.Model):
    """Where somebody works, as what, and since when. The manager of a department reads the
    documents of its people: nobody in HR moves whoever has some under themselves, for an hour.
    And whoever has some of their own leaves to others by what these are decided."""

    _inherit = "hr.version"

    @api.model_create_multi
    def create(self, vals_list):
        """:raise UserError: see above"""
        versions = super().create(vals_list)
        if not self._is_backbone_free():
            # sudo: whose they are, and who manages where they work, decides
            system = versions.sudo()
            system._check_backbone_own()
            if any(vals.get("department_id") for vals in vals_list):
                system._check_backbone_led({})
        return versions

    def write(self, vals):
        """:raise UserError: see above"""
        if POST.isdisjoint(vals) or self._is_backbone_free():
            return super().write(vals)
        # sudo: as above
        system = self.sudo()
        if any(version._changes_backbone_post(vals) for version in system):
            system._check_backbone_own()
        before = {version: version.department_id for version in system}
        result = super().write(vals)
        if not PLACE.isdisjoint(vals):
            system._check_backbone_own()
            system._check_backbone_led(before)
        return result

    @api.model
    def _is_backbone_free(self):
        """Whether the user may change all of it: whoever administers HR or the users, the system,
        and who is no employee."""
        user = self.env.user
        return (
            self.env.uid == SUPERUSER_ID
            or not user._get_backbone_ever()
            or user._keeps_backbone_names()
        )

    def _changes_backbone_post(self, vals):
        """Whether one of these values is another one than is stored. Called as superuser."""
        return any(
            (self._fields[name].convert_to_cache(self[name], self) or None)
            != (self._fields[name].convert_to_cache(vals[name], self) or None)
            for name in POST.intersection(vals)
        )

    def _check_backbone_own(self):
        """Called as superuser.

        :raise UserError: it is the user's own, who has documents
        """
        mine = self.employee_id & self._get_backbone_me()
        if mine and self.env["hr.backbone.person.mixin"]._find_people(mine):
            raise UserError(
                self.env._(
                    "You cannot change your own department, post or days of service: your "
                    "documents of Backbone Training depend on them. Ask another person in human "
                    "resources."
                )
            )

    def _check_backbone_led(self, before):
        """Called as superuser.

        :param dict before: {version: the department that it had}
        :raise UserError: somebody who has documents works in the user's own department now
        """
        managed = self.env.user.backbone_managed_department_ids
        if not managed:
            return
        led = managed.search([("id", "child_of", managed.ids)])
        moved = self.filtered(
            lambda row: row.department_id in led and before.get(row, led.browse()) not in led
        )
        people = moved.employee_id - self._get_backbone_me()
        for person in self.env["hr.backbone.person.mixin"]._find_people(people)[:1]:
            raise UserError(
                self.env._(
                    "You cannot move %s into a department that you manage: you would read their "
                    "documents of Backbone Training. Ask another person in human resources.",
                    person.name,
                )
            )

    @api.model
    def _get_backbone_me(self):
        return self.env["hr.employee"].browse(self.env.user._get_backbone_ever())
