from odoo.exceptions import UserError, ValidationError
from odoo.http import request

from ..models.core.hr_backbone_portal_mixin import StaleError
from .portal import BackbonePortal

NOT_TYPED = ("csrf_token", "step")


class BackbonePortalForm(BackbonePortal):
    """Forms that are saved as one goes, and that keep what was typed through every error."""

    def _backbone_try(self, record, action):
        """Do what the user asked, or nothing of it.

        :return: the error, or None
        """
        try:
            with request.env.cr.savepoint():
                action()
                record.flush_recordset()
        except (UserError, ValidationError) as error:
            request.env.invalidate_all()
            return error
        return None

    def _backbone_store(self, record, typed):
        """Store what was typed; inherited by the forms that take files with it."""
        return record._save_from_portal(typed)

    def _backbone_save(self, record, typed, step):
        """Save a form and, if so asked, submit it: what was typed stays when that fails.

        :return: what its page needs to show the error, with `failed_step` where all that was
            typed is stored; None when all went well
        """
        error = self._backbone_try(record, lambda: self._backbone_store(record, typed))
        if error:
            return {
                **self._backbone_failed(error),
                "typed": {name: typed[name] for name in typed if name not in NOT_TYPED},
                "conflicts": record._get_conflicts(typed) if isinstance(error, StaleError) else {},
            }
        if step == "submit" and (error := self._backbone_try(record, record.action_submit)):
            return {
                **self._backbone_failed(error),
                "errors": record._get_missing(),
                "failed_step": step,
            }
        return None

    def _backbone_autosave(self, record, typed):
        """Save what was typed so far, a few seconds after; answered to the page's script,
        which asks with `check` what still stands in the way of submitting."""
        created, check = {}, typed.pop("check", None)
        error = self._backbone_try(
            record, lambda: created.update(record._save_from_portal(typed) or {})
        )
        return request.make_json_response(
            {
                "saved": error is None,
                "message": str(error) if error else request.env._("All changes saved"),
                "name": getattr(error, "name", None),
                "stale": isinstance(error, StaleError),
                "version": None if error else record._get_version(),
                "created": created,
                "missing": record._get_missing() if check else {},
                "refusals": record._get_submit_refusals() if check else [],
            }
        )

    def _backbone_sign(self, record, name, signature):
        """Answer Odoo's signature form."""
        error = self._backbone_try(record, lambda: record._sign_from_portal(name, signature))
        if error:
            return {"error": str(error)}
        request.session["backbone_message"] = request.env._("Thank you: the document is signed.")
        return {"force_refresh": True, "redirect_url": record.access_url}
