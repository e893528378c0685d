# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models, tools
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.hr_backbone_training.const import ADMINISTRATOR

OBJECTION = "hr.backbone.objection"
PEOPLE = ("hr.employee", "res.users")
# who wrote a row is not whom it is about; Odoo's own lookup leaves it out, too
WRITERS = ("create_uid", "write_uid")
# names that are kept as text, so that they outlive the employee
NAMES = ("employee_name", "mentor_name", "objector_name", "objector_known_as")
SIGNED = {"hr.backbone.signature": ("name",)}
OBJECTOR = ("objector_id", "objector_user_id", "objector_name", "objector_known_as")


class PrivacyLookupWizard(models.TransientModel):
    """Odoo looks for e-mail addresses and contacts; our documents name employees and logins.

    Found are the documents whose person it is, those that hang on them (decisions, signatures),
    and those that name the person in another part: who recommended, voted, mentored, signed,
    decided or objected. What goes with its document when that is deleted is not listed beside it.
    """

    _inherit = "privacy.lookup.wizard"

    def _get_query_models_blacklist(self):
        return [*super()._get_query_models_blacklist(), *self._get_backbone_models()]

    def _get_query(self):
        query = super()._get_query()
        people = self._find_backbone_people()
        selects = [
            self._select_backbone(self.env[name], domain)
            for name in self._get_backbone_models()
            if (domain := self._get_backbone_domain(name, people)) != Domain.FALSE
        ]
        return SQL(" UNION ALL ").join([query, *selects])

    @api.model
    def _get_backbone_models(self):
        """The names of our models that have rows."""
        return sorted(
            name
            for name, model in self.env.registry.items()
            if name.startswith("hr.backbone.")
            and model._auto
            and not (model._abstract or model._transient)
        )

    def _find_backbone_people(self):
        """{model: the ids of whom is looked for}: contact → login → employee."""
        name, email = self.name.strip(), self.email.strip()
        # sudo: the lookup is of all companies and without record rules, as Odoo's own query is;
        # only administrators of the settings open it
        env = self.with_context(active_test=False).sudo().env
        contacts = env["res.partner"]._search(
            Domain("email_normalized", "=", tools.email_normalize(email))
            | Domain("name", "=ilike", name)
        )
        logins = env["res.users"].search(
            Domain("partner_id", "in", contacts) | Domain("login", "=ilike", email)
        )
        employees = env["hr.employee"].search(
            Domain("user_id", "in", logins.ids)
            | Domain("work_contact_id", "in", contacts)
            | Domain("work_email", "=ilike", email)
            | Domain("private_email", "=ilike", email)
            | Domain("name", "=ilike", name)
        )
        return {"hr.employee": employees.ids, "res.users": logins.ids}

    def _select_backbone(self, model, domain):
        # sudo: see `_find_backbone_people`; what may not be known is out of the domain
        found = model.sudo().with_context(active_test=False)._search(domain)
        active = SQL.identifier("active") if "active" in model._fields else SQL("TRUE")
        return SQL(
            "SELECT %s AS res_model_id, id AS res_id, %s AS is_active FROM %s WHERE id IN %s",
            self.env["ir.model"]._get_id(model._name),
            active,
            SQL.identifier(model._table),
            found.subselect(),
        )

    # -- what is looked for in a model -------------------------------------------------

    def _get_backbone_domain(self, name, people):
        """The rows of the model that are of these people, or name them."""
        model = self.env[name]
        domains = [
            Domain(field.name, "in", people[field.comodel_name])
            for field in model._fields.values()
            if field.comodel_name in PEOPLE
            and field.type in ("many2one", "many2many")
            and field.store
            and field.name not in (*WRITERS, *(OBJECTOR if name == OBJECTION else ()))
        ]
        domains += [
            Domain(path, "in", people["hr.employee"]) for path in self._get_backbone_paths(name)
        ]
        domains += [
            Domain(field, "=ilike", self.name.strip())
            for field in (*NAMES, *SIGNED.get(name, ()))
            if field in model._fields and model._fields[field].store and field not in OBJECTOR
        ]
        if name == OBJECTION:
            domains.append(self._get_objector_domain(people))
        if "res_model" in model._fields and model._fields["res_id"].type == "many2one_reference":
            domains += self._get_attached_domains(people)
        return Domain.OR(domains) & self._get_unknown_domain(name)

    @api.model
    def _get_backbone_paths(self, name, seen=()):
        """The ways from a document to its person: `["item_id.application_id.employee_id"]`.
        None leads over a document with which the row is deleted: the document is listed."""
        model, paths = self.env[name], []
        for field in model._fields.values() if name not in seen else ():
            if field.type != "many2one" or not field.store or field.ondelete == "cascade":
                continue
            if field.name == "employee_id":
                paths.append(field.name)
            elif field.comodel_name in self._get_backbone_models():
                further = self._get_backbone_paths(field.comodel_name, (*seen, name))
                # of a document that has its person, only the person
                own = [path for path in further if path == "employee_id"]
                paths += [f"{field.name}.{path}" for path in own or further]
        return ["employee_id"] if "employee_id" in paths else paths

    def _get_attached_domains(self, people):
        """What hangs on the documents of these people, by model and number."""
        for name in self._get_backbone_models():
            domains = [
                Domain(path, "in", people["hr.employee"]) for path in self._get_backbone_paths(name)
            ]
            if domains:
                # sudo: see `_find_backbone_people`
                documents = self.env[name].sudo()._search(Domain.OR(domains))
                yield Domain("res_model", "=", name) & Domain("res_id", "in", documents)

    # -- what may not be known ---------------------------------------------------------

    def _get_objector_domain(self, people):
        """The objections that these people raised: those of hidden objectors for HR
        administrators alone, in their companies."""
        raised = (
            Domain("objector_id", "in", people["hr.employee"])
            | Domain("objector_user_id", "in", people["res.users"])
            | Domain("objector_known_as", "=ilike", self.name.strip())
        )
        shown = Domain("hidden", "=", False)
        if self.env.user.has_group(ADMINISTRATOR):
            shown |= Domain("company_id", "in", self.env.user.company_ids.ids)
        return raised & shown

    @api.model
    def _get_unknown_domain(self, name):
        """Without the objections to the user's own name, of which the user hears nothing."""
        own = self.env.user._get_backbone_ever()
        if name == OBJECTION:
            return Domain("application_id.employee_id", "not in", own)
        if own and "res_model" in self.env[name]._fields:
            # sudo: which objections the user shall not hear of
            objections = self.env[OBJECTION].sudo()
            against = objections._search([("application_id.employee_id", "in", own)])
            return Domain("res_model", "!=", OBJECTION) | Domain("res_id", "not in", against)
        return Domain.TRUE

    @api.depends("line_ids")
    def _compute_records_description(self):
        """The log stays, for every administrator of the settings: it names no objection whose
        objector is hidden."""
        result = super()._compute_records_description()
        for wizard in self:
            hidden = wizard.line_ids.filtered(lambda line: line._is_hidden_objection())
            for line in hidden[:1]:
                # the text has one paragraph for each model
                rest = [
                    part
                    for part in (wizard.records_description or "").split("\n")
                    if not part.startswith(line.res_model_id.name)
                ]
                wizard.records_description = "\n".join(rest)
        return result


class PrivacyLookupWizardLine(models.TransientModel):
    """Whoever administers the settings deletes as superuser there: of ours, only what the user
    could delete by its own rules, too."""

    _inherit = "privacy.lookup.wizard.line"

    def _is_hidden_objection(self):
        self.ensure_one()
        # sudo: whether the objector is hidden; the line is not shown for it
        return (
            self.res_model == OBJECTION
            and self.env[OBJECTION].sudo().browse(self.res_id).exists().hidden
        )

    def action_unlink(self):
        """:raise UserError: it stays, by the rules of our documents"""
        self.ensure_one()
        if not (self.res_model or "").startswith("hr.backbone.") or self.is_unlinked:
            return super().action_unlink()
        record = self.env[self.res_model].browse(self.res_id)
        if not record.has_access("unlink"):
            raise UserError(
                self.env._(
                    "You cannot delete “%(document)s” here: ask HR, who keep the documents of "
                    "backbone training.",
                    document=self.res_name or self.res_model_id.name,
                )
            )
        record.unlink()
        self.execution_details = self.env._(
            "Deleted %(model)s #%(number)s", model=self.res_model_id.name, number=self.res_id
        )
        self.is_unlinked = True
        return None
