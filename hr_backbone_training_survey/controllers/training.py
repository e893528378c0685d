# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.http import request

from odoo.addons.hr_backbone_training.controllers.portal import get, post
from odoo.addons.hr_backbone_training.controllers.training import URL, BackbonePortalTraining


class BackbonePortalTest(BackbonePortalTraining):
    """The test of a training."""

    @get(f"{URL}/<int:record_id>/test")
    def portal_backbone_training_test_page(self, record_id, **kw):
        """The address of the step, after a login or out of the history: the training itself."""
        training, _row = self._backbone_find_training(record_id)
        return request.redirect(training.access_url, code=303)

    @post(f"{URL}/<int:record_id>/test")
    def portal_backbone_training_test(self, record_id, **kw):
        training, row = self._backbone_find_own(record_id)
        found = {}
        if error := self._backbone_try(row, lambda: found.update(url=row._start_test())):
            return self._backbone_refused(training.access_url, **self._backbone_failed(error))
        return request.redirect(found["url"], code=303)
