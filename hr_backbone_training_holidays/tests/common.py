# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date

from odoo.addons.hr_backbone_training.tests.common import BackboneCommon


class HolidaysCommon(BackboneCommon):
    """The organization of the main addon's tests, and one kind of time off."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_answers = cls._new_user(
            "bt_answers", "base.group_user,hr_holidays.group_hr_holidays_user"
        )
        cls.kind = cls._new_kind("hr")

    @classmethod
    def _new_kind(cls, validation, **kwargs):
        return cls.env["hr.leave.type"].create(
            {
                "name": "Operation at the hospital",
                "requires_allocation": False,
                "leave_validation_type": validation,
                "company_id": cls.company.id,
                "responsible_ids": [(4, cls.user_answers.id)],
                **kwargs,
            }
        )

    @classmethod
    def _ask(cls, employee, start, end=None, kind=None, **kwargs):
        """Time off that is asked for.

        :param str start: the first day, of this year; the end is the last one
        """
        return cls.env["hr.leave"].create(
            {
                "employee_id": employee.id,
                "holiday_status_id": (kind or cls.kind).id,
                "request_date_from": date.fromisoformat(f"2026-{start}"),
                "request_date_to": date.fromisoformat(f"2026-{end or start}"),
                **kwargs,
            }
        )

    @classmethod
    def _approve(cls, *args, **kwargs):
        """Time off that is approved."""
        leave = cls._ask(*args, **kwargs)
        leave.action_approve()
        cls.env.flush_all()
        cls.env.invalidate_all()
        return leave
