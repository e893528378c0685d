import base64

from odoo.http import request

from .portal_training import URL, BackbonePortalTraining
from .routes import get, post

# participants on one page of switches
PER_PAGE = 100
# the page with the code loads itself again before the code is too old
RELOAD_SECONDS = 120


class BackbonePortalTrainingAttendance(BackbonePortalTraining):
    """Who is there: the trainer's list of switches, the code in the room, and the page that a
    participant gets who scans it."""

    # -- the trainer ---------------------------------------------------------------------

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
            # sudo: the names of the list that the trainer takes
            rows=rows.sudo(),
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

    def _backbone_numbers(self, name):
        """The ids that the page sent under this name; rubbish is left out."""
        sent = request.httprequest.form.getlist(name)
        return {
            int(text) for text in sent if text.isascii() and text.isdecimal() and len(text) < 10
        }

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

    # -- the participant -----------------------------------------------------------------

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
