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
        const criteria = this.el.querySelectorAll("[data-weight]");
        let points = 0;
        let isBlank = true;
        let isComplete = criteria.length > 0;
        for (const criterion of criteria) {
            const text = criterion.querySelector("input[type=number]").value;
            const score = Number(text);
            isBlank &&= text === "";
            isComplete &&= text !== "" && score >= 0 && score <= 100;
            // The weights of the page are of 100 points in all
            points += (score * Number(criterion.dataset.weight)) / 100;
        }
        // The grade is that of the total as it is shown, and stored
        const total = Number(points.toFixed(2));
        const grade = this.bands.find((band) => total >= band.least)?.grade;
        this.el.querySelector(".o_backbone_total").textContent = isBlank ? "–" : total.toFixed(2);
        this.el.querySelector(".o_backbone_grade").textContent = isComplete ? grade : "–";
    }
}

registry
    .category("public.interactions")
    .add("hr_backbone_training.backbone_scores", BackboneScores);
