import {SignatureForm} from "@portal/signature_form/signature_form";
import {patch} from "@web/core/utils/patch";

/** Where a signature is refused, because it is another name, one can sign again: Odoo's button
 *  goes on turning. */
patch(SignatureForm.prototype, {
    async onClickSubmit() {
        if (!this.props.callUrl.startsWith("/my/backbone/")) {
            return super.onClickSubmit();
        }
        const button = this.rootRef.el.querySelector(".o_portal_sign_submit");
        const icon = button.firstChild;
        try {
            return await super.onClickSubmit();
        } finally {
            if (!this.state.success) {
                button.classList.remove("o_btn_loading", "disabled", "pe-none");
                button.disabled = false;
                button.querySelector(".fa-spin")?.remove();
                button.prepend(icon);
            }
        }
    },
});
