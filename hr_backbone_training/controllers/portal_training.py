from odoo.http import request

from ..models.core.hr_backbone_portal_mixin import clean
from .portal_form import BackbonePortalForm
from .routes import get, post

URL = "/my/backbone/trainings"
STEPS = ("confirm", "decline")
# so many names the page of a training lists at the most; the trainer's list has pages
SHOWN = 50


class BackbonePortalTraining(BackbonePortalForm):
    """The trainings that I take part in, and those that I hold."""

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
            # sudo: names of a training that the user may read
            case=training.sudo(),
            row=row,
            files=row.sudo().certificate_ids,
            others=others.sudo() - row.sudo(),
            others_count=training._count_readable_rows() - len(row),
            takes_attendance=training._takes_attendance(),
            attendance_refusal=training._get_attendance_refusal(),
            lines=row._get_plan_line_choices() if row and row._can_choose_plan_line() else (),
            decisions=row.decision_ids,
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
                typed={"comment": clean(comment)[:1000]},
                **self._backbone_failed(error),
            )
        messages = {
            "confirmed": request.env._("You have a seat: see you there."),
            "waiting": request.env._(
                "All seats are taken: you are on the waiting list, and are told when one is free."
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
        if error := self._backbone_try(row, lambda: row._save_feedback(post)):
            return self._backbone_training_page(
                training, row, typed=post, **self._backbone_failed(error)
            )
        return self._backbone_done(training.access_url, request.env._("Thank you."))

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
        return self._backbone_file(row.sudo().certificate_ids, file_id)

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
