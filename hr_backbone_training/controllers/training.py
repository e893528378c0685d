# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import base64

from odoo.http import request

from ..models.core.hr_backbone_portal_mixin import clean
from ..models.core.shown import show, show_each, show_rows
from ..models.training.hr_backbone_training_participant import RATINGS
from .forms import BackbonePortalForm, Choice, Text, get_texts, read
from .portal import get, post

URL = "/my/backbone/trainings"
STEPS = ("confirm", "decline")
# so many names the page of a training lists at the most; the trainer's list has pages
SHOWN = 50
# participants on one page of switches
PER_PAGE = 100
# the page with the code loads itself again before the code is too old
RELOAD_SECONDS = 120


class BackbonePortalTraining(BackbonePortalForm):
    """The trainings that I take part in, and those that I hold; who is there: the trainer's list
    of switches, the code in the room, and the page that a participant gets who scans it."""

    def _prepare_backbone_rooms(self, own):
        rooms = super()._prepare_backbone_rooms(own)
        trainings = request.env["hr.backbone.training"]
        if count := trainings.search_count(trainings._get_mine_domain()):
            rooms.append(
                (
                    request.env._("Trainings"),
                    request.env._("Invitations, what I have attended, and sessions that I hold"),
                    URL,
                    count,
                )
            )
        return rooms

    # -- the list ------------------------------------------------------------------------

    @get(URL, f"{URL}/page/<int:page>")
    def portal_backbone_trainings(self, **kw):
        self._backbone_check_concerned()
        trainings = request.env["hr.backbone.training"]
        values = self._backbone_list(
            trainings,
            URL,
            kw,
            trainings._get_portal_sortings(),
            trainings._get_portal_filters(),
        )
        return self._backbone_render(
            "portal_backbone_trainings",
            "backbone_trainings",
            mine=values["records"]._get_my_rows(),
            # from an action of the plan
            line=kw.get("line"),
            **values,
        )

    # -- one training --------------------------------------------------------------------

    def _backbone_find_training(self, record_id):
        training = self._backbone_find("hr.backbone.training", record_id)
        return training, training._get_my_row()

    @get(f"{URL}/<int:record_id>")
    def portal_backbone_training(self, record_id, **kw):
        return self._backbone_training_page(*self._backbone_find_training(record_id))

    def _backbone_training_page(self, training, row, **values):
        others = training._get_readable_rows(SHOWN)
        return self._backbone_render(
            "portal_backbone_training",
            "backbone_training",
            record=training,
            case=training._get_shown(
                "trainer_id.name",
                "provider",
            ),
            row=row,
            part=show(row, "plan_line_id.id", "certificate_ids.id", "certificate_ids.name"),
            others=show_each(others - row, "employee_id.name"),
            others_count=training._count_readable_rows() - len(row),
            takes_attendance=training._takes_attendance(),
            attendance_refusal=training._get_attendance_refusal(),
            lines=show_rows(row._get_plan_line_choices(), "id", "action")
            if row and row._can_choose_plan_line()
            else (),
            decisions=row._get_decisions(),
            **values,
        )

    @post(f"{URL}/<int:record_id>/<string:step>")
    def portal_backbone_training_answer(self, record_id, step, comment="", **kw):
        training, row = self._backbone_find_training(record_id)
        if step not in STEPS or not row:
            raise request.not_found()
        action = {
            "confirm": row.action_confirm,
            "decline": lambda: row.action_decline(clean(comment)),
        }[step]
        if error := self._backbone_try(row, action):
            return self._backbone_refused(
                training.access_url,
                typed={"comment": clean(comment)},
                **self._backbone_failed(error),
            )
        messages = {
            "confirmed": request.env._("You have a seat: see you there."),
            "waiting": request.env._(
                "All seats are taken: you are on the waiting list and will be notified when "
                "one is free."
            ),
            "declined": request.env._("You have declined the invitation."),
        }
        return self._backbone_done(training.access_url, messages.get(row.state))

    @get(*[f"{URL}/<int:record_id>/{step}" for step in (*STEPS, "action", "feedback", "files")])
    def portal_backbone_training_step_page(self, record_id, **kw):
        """The address of a step, after a login or out of the history: the training itself."""
        training, _row = self._backbone_find_training(record_id)
        return request.redirect(training.access_url, code=303)

    @post(f"{URL}/<int:record_id>/action")
    def portal_backbone_training_action(self, record_id, plan_line_id="", **kw):
        training, row = self._backbone_find_own(record_id)
        if error := self._backbone_try(row, lambda: row._link_from_portal(plan_line_id)):
            return self._backbone_refused(training.access_url, **self._backbone_failed(error))
        return self._backbone_done(training.access_url, request.env._("Saved."))

    # -- afterwards ----------------------------------------------------------------------

    @post(f"{URL}/<int:record_id>/feedback")
    def portal_backbone_training_feedback(self, record_id, **post):
        training, row = self._backbone_find_own(record_id)
        typed = get_texts(post)
        if error := self._backbone_try(row, lambda: row.write(self._read_feedback(typed))):
            return self._backbone_training_page(
                training, row, typed=typed, **self._backbone_failed(error)
            )
        return self._backbone_done(training.access_url, request.env._("Thank you."))

    def _read_feedback(self, typed):
        rating = request.env._("Choose a rating between 1 and 5.")
        inputs = {
            "rating": Choice(lambda: range(1, RATINGS + 1), rating, required=rating),
            "feedback": Text(),
        }
        return {"feedback": "", **read(inputs, typed)}

    @post(f"{URL}/<int:record_id>/files")
    def portal_backbone_training_files(self, record_id, remove="", **kw):
        training, row = self._backbone_find_own(record_id)
        uploads = request.httprequest.files.getlist("certificates")

        def change():
            if remove:
                row._remove_certificate(remove)
            else:
                row._add_certificates(uploads)

        if error := self._backbone_try(row, change):
            return self._backbone_refused(training.access_url, **self._backbone_failed(error))
        return self._backbone_done(training.access_url, request.env._("Saved."))

    def _backbone_find_own(self, record_id):
        training, row = self._backbone_find_training(record_id)
        if not row:
            raise request.not_found()
        return training, row

    @get(f"{URL}/<int:record_id>/files/<int:file_id>")
    def portal_backbone_training_file(self, record_id, file_id, **kw):
        _training, row = self._backbone_find_own(record_id)
        return self._backbone_file(row, "certificate_ids", file_id)

    @get(f"{URL}/<int:record_id>/calendar")
    def portal_backbone_training_calendar(self, record_id, **kw):
        training, _row = self._backbone_find_training(record_id)
        return request.make_response(
            training._get_ics(),
            headers=[
                ("Content-Type", "text/calendar; charset=utf-8"),
                ("Content-Disposition", "attachment; filename=training.ics"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )

    # -- attendance: the trainer ---------------------------------------------------------

    def _backbone_find_held(self, record_id):
        """A training whose attendance is the user's to take; else a 404."""
        training = self._backbone_find("hr.backbone.training", record_id)
        if not training._takes_attendance():
            raise request.not_found()
        return training

    @get(f"{URL}/<int:record_id>/attendance", f"{URL}/<int:record_id>/attendance/page/<int:page>")
    def portal_backbone_attendance(self, record_id, page=1, **kw):
        return self._backbone_attendance_page(self._backbone_find_held(record_id), page)

    def _backbone_attendance_page(self, training, page=1, **values):
        url = f"{training.access_url}/attendance"
        pager = self._backbone_pager(url, training._count_listed(), page, step=PER_PAGE)
        rows = training._get_listed(PER_PAGE, pager["offset"])
        return self._backbone_render(
            "portal_backbone_attendance",
            "backbone_training_attendance",
            record=training,
            rows=show_each(rows, "employee_id.name"),
            refusal=training._get_attendance_refusal(),
            pager=pager,
            **values,
        )

    @post(f"{URL}/<int:record_id>/attendance")
    def portal_backbone_attendance_save(self, record_id, page="1", **kw):
        training = self._backbone_find_held(record_id)
        shown, present = self._backbone_numbers("shown"), self._backbone_numbers("present")
        error = self._backbone_try(training, lambda: training._mark_attendance(shown, present))
        number = int(page) if page.isdecimal() and len(page) < 6 else 1
        url = f"{training.access_url}/attendance"
        url = f"{url}/page/{number}" if number > 1 else url
        if error:
            return self._backbone_refused(url, **self._backbone_failed(error))
        return self._backbone_done(url, request.env._("The attendance was saved."))

    @get(f"{URL}/<int:record_id>/code")
    def portal_backbone_code(self, record_id, **kw):
        training = self._backbone_find_held(record_id)
        refusal, image = training._get_attendance_refusal(), None
        if not refusal:
            url = training._get_checkin_url()
            # sudo: draws a picture
            image = (
                request.env["ir.actions.report"].sudo().barcode("QR", url, width=600, height=600)
            )
        response = self._backbone_render(
            "portal_backbone_code",
            "backbone_training_code",
            record=training,
            refusal=refusal,
            image=image and "data:image/png;base64," + base64.b64encode(image).decode(),
        )
        response.headers["Refresh"] = str(RELOAD_SECONDS)
        response.headers["Cache-Control"] = "no-store"
        return response

    # -- attendance: the participant who scans the code ----------------------------------

    @get(f"{URL}/<int:record_id>/checkin")
    def portal_backbone_checkin(self, record_id, code="", **kw):
        training, row = self._backbone_find_own(record_id)
        return self._backbone_checkin_page(training, row, code, training._get_checkin_refusal(code))

    def _backbone_checkin_page(self, training, row, code, refusal):
        there = row.state == "attended"
        response = self._backbone_render(
            "portal_backbone_checkin",
            "backbone_training_checkin",
            record=training,
            row=row,
            code=code,
            refusal=False if there else refusal,
        )
        if refusal and not there:
            response.status_code = 403
        return response

    @post(f"{URL}/<int:record_id>/checkin")
    def portal_backbone_checkin_save(self, record_id, code="", **kw):
        training, row = self._backbone_find_own(record_id)
        if error := self._backbone_try(row, lambda: training._check_in(code)):
            return self._backbone_checkin_page(training, row, code, str(error))
        return self._backbone_done(
            training.access_url, request.env._("You are marked as present. Welcome!")
        )
