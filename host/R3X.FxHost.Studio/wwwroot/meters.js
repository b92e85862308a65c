// Draws what sounds, from the events "r3x-meters" that audio.js sends: the canvases, the table beside them, and the
// gain reduction of every step that has a place for it ([data-reduction="STEP"]), wherever on the page that is.
import { number } from './canvas.js';
import { drawLevels, describeLevels, Holds } from './levels.js';
import { drawSpectrum, describeSpectrum, Balance } from './spectrum.js';

const wordsEvery = 250;         // ms between changes of numbers and descriptions: what moves faster cannot be read
const calmEvery = 500;          // ms between pictures for people who asked for little motion
const mostReduction = 24;       // dB, the length of a bar

/** Starts to draw. Options: see MeterOptions in SeeView.razor. */
export function start(root, options) {
    return new Meters(root, options);
}

class Meters {
    #root;
    #options;
    #heard = null;
    #frame = 0;
    #drawn = -Infinity;
    #said = -Infinity;
    #holds = new Holds();
    #balance = new Balance();
    #calm = matchMedia('(prefers-reduced-motion: reduce)');
    #ending = new AbortController();

    constructor(root, options) {
        this.#root = root;
        this.#options = options;
        const ending = { signal: this.#ending.signal };
        addEventListener('r3x-meters', event => this.#hear(event.detail), ending);
        addEventListener('r3x-silent', () => this.#hear(null), ending);
        // The same picture in other colours, or of another size.
        matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#ask(), ending);
        addEventListener('resize', () => this.#ask(), ending);
        this.#ask();
    }

    /** Takes other options. */
    set(options) {
        this.#options = options;
        this.#ask();
    }

    stop() {
        this.#ending.abort();
        cancelAnimationFrame(this.#frame);
    }

    #hear(detail) {
        if ((detail === null) !== (this.#heard === null)) {
            [this.#drawn, this.#said] = [-Infinity, -Infinity];
        }
        this.#heard = detail;
        const now = performance.now();
        this.#holds.hear(detail, now);
        this.#balance.hear(detail, now);
        this.#ask();
    }

    #ask() {
        this.#frame ||= requestAnimationFrame(now => this.#draw(now));
    }

    #draw(now) {
        this.#frame = 0;
        if (this.#calm.matches && now - this.#drawn < calmEvery) {
            return;
        }
        this.#drawn = now;
        drawLevels(this.#root, this.#heard, this.#holds, this.#options);
        drawSpectrum(this.#root, this.#balance, this.#options);
        const says = now - this.#said >= wordsEvery;
        this.#reduce(says);
        if (says) {
            this.#said = now;
            this.#say();
        }
    }

    #reduce(says) {
        for (const bar of document.querySelectorAll('[data-reduction]')) {
            const reduction = this.#heard?.steps?.[bar.dataset.reduction];
            bar.style.setProperty('--reduction', Math.min(1, (reduction ?? 0) / mostReduction));
            const text = reduction == null ? '' : this.#options.texts.reduced.replace('{0}', number(-reduction));
            if (says && bar.textContent !== text) {
                bar.textContent = text;
            }
        }
    }

    #say() {
        const { texts } = this.#options;
        for (const cell of this.#root.querySelectorAll('[data-meter]')) {
            const [side, meter] = cell.dataset.meter.split('.');
            cell.textContent = this.#heard ? number(this.#heard[side][meter]) : '';
        }
        this.#root.querySelector('canvas.levels').ariaLabel = describeLevels(this.#heard, texts);
        this.#root.querySelector('canvas.spectrum').ariaLabel = describeSpectrum(this.#balance, texts);
    }
}
