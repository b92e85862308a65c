// Levels in and out on one scale: for each the level (RMS as a bar, the peak as a line that holds, the true peak as a
// hollow mark) and the loudness (momentary as a bar, short-term as a line, integrated as a hollow mark).
import { begin, colour, label, line, number } from './canvas.js';

const lowest = -60;             // dB, where the scale begins
const highest = 3;
const holdFor = 1500;           // ms that a peak stays
const fall = 20 / 1000;         // dB a ms, afterwards

/** The highest peak of a moment ago, for each side. */
export class Holds {
    in = null;
    out = null;
    #since = { in: 0, out: 0 };
    #now = 0;

    hear(detail, now) {
        for (const side of ['in', 'out']) {
            const peak = detail?.[side].peak ?? null;
            const held = this[side];
            if (detail === null || held === null || peak >= held) {
                [this[side], this.#since[side]] = [detail === null ? null : peak, now];
            } else if (now - this.#since[side] > holdFor) {
                this[side] = Math.max(peak ?? lowest, held - (fall * (now - this.#now)));
            }
        }
        this.#now = now;
    }
}

export function drawLevels(root, heard, holds, { match, ceiling, texts }) {
    const paper = begin(root.querySelector('canvas.levels'));
    if (!paper) {
        return;
    }
    const { pen, width, height, letter, ink, grid } = paper;
    const names = [texts.inLevel, texts.inLoudness, texts.outLevel, texts.outLoudness];
    const left = Math.max(...names.map(name => pen.measureText(name).width)) + (letter / 2);
    const bottom = height - (1.6 * letter);
    const row = bottom / 4;
    const across = level => left + ((width - left - 1)
        * Math.min(1, Math.max(0, (level - lowest) / (highest - lowest))));
    [pen.strokeStyle, pen.lineWidth] = [grid, 1];
    for (let level = lowest; level <= 0; level += width < 20 * letter ? 20 : 10) {
        line(pen, [[across(level), 0], [across(level), bottom]]);
        label(paper, number(level).slice(0, -2), across(level), height - (0.7 * letter));
    }
    const bars = [
        ['in', 'rms', holds.in, heard?.in.truePeak, ceiling, false],
        ['in', 'momentary', heard?.in.shortTerm, heard?.in.integrated, null, false],
        ['out', 'rms', holds.out, heard?.out.truePeak, ceiling, true],
        ['out', 'momentary', heard?.out.shortTerm, heard?.out.integrated, match, true],
    ];
    bars.forEach(([side, meter, mark, hollow, target, aims], i) => {
        const [top, thick] = [(i + 0.2) * row, 0.6 * row];
        label(paper, names[i], left - (letter / 2), (i + 0.5) * row, 'right');
        pen.fillStyle = pen.strokeStyle = colour(root, side);
        const level = heard?.[side][meter];
        if (level != null) {
            pen.fillRect(left, top, across(level) - left, thick);
        }
        pen.fillStyle = ink;
        if (mark != null) {
            pen.fillRect(across(mark) - 1.5, top - 2, 3, thick + 4);
        }
        [pen.strokeStyle, pen.lineWidth] = [ink, 1.5];
        if (hollow != null) {
            pen.strokeRect(across(hollow) - 3, top + (thick / 2) - 3, 6, 6);
        }
        if (aims && target != null) {
            [pen.strokeStyle, pen.lineWidth] = [colour(root, 'target'), 2];
            line(pen, [[across(target), top - 5], [across(target), top + thick + 5]], [4, 3]);
        }
    });
}

/** In words: what a description of the picture says. */
export function describeLevels(heard, texts) {
    return heard === null ? texts.silent : texts.levels
        .replace('{0}', number(heard.in.momentary)).replace('{1}', number(heard.in.truePeak))
        .replace('{2}', number(heard.out.momentary)).replace('{3}', number(heard.out.truePeak));
}
