import {TextField} from "@web/views/fields/text/text_field";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";
import {useState} from "@odoo/owl";

// From this share of the length on, what was typed is counted
const NEAR = 0.8;

/** A text that has a length says it below the box: ours have one, those of Odoo have none. */
patch(TextField.prototype, {
    setup() {
        super.setup();
        this.typed = useState({text: null});
    },

    get limit() {
        const field = this.props.record.fields[this.props.name];
        return field.type === "text" ? field.size : undefined;
    },

    get length() {
        const stored = this.props.record.data[this.props.name] || "";
        return [...(this.typed.text ?? stored)].length;
    },

    get lengthHint() {
        const limit = this.limit.toLocaleString();
        if (this.length < NEAR * this.limit) {
            return _t("At most %s characters", limit);
        }
        return _t("%(length)s of %(limit)s characters", {
            length: this.length.toLocaleString(),
            limit,
        });
    },

    onCount(ev) {
        if (this.limit) {
            this.typed.text = ev.target.value;
        }
    },

    async onBlur() {
        this.typed.text = null;
        return super.onBlur();
    },
});
