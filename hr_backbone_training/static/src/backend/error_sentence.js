import {WarningDialog} from "@web/core/errors/error_dialogs";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

const CORE = "odoo.addons.hr_backbone_training.models.core";

/** Our own kinds of a user's error are sentences too: Odoo knows its own by their names, and
 *  shows any other as a fault of the program. */
class SentenceDialog extends WarningDialog {
    setup() {
        super.setup();
        this.title = _t("Invalid Operation");
    }
}

for (const name of ["public.FieldError", "hr_backbone_portal_mixin.StaleError"]) {
    registry.category("error_dialogs").add(`${CORE}.${name}`, SentenceDialog);
}
