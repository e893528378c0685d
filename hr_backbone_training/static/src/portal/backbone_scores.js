import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";

/**
 * The total and the grade while one types. Without it they show what was saved last.
 */
export class BackboneScores extends Interaction {
    static selector = ".o_backbone_scores[data-bands]";
    dynamicContent = {
        _root: {"t-on-input": this.update},
    };

    setup() {
        this.bands = this.el.dataset.bands.split(" ").map((band) => {
            const [grade, least] = band.split(":");
            return {grade, least: Number(least)};
        });
    }

    start() {
        this.update();
    }

    update() {
        let total = 0;
        let isComplete = true;
        for (const criterion of this.el.querySelectorAll("[data-weight]")) {
            const text = criterion.querySelector("input[type=number]").value;
            const score = Number(text);
            isComplete &&= text !== "" && score >= 0 && score <= 100;
            total += (score * Number(criterion.dataset.weight)) / 100;
        }
        const grade = this.bands.find((band) => total >= band.least)?.grade;
        this.el.querySelector(".o_backbone_total").textContent = total.toFixed(2);
        this.el.querySelector(".o_backbone_grade").textContent = isComplete ? grade : "–";
    }
}

registry
    .category("public.interactions")
    .add("hr_backbone_training.backbone_scores", BackboneScores);
