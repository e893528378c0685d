import {_t} from "@web/core/l10n/translation";
import {download} from "@web/core/network/download";
import {getReportUrl} from "@web/webclient/actions/reports/utils";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";

let engine = null;

/**
 * Odoo downloads no PDF where wkhtmltopdf is missing. Our forms need none where WeasyPrint
 * is there; everything else goes Odoo's way.
 */
async function printBackboneForm(action, options, env) {
    const isForm =
        action.report_type === "qweb-pdf" &&
        (action.report_name || "").startsWith("hr_backbone_training.");
    if (!isForm) {
        return false;
    }
    engine ||= env.services.orm.call("ir.actions.report", "get_backbone_engine", []);
    if ((await engine) !== "weasyprint") {
        return false;
    }
    env.services.ui.block({message: _t("Printing…")});
    try {
        await download({
            url: "/report/download",
            data: {
                data: JSON.stringify([getReportUrl(action, "pdf"), action.report_type]),
                context: JSON.stringify({...user.context, ...action.context}),
            },
        });
    } finally {
        env.services.ui.unblock();
    }
    return true;
}

registry.category("ir.actions.report handlers").add("hr_backbone_form", printBackboneForm);
