# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import base64
import binascii
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.mimetypes import guess_mimetype

from ...tools.names import is_same_name
from . import front_door

MOST_BYTES = 1024 * 1024


class HrBackboneSignature(models.Model):
    """A signature given online: who signed what, when, and the content as it stood."""

    _name = "hr.backbone.signature"
    _description = "Backbone Signature"
    _inherit = ["hr.backbone.named.mixin", "hr.backbone.attached.mixin"]
    _order = "date desc, id desc"

    company_id = fields.Many2one("res.company", readonly=True, index=True)
    role = fields.Selection(
        [
            ("employee", "Employee"),
            ("mentor", "Mentor"),
            ("recommender", "Department"),
            ("director", "Director of the Center"),
        ],
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one("res.users", "Signed by", required=True, readonly=True)
    name = fields.Char("Name as signed", required=True, readonly=True)
    date = fields.Datetime(required=True, readonly=True)
    image = fields.Binary("Signature", attachment=True, required=True, readonly=True)
    content_hash = fields.Char(required=True, readonly=True)
    is_void = fields.Boolean(
        "Void", readonly=True, help="The document was returned after this signature."
    )

    def _get_signed_name(self):
        """The name as page and paper show it: beside one that is not the account's stands the
        account's."""
        self.ensure_one()
        # sudo: the name of whoever signed, for those who read the document
        account = self.sudo().user_id.name
        if is_same_name(self.name, account):
            return self.name
        return self.env._("%(name)s (account: %(account)s)", name=self.name, account=account)

    def _void(self):
        """The document was returned: what was signed no longer stands under it."""
        return front_door.write(self, {"is_void": True})

    def write(self, vals):
        permitted = front_door.get_permitted_write(self, vals)
        if not permitted or set(vals) - permitted:
            raise UserError(self.env._("A signature is never edited."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A signature is never deleted."))


class HrBackboneSignedMixin(models.AbstractModel):
    """A document that its people sign online. A later change of the content, or a return,
    voids what was signed before, visibly."""

    _name = "hr.backbone.signed.mixin"
    _description = "Backbone Document to Sign"

    signature_ids = fields.One2many(
        "hr.backbone.signature",
        "res_id",
        "Signatures",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
        groups="hr_backbone_training.group_hr_backbone_officer",
    )

    def _get_signatories(self):
        """{role: (the employee who signs, whether it is time to)}, as superuser."""
        return {}

    @api.model
    def _get_to_sign_domains(self, own):
        """{role: the documents on which one of the employees `own` is to sign}, while the
        case is under way; those that are signed are among them."""
        return {}

    @api.model
    def _get_to_sign_domain(self):
        """The documents on which the user's signature is awaited: whoever has left signs none."""
        own = self.env.user._get_backbone_working()
        awaited = [
            domain & ~Domain("signature_ids", "any", [("role", "=", role), ("is_void", "=", False)])
            for role, domain in self._get_to_sign_domains(own).items()
        ]
        return Domain.OR(awaited) & Domain("company_id", "in", self.env.companies.ids)

    def _get_signed_content(self):
        """What a signature stands under."""
        return {}

    def _get_content_hash(self):
        self.ensure_one()
        # sudo: one hash for every reader; nothing else of the content leaves
        content = repr(sorted(self.sudo()._get_signed_content().items()))
        return hashlib.sha256(content.encode()).hexdigest()

    def _get_signature_rows(self):
        """Who signs, who has signed, and whether it still holds, for page and paper.

        :return: [{"role", "label", "person", "signature", "valid", "mine"}], as superuser
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: the check is above; whoever reads a document reads who signed it
        record = self.sudo()
        signatures = record.signature_ids
        labels = dict(signatures._fields["role"]._description_selection(self.env))
        content = self._get_content_hash()
        rows = []
        for role, (person, ready) in record._get_signatories().items():
            last = signatures.filtered(lambda row, role=role: row.role == role)[:1]
            valid = bool(last) and not last.is_void and last.content_hash == content
            rows.append(
                {
                    "role": role,
                    "label": labels[role],
                    "person": person.name,
                    "signature": last,
                    "valid": valid,
                    "mine": ready and not valid and person._is_backbone_worker(),
                }
            )
        return rows

    def _get_valid_signatures(self):
        """{role: signature} of those that hold."""
        return {row["role"]: row["signature"] for row in self._get_signature_rows() if row["valid"]}

    def _sign_from_portal(self, name, image):
        """Sign in the one role that is the user's and that is due.

        :param str name: as the signatory wrote it: their own name, as HR or the account has it
        :param str image: the picture of the signature, base64
        :raise UserError: it is not the user's to sign, it is another name, or there is no
            name or picture
        """
        self.ensure_one()
        self._lock_for_move()
        due = next((row for row in self._get_signature_rows() if row["mine"]), None)
        if not due:
            raise UserError(self.env._("There is nothing for you to sign here now."))
        # sudo: signatures are written by this method alone, after the check above
        signature = (
            self.env["hr.backbone.signature"]
            .sudo()
            .create(
                {
                    "res_model": self._name,
                    "res_id": self.id,
                    "company_id": self.company_id.id,
                    "role": due["role"],
                    "user_id": self.env.uid,
                    "name": self._check_signed_name(name, (due["person"], self.env.user.name)),
                    "date": fields.Datetime.now(),
                    "image": self._check_signed_image(image),
                    "content_hash": self._get_content_hash(),
                }
            )
        )
        # sudo: the conversation says so too; who signs may have no right to write there
        self.sudo()._message_log(
            body=self.env._("Signed online by %s", signature._get_signed_name())
        )
        return signature

    def _check_signed_name(self, name, known):
        """
        :param known: the signatory's name as HR has it, and the account's
        """
        name = name.replace("\x00", "").strip() if isinstance(name, str) else ""
        if not name or len(name) > 120:
            raise UserError(self.env._("Please write your name."))
        if not any(is_same_name(name, own) for own in known):
            raise UserError(self.env._("Please sign with your own name: %s.", known[0]))
        return name

    def _check_signed_image(self, image):
        try:
            data = base64.b64decode(image, validate=True) if isinstance(image, str) else b""
        except (binascii.Error, ValueError):
            data = b""
        if len(data) > MOST_BYTES or guess_mimetype(data) != "image/png":
            raise UserError(self.env._("The signature is missing: please draw it again."))
        return image
