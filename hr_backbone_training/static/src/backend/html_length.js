import {Component, reactive, useState} from "@odoo/owl";
import {HtmlField} from "@html_editor/fields/html_field";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";

// From this share of the length on, what was typed is counted
const NEAR = 0.8;
// What the editor puts between links and at their ends, and takes out when it saves
const UNSEEN = /[\u200b\ufeff]/g;

/** As the server counts: letters to read, without their formats. */
function count(text) {
    return [...text.replace(UNSEEN, "").trim()].length;
}

function countHtml(value) {
    const parsed = new DOMParser().parseFromString(value || "", "text/html");
    return count(parsed.body.textContent);
}

/** Says below a text with formats how long it may be: by itself, so that a key that is typed
 *  draws this line anew and not the editor. */
class HtmlLength extends Component {
    static template = "hr_backbone_training.HtmlLength";
    static props = {limit: Number, typed: Object, value: {optional: true}};

    setup() {
        this.typed = useState(this.props.typed);
    }

    get length() {
        return this.typed.length ?? countHtml(this.props.value);
    }

    get isNear() {
        return this.length >= NEAR * this.props.limit;
    }

    get hint() {
        const limit = this.props.limit.toLocaleString();
        if (!this.isNear) {
            return _t("At most %s characters, formatting not counted", limit);
        }
        return _t("%(length)s of %(limit)s characters, formatting not counted", {
            length: this.length.toLocaleString(),
            limit,
        });
    }
}

patch(HtmlField.prototype, {
    setup() {
        super.setup();
        this.typed = reactive({length: null});
    },

    get limit() {
        const field = this.props.record.fields[this.props.name];
        return field.type === "html" ? field.size : undefined;
    },

    get HtmlLength() {
        return HtmlLength;
    },

    onChange() {
        super.onChange(...arguments);
        if (this.limit) {
            this.typed.length = this.state.showCodeView
                ? countHtml(this.codeViewRef.el.value)
                : count(this.editor.editable.textContent);
        }
    },

    async onBlur() {
        await super.onBlur();
        this.typed.length = null;
    },
});
