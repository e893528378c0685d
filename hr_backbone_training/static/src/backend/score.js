import {FloatField} from "@web/views/fields/float/float_field";
import {IntegerField} from "@web/views/fields/integer/integer_field";
import {Operation} from "@web/model/relational_model/operation";
import {parseInteger} from "@web/views/fields/parsers";
import {patch} from "@web/core/utils/patch";
import {useInputField} from "@web/views/fields/input_field_hook";
import {useNumpadDecimal} from "@web/views/fields/numpad_decimal_hook";
import {useState} from "@odoo/owl";

/** What was typed, whatever was there before: an operation is carried out in any case. */
class Typed extends Operation {
    constructor(value) {
        super("=", value);
    }

    compute() {
        return this.operand;
    }
}

/**
 * A score may be blank: an emptied box is no zero. Odoo takes the two for the same, and would keep
 * the one that there is.
 */
function parseScore({name, record}, text, parse) {
    if (!record.fields[name].may_be_blank) {
        return parse(text);
    }
    const typed = text.trim() ? parse(text) : false;
    const known = record.data[name];
    return typed !== known && !typed && !known ? new Typed(typed) : typed;
}

patch(FloatField.prototype, {
    parse(text) {
        return parseScore(this.props, text, (number) => super.parse(number));
    },
});

patch(IntegerField.prototype, {
    setup() {
        if (!this.props.record.fields[this.props.name].may_be_blank) {
            super.setup();
            return;
        }
        // As Odoo's, which parses by itself
        this.state = useState({hasFocus: false});
        useInputField({
            getValue: () => this.formattedValue,
            refName: "numpadDecimal",
            parse: (text) =>
                parseScore(this.props, text, (number) =>
                    parseInteger(number, {allowOperation: true}),
                ),
        });
        useNumpadDecimal();
    },
});
