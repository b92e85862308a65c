// The balance of what goes in and of what comes out, in third octaves relative to the whole, beside the character's:
// what all of his recordings have in common, and how far they are apart.
import { begin, colour, label, line } from './canvas.js';

const first = 50;               // Hz, the lowest band's middle; the bands are a sixth of an octave apart
const bandsPerOctave = 6;
const from = 70;                // Hz, where the picture begins
const to = 20000;
const lowest = -50;             // dB
const remember = 700;           // ms: a balance is of some syllables, not of one sound
const silence = 1e-12;

/** The balance of the last moments, as power in every band. */
export class Balance {
    in = null;
    out = null;
    #now = 0;

    hear(detail, now) {
        if (!detail?.spectrum) {
            return;
        }
        const keep = Math.exp(-Math.min(now - this.#now, remember) / remember);
        for (const side of ['in', 'out']) {
            const powers = detail.spectrum[side].map(level => level == null ? 0 : 10 ** (level / 10));
            if (powers.some(power => power > silence)) {
                this[side] = powers.map((power, i) => ((this[side]?.[i] ?? power) * keep) + (power * (1 - keep)));
            }
        }
        this.#now = now;
    }
}

/** Points [Hz, dB] of third octaves, relative to the sum of all bands. */
export function relative(powers) {
    const sum = powers.reduce((sum, power) => sum + power, 0);
    return powers.slice(1, -1).map((power, i) => [
        first * (2 ** ((i + 1) / bandsPerOctave)),
        10 * Math.log10(Math.max(silence, ((powers[i] / 2) + power + (powers[i + 2] / 2)) / sum)),
    ]);
}

export function drawSpectrum(root, balance, { character }) {
    const paper = begin(root.querySelector('canvas.spectrum'));
    if (!paper) {
        return;
    }
    const { pen, width, height, letter, grid } = paper;
    const left = 2.5 * letter;
    const bottom = height - (1.6 * letter);
    const across = hertz => left + ((width - left - 1) * Math.log(hertz / from) / Math.log(to / from));
    const up = level => bottom * Math.min(1, level / lowest);
    [pen.strokeStyle, pen.lineWidth] = [grid, 1];
    for (let level = 0; level >= lowest; level -= 10) {
        line(pen, [[left, up(level)], [width, up(level)]]);
        if (level < 0) {
            label(paper, `−${-level}`, left - (letter / 3), Math.min(up(level), bottom - (letter / 2)), 'right');
        }
    }
    const narrow = width < 24 * letter;
    for (const hertz of narrow ? [100, 1000, 10000] : [100, 200, 500, 1000, 2000, 5000, 10000]) {
        line(pen, [[across(hertz), 0], [across(hertz), bottom]]);
        label(paper, hertz < 1000 ? `${hertz}` : `${hertz / 1000}k`, across(hertz), height - (0.7 * letter));
    }
    const place = ([hertz, level]) => hertz < from ? null : [across(hertz), up(level)];
    if (character.length > 0) {
        pen.fillStyle = pen.strokeStyle = colour(root, 'character');
        pen.globalAlpha = 0.2;
        pen.beginPath();
        for (const band of character) {
            pen.lineTo(...place([band.frequency, band.median + band.spread]));
        }
        for (const band of character.toReversed()) {
            pen.lineTo(...place([band.frequency, band.median - band.spread]));
        }
        pen.fill();
        pen.globalAlpha = 1;
        pen.lineWidth = 2;
        line(pen, character.map(band => place([band.frequency, band.median])), [6, 4]);
    }
    for (const [side, dash, thick] of [['in', [2, 3], 2], ['out', [], 2.5]]) {
        if (balance[side]) {
            [pen.strokeStyle, pen.lineWidth] = [colour(root, side), thick];
            line(pen, relative(balance[side]).map(place), dash);
        }
    }
}

/** In words: where what goes in and what comes out are strongest. */
export function describeSpectrum(balance, texts) {
    if (!balance.in || !balance.out) {
        return texts.silent;
    }
    const strongest = powers => Math.round(relative(powers).reduce((most, band) => band[1] > most[1] ? band : most)[0]);
    return texts.spectrum.replace('{0}', strongest(balance.in)).replace('{1}', strongest(balance.out));
}
