# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.http import request

from ..models.core.hr_backbone_portal_mixin import clean
from ..models.core.shown import show_each, show_rows
from .forms import BackbonePortalForm, Choice, Date, Number, PlanLine, Text, read
from .portal import get, post

STEPS = ("agree", "return", "refuse", "cancel")
NEEDS_REASON = ("return", "refuse", "cancel")
URL = "/my/backbone/rotations"


class BackbonePortalRotation(BackbonePortalForm):
    """Rotations: my own, those of my people, and those whose host I am."""

    def _prepare_backbone_rooms(self, own):
        rooms = super()._prepare_backbone_rooms(own)
        rotations = request.env["hr.backbone.rotation"]
        count = rotations.search_count(rotations._get_concerned_domain())
        if count or rotations._get_askable_members():
            rooms.append(
                (
                    request.env._("Rotations"),
                    request.env._("Stays in another post: ask, agree, and write what was learnt"),
                    URL,
                    count,
                )
            )
        return rooms

    # -- the list ----------------------------------------------------------------------

    @get(URL, f"{URL}/page/<int:page>")
    def portal_backbone_rotations(self, **kw):
        return self._backbone_rotations_page(kw, line=kw.get("line"))

    def _backbone_rotations_page(self, params, **values):
        self._backbone_check_concerned()
        rotations = request.env["hr.backbone.rotation"]
        shown = self._backbone_list(
            rotations,
            URL,
            params,
            self._get_rotation_sortings(),
            self._get_rotation_filters(),
            {
                "all": request.env._("Search in all"),
                "person": request.env._("Search in names"),
                "department": request.env._("Search in host departments"),
                "post": request.env._("Search in posts"),
            },
        )
        user, members = request.env.user, rotations._get_askable_members()
        return self._backbone_render(
            "portal_backbone_rotations",
            "backbone_rotations",
            cases=show_each(
                shown["records"], "employee_id.name", "host_department_id.name", "host_job_id.name"
            ),
            members=show_each(members, "employee_id.id", "employee_id.name"),
            # whoever works in two companies may be a member of both
            places={member.id: user._name_backbone_place(member) for member in members},
            own=user._get_backbone_own(),
            **shown,
            **values,
        )

    def _get_rotation_sortings(self):
        return {
            "date": {"label": request.env._("Latest first"), "order": "date_start desc, id desc"},
            "old": {"label": request.env._("Oldest first"), "order": "date_start, id"},
            "department": {
                "label": request.env._("Host department"),
                "order": "host_department_name, id",
            },
        }

    def _get_rotation_filters(self):
        rotations = request.env["hr.backbone.rotation"]
        own = request.env.user._get_backbone_own()
        return {
            "all": {"label": request.env._("All"), "domain": rotations._get_concerned_domain()},
            "waiting": {
                "label": request.env._("Waiting for me"),
                "domain": rotations._get_awaiting_domain(),
            },
            "mine": {
                "label": request.env._("My own"),
                "domain": [("employee_id", "in", own)],
            },
            "hosted": {
                "label": request.env._("I am the host"),
                "domain": [("host_id", "in", own)],
            },
            "people": {
                "label": request.env._("Of my people"),
                "domain": [("is_managed", "=", True)],
            },
        }

    @post(URL)
    def portal_backbone_rotation_start(self, member_id="", line="", **kw):
        self._backbone_check_concerned()
        rotations, found = request.env["hr.backbone.rotation"], []
        error = self._backbone_try(
            rotations, lambda: found.append(rotations._start_from_portal(member_id, line))
        )
        if error:
            return self._backbone_rotations_page({}, line=line, **self._backbone_failed(error))
        return request.redirect(found[0].access_url, code=303)

    # -- one rotation ------------------------------------------------------------------

    @get(f"{URL}/<int:record_id>")
    def portal_backbone_rotation(self, record_id, **kw):
        return self._backbone_rotation_page(self._backbone_find("hr.backbone.rotation", record_id))

    def _get_rotation_choices(self, record):
        """What the form of a rotation offers."""
        return {
            "departments": show_rows(record._get_department_choices(), "id", "complete_name"),
            "jobs": show_rows(record._get_job_choices(), "id", "name"),
            "hosts": show_rows(record._get_host_choices(), "id", "name"),
            "plan_lines": show_rows(record._get_plan_line_choices(), "id", "action"),
        }

    def _backbone_rotation_page(self, record, **values):
        writable = record._get_writable()
        return self._backbone_render(
            "portal_backbone_rotation",
            "backbone_rotation",
            record=record,
            case=record._get_shown(
                "employee_id.name",
                "department_id.name",
                "job_id.name",
                "host_department_id.id",
                "host_department_id.name",
                "host_department_name",
                "host_job_id.id",
                "host_job_id.name",
                "host_id.id",
                "host_id.name",
                "manager_id.name",
                "plan_line_id.id",
                "resume_line_id",
            ),
            heading=request.env._("Rotation of %s", record.employee_id._get_backbone_name()),
            writable=writable,
            **(self._get_rotation_choices(record) if "objectives" in writable else {}),
            decisions=record._get_decisions(),
            **{"version": record._get_version(), **values},
        )

    @post(f"{URL}/<int:record_id>")
    def portal_backbone_rotation_save(self, record_id, step="save", **post):
        record = self._backbone_find("hr.backbone.rotation", record_id)
        asked = record.state == "draft"
        if error := self._backbone_save(record, self._read_rotation, post, step):
            if error.get("failed_step"):
                return self._backbone_refused(record.access_url, **error)
            return self._backbone_rotation_page(record, **error)
        if step != "submit":
            message = request.env._("Saved.")
        elif asked:
            message = request.env._("The rotation was asked for.")
        else:
            message = request.env._("Thank you: it was handed in.")
        return self._backbone_done(record.access_url, message)

    @post(f"{URL}/<int:record_id>/autosave")
    def portal_backbone_rotation_autosave(self, record_id, **post):
        record = self._backbone_find("hr.backbone.rotation", record_id)
        return self._backbone_autosave(record, self._read_rotation, post)

    def _read_rotation(self, record, typed, stored):
        """What `_save_from_portal` of the rotation is called with: what the user may write now."""
        inputs = self._get_rotation_inputs(record)
        return {"vals": read({name: inputs[name] for name in stored}, typed, stored)}

    def _get_rotation_inputs(self, record):
        env = request.env
        listed = env._("Please choose one of the list.")
        day = Date(2000, 2200, lambda text: env._("“%s” is not a date.", text[:40]))
        return {
            "host_department_id": Choice(record._get_department_choices, listed),
            "host_job_id": Choice(record._get_job_choices, listed),
            "host_id": Choice(record._get_host_choices, listed),
            "plan_line_id": PlanLine(record),
            "date_start": day,
            "date_end": day,
            "score": Number(
                0,
                100,
                lambda text: env._("“%s” is not a number between 0 and 100.", text[:40]),
                digits=1,
            ),
            **dict.fromkeys(("objectives", "summary", "host_comment"), Text()),
        }

    @post(f"{URL}/<int:record_id>/<string:step>")
    def portal_backbone_rotation_step(self, record_id, step, comment="", **kw):
        record = self._backbone_find("hr.backbone.rotation", record_id)
        if step not in STEPS:
            raise request.not_found()
        comment = clean(comment)
        if error := self._backbone_try(record, lambda: record._take_asked(step, comment)):
            name = "cancel" if step == "cancel" else "comment"
            missing = step in NEEDS_REASON and not comment
            values = {**self._backbone_failed(error), "typed": {name: comment}}
            if missing:
                values["errors"] = {name: str(error)}
            return self._backbone_refused(record.access_url, **values)
        url = record.access_url if record.has_access("read") else URL
        messages = {
            "agree": request.env._("You have agreed."),
            "return": request.env._("The rotation was returned."),
            "refuse": request.env._("The rotation was refused."),
            "cancel": request.env._("The rotation was cancelled."),
        }
        return self._backbone_done(url, messages[step])

    @get(f"{URL}/<int:record_id>/<string:step>")
    def portal_backbone_rotation_step_page(self, record_id, step, **kw):
        """The address of a step, after a login or out of the history: the rotation itself."""
        record = self._backbone_find("hr.backbone.rotation", record_id)
        if step not in STEPS:
            raise request.not_found()
        return request.redirect(record.access_url, code=303)
