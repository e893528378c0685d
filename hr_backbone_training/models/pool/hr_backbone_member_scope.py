# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models
from odoo.exceptions import UserError

from ...const import ADMINISTRATOR


class HrBackboneMember(models.Model):
    """Who fits into which echelon: its scope and its places, whoever promotes."""

    # a part by itself, which the year asks as well
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hr.backbone.member"

    @api.model
    def _get_scope_reasons(self, tries):
        """What of the scope speaks against these members in these echelons.

        :param dict tries: {key: (member, echelon or none, program)}
        :return: {key: {"rank": sentence, "tenure": sentence}}, those that hold
        """
        tries = {
            key: (member.employee_id, echelon, program)
            for key, (member, echelon, program) in tries.items()
            if echelon
        }
        reasons = self.env["hr.backbone.application"]._get_scope_reasons(tries.values())
        return {
            key: reasons[employee.id, echelon.id]
            for key, (employee, echelon, _program) in tries.items()
        }

    @api.model
    def _get_breaks(self, tries):
        """What would be broken if these members came into these echelons.

        :param dict tries: {key: (member, echelon or none, program or none)}
        :return: {key: {"scope": [sentence, …], "quota": [sentence, …]}}
        """
        scope = self._get_scope_reasons(tries)
        breaks = {key: {"scope": [*scope.get(key, {}).values()], "quota": []} for key in tries}
        keys = {}
        for key, (_member, echelon, program) in tries.items():
            if echelon and program:
                keys.setdefault(program, {}).setdefault(echelon, []).append(key)
        for program, by_echelon in keys.items():
            places = program._count_places()
            for echelon, same in by_echelon.items():
                quota, taken = places.get(echelon, (0, 0))
                if taken + len(same) > quota:
                    sentence = self.env._(
                        "“%(program)s” has %(quota)s places in the %(echelon)s, and %(taken)s "
                        "are taken.",
                        program=program.name,
                        quota=quota,
                        echelon=echelon.name,
                        taken=taken,
                    )
                    for key in same:
                        breaks[key]["quota"] = [sentence]
        return breaks

    def _get_breaks_above(self, echelon):
        """The same of those of these members for whom this echelon is a higher one, by the
        program that runs in their company, or else ran last.

        :return: {member: {"scope": […], "quota": […]}}
        """
        higher = self.filtered(lambda member: echelon.level < member.echelon_id.level)
        programs = self.env["hr.backbone.program"]._get_latest(higher.company_id)
        by_company = {program.company_id: program for program in programs}
        none = programs.browse()
        return self._get_breaks(
            {
                member: (member, echelon, by_company.get(member.company_id, none))
                for member in higher
            }
        )

    @api.model
    def _get_scope_refusal(self, breaks):
        """Why the user does not promote beyond the scope: the sentences, or none.

        :param dict breaks: of one member, see `_get_breaks`
        """
        if not breaks["scope"] or self.env.su or self.env.user.has_group(ADMINISTRATOR):
            return []
        return [
            *breaks["scope"],
            self.env._(
                "Only an HR administrator can promote somebody beyond the scope of an echelon, "
                "with the reason."
            ),
        ]

    def _check_scope(self, echelon):
        """:raise UserError: the echelon is a higher one, its scope does not have one of them, and
        the user is no HR administrator"""
        for breaks in self._get_breaks_above(echelon).values():
            if sentences := self._get_scope_refusal(breaks):
                raise UserError("\n".join(sentences))
