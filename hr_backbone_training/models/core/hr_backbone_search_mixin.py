from odoo import api, models
from odoo.fields import Domain


class HrBackboneSearchMixin(models.AbstractModel):
    """What the search box of a list in `/my` looks through."""

    _name = "hr.backbone.search.mixin"
    _description = "Backbone Search Box"

    @api.model
    def _get_search_domain(self, where, text):
        """What the search box of a list looks for.

        :param str where: one of the choices of `_get_search_domains`, or "all"
        """
        domains = self._get_search_domains(text)
        return domains[where] if where in domains else Domain.OR(domains.values())

    @api.model
    def _get_search_domains(self, text):
        """{where: domain}; of what the lists show, and nothing else."""
        return {"name": Domain("name", "ilike", text)}
