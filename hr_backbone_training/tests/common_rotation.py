# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date

from freezegun import freeze_time

from .common import BackboneCommon


class BackboneRotationCommon(BackboneCommon):
    """The worker of the line is a member of the pool; the department Stores beside the
    works takes members in, and its keeper is the host. It is Monday, 6 April 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-04-06 09:00:00"))
        cls.user_keeper = cls._new_user("bt_keeper")
        cls.stores = cls.env["hr.department"].create(
            {"name": "Stores", "company_id": cls.company.id, "parent_id": cls.board.id}
        )
        cls.job_keeper = cls.env["hr.job"].create(
            {"name": "Storekeeper", "company_id": cls.company.id}
        )
        cls.keeper = cls._new_employee(cls.user_keeper, cls.stores, cls.job_keeper)
        cls.stores.manager_id = cls.keeper
        cls.member, cls.other_member = cls._new_members(cls.worker | cls.colleague)
        cls.env.flush_all()

    @classmethod
    def _draft(cls, user=None, member=None, **kwargs):
        vals = {
            "member_id": (member or cls.member).id,
            "host_department_id": cls.stores.id,
            "host_job_id": cls.job_keeper.id,
            "date_start": date(2026, 5, 4),
            "date_end": date(2026, 5, 29),
            "objectives": "Run the stores for a week",
            **kwargs,
        }
        model = cls.env["hr.backbone.rotation"].with_user(user or cls.user_worker)
        return model.create(vals)

    @classmethod
    def _requested(cls, **kwargs):
        rotation = cls._draft(**kwargs)
        rotation.action_request()
        return rotation

    @classmethod
    def _agreed(cls, **kwargs):
        rotation = cls._requested(**kwargs)
        for employee in rotation.sudo()._get_missing_agreement():
            rotation.with_user(employee.user_id).action_agree()
        return rotation

    def _at(self, moment):
        """The daily job at this time."""
        with freeze_time(moment):
            self._run_cron("rotation")
        self.env.invalidate_all()

    def _on(self, day):
        """From here on it is this day, and the daily job has run."""
        self.startPatcher(freeze_time(f"{day} 09:00:00"))
        self._run_cron("rotation")
        self.env.invalidate_all()
