import {Interaction} from "@web/public/interaction";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

const DELAY = 2000;
const RETRY = 10000;

/**
 * A form that saves itself a few seconds after the last key. Without it, the form's own
 * Save button does the same.
 */
export class BackboneForm extends Interaction {
    static selector = ".o_backbone_form[data-autosave]";
    dynamicContent = {
        _root: {"t-on-input": this.onInput, "t-on-submit": this.onSubmit},
        _window: {"t-on-beforeunload": this.onLeave},
    };

    setup() {
        this.statusEl = this.el.querySelector(".o_backbone_status");
        // What went wrong, and what is still missing, as the server said it
        this.summaryEl = document.querySelector(".o_backbone_errors");
        this.missingEl = document.querySelector(".o_backbone_missing");
        this.dirty = false;
        this.leaving = false;
        this.stopped = false;
        this.lost = false;
        this.saving = null;
        this.saveLater = this.debounced(() => this.save(), DELAY);
    }

    onInput(ev) {
        if (ev.target.type === "file") {
            return;
        }
        this.dirty = true;
        if (!this.stopped) {
            this.say(_t("Changes not saved yet"));
            this.saveLater();
        }
    }

    onLeave(ev) {
        if (this.dirty && !this.leaving) {
            ev.preventDefault();
        }
    }

    /**
     * What was typed last is saved before the page goes: where that fails, because one is
     * offline or signed out, the page stays with it. Where nothing would be saved, the browser
     * sends the form as it is: held up and sent again within one press, it would not go at all.
     */
    async onSubmit(ev) {
        if (this.leaving) {
            return;
        }
        if (this.saving || this.canSave()) {
            ev.preventDefault();
            if (this.el.getAttribute("aria-busy")) {
                return;
            }
            this.el.setAttribute("aria-busy", "true");
            await this.waitFor(this.saving || this.save());
            await this.waitFor(this.save());
            this.el.removeAttribute("aria-busy");
            if (this.lost) {
                return;
            }
        }
        this.leaving = true;
        this.stopped = true;
        if (ev.defaultPrevented) {
            this.el.requestSubmit(ev.submitter);
        }
    }

    canSave() {
        return this.dirty && !this.saving && !this.stopped && this.isWorthSaving();
    }

    async save() {
        if (!this.canSave()) {
            return;
        }
        this.dirty = false;
        this.say(_t("Saving…"));
        this.saving = this.post();
        const answer = await this.waitFor(this.saving);
        this.saving = null;
        this.protectSyncAfterAsync(() => this.onAnswer(answer))();
    }

    /** A new action is saved once it says what is to be done. */
    isWorthSaving() {
        const fresh = [...this.el.querySelectorAll("[data-fresh]")];
        return fresh.every((row) => {
            const inputs = [...row.querySelectorAll("input, textarea")];
            const action = inputs.find((input) => input.name.endsWith("-action"));
            return action.value.trim() || inputs.every((input) => !input.value.trim());
        });
    }

    async post() {
        const data = new FormData(this.el);
        for (const input of this.el.querySelectorAll("input[type=file]")) {
            data.delete(input.name);
        }
        if (this.summaryEl || this.missingEl) {
            data.set("check", "1");
        }
        try {
            const response = await fetch(this.el.dataset.autosave, {method: "POST", body: data});
            return await response.json();
        } catch {
            return null;
        }
    }

    onAnswer(answer) {
        this.clearLiveErrors();
        this.lost = !answer;
        if (!answer) {
            this.onLost();
        } else if (answer.saved) {
            this.el.elements.version.value = answer.version;
            Object.entries(answer.created).forEach(([name, id]) => this.settle(name, id));
            this.refreshErrors(answer.missing, answer.refusals);
            this.say(this.dirty ? _t("Changes not saved yet") : answer.message);
            if (this.dirty) {
                this.saveLater();
            }
        } else {
            this.dirty = true;
            this.stopped = answer.stale;
            this.say(answer.message, true);
            if (answer.name) {
                this.showError(answer.name, answer.message);
            }
        }
    }

    /** The session or the network is gone: keep what was typed, and go on trying. */
    onLost() {
        this.dirty = true;
        this.say(
            _t(
                "Not saved: you are offline or signed out. Sign in again in another tab and stay on this page.",
            ),
            true,
        );
        this.waitForTimeout(async () => {
            await this.waitFor(this.renewToken());
            this.save();
        }, RETRY);
    }

