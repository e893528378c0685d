import {Interaction} from "@web/public/interaction";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

// From this share of the length on, what was typed is counted
const NEAR = 0.8;

/** How much of its length a text takes, said below it as one nears the end. */
export class BackboneCount extends Interaction {
    static selector = ".o_backbone [data-limit]";
    dynamicContent = {
        _root: {"t-on-input": this.count},
    };

    start() {
        this.countEl = document.getElementById(`count-${this.el.id}`);
        this.limit = Number(this.el.dataset.limit);
        this.always = this.countEl?.textContent;
        this.count();
    }

    count() {
        if (!this.countEl) {
            return;
        }
        // As the server counts: letters, not halves of them
        const length = [...this.el.value].length;
        const lang = document.documentElement.lang || undefined;
        this.countEl.textContent =
            length < NEAR * this.limit
                ? this.always
                : _t("%(length)s of %(limit)s characters", {
                      length: length.toLocaleString(lang),
                      limit: this.limit.toLocaleString(lang),
                  });
        this.countEl.classList.toggle("text-danger", length > this.limit);
    }
}

registry.category("public.interactions").add("hr_backbone_training.backbone_count", BackboneCount);