    async renewToken() {
        try {
            const page = await (await fetch(window.location.href)).text();
            const form = new DOMParser()
                .parseFromString(page, "text/html")
                .querySelector(".o_backbone_form input[name=csrf_token]");
            if (form) {
                this.el.elements.csrf_token.value = form.value;
            }
        } catch {
            // Offline: the next try renews it
        }
    }

    /** A new action got its number: from now on its inputs write to it. */
    settle(name, id) {
        const row = this.el.querySelector(`[data-fresh="${name}"]`);
        if (!row) {
            return;
        }
        const blank = row.cloneNode(true);
        for (const input of blank.querySelectorAll("input, textarea")) {
            input.value = "";
            input.defaultValue = "";
        }
        delete row.dataset.fresh;
        for (const el of row.querySelectorAll("[name], [id], [for], [aria-describedby]")) {
            for (const attribute of ["name", "id", "for", "aria-describedby"]) {
                const value = el.getAttribute(attribute);
                if (value) {
                    el.setAttribute(attribute, value.replaceAll(name, id));
                }
            }
        }
        const details = document.createElement("details");
        details.className = "border rounded mb-3";
        const summary = row.parentElement.querySelector("summary").cloneNode(true);
        details.append(summary, blank);
        row.parentElement.after(details);
        row.parentElement.querySelector("summary").hidden = true;
    }

    clearLiveErrors() {
        for (const el of this.el.querySelectorAll(".o_backbone_live_error")) {
            this.clearError(el.previousElementSibling, el);
        }
    }

    clearError(input, note) {
        const notes = (input.getAttribute("aria-describedby") || "").split(/\s+/);
        const left = notes.filter((id) => id && id !== note?.id).join(" ");
        input.classList.remove("is-invalid");
        input.removeAttribute("aria-invalid");
        if (left) {
            input.setAttribute("aria-describedby", left);
        } else {
            input.removeAttribute("aria-describedby");
        }
        note?.remove();
    }

    /**
     * What was saved is no longer wrong: its messages go, on the inputs and in the summary.
     *
     * @param {Object} missing input → what it still lacks before one can submit
     * @param {Array} refusals the sentences that still stand in the way of that
     */
    refreshErrors(missing, refusals) {
        for (const input of this.el.querySelectorAll(".is-invalid")) {
            if (!(input.name in missing)) {
                this.clearError(input, document.getElementById(`error-${input.name}`));
                this.summaryEl?.querySelector(`a[href="#${input.id}"]`)?.parentElement.remove();
            }
        }
        const isSubmit = this.summaryEl?.dataset.step === "submit";
        if (isSubmit && refusals.length) {
            // None where the list of the inputs says it all
            const textEl = this.summaryEl.querySelector("p");
            if (textEl) {
                const listed = this.summaryEl.querySelector("ul") ? Object.values(missing) : [];
                const rest = refusals.filter((refusal) => !listed.includes(refusal));
                textEl.textContent = rest.join("\n");
            }
        } else {
            this.summaryEl?.remove();
        }
        if (this.missingEl) {
            const rows = refusals.map((refusal) => {
                const row = document.createElement("li");
                row.textContent = refusal;
                return row;
            });
            this.missingEl.hidden = !rows.length;
            this.missingEl.querySelector("ul").replaceChildren(...rows);
        }
    }

    showError(name, message) {
        const input = this.el.elements[name];
        if (!input) {
            return;
        }
        const note = document.createElement("div");
        note.id = `${input.id}-live`;
        note.className = "o_backbone_live_error invalid-feedback d-block";
        note.textContent = message;
        input.classList.add("is-invalid");
        input.setAttribute("aria-invalid", "true");
        const notes = input.getAttribute("aria-describedby");
        input.setAttribute("aria-describedby", notes ? `${notes} ${note.id}` : note.id);
        input.after(note);
    }

    say(text, isProblem = false) {
        this.statusEl.textContent = text;
        this.statusEl.classList.toggle("text-danger", isProblem);
    }
}

registry.category("public.interactions").add("hr_backbone_training.backbone_form", BackboneForm);
