// What the canvases have in common: pixels as fine as the screen's, and the page's own colours and letters.

/** Readies a canvas of the size it has on the page. Returns null where it has none, as in a closed part of the page. */
export function begin(canvas) {
    const { clientWidth: width, clientHeight: height } = canvas;
    if (width === 0 || height === 0) {
        return null;
    }
    const ratio = devicePixelRatio;
    const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== across || canvas.height !== down) {
        [canvas.width, canvas.height] = [across, down];
    }
    const pen = canvas.getContext('2d');
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    const style = getComputedStyle(canvas);
    pen.font = `${style.fontSize} ${style.fontFamily}`;
    return { pen, width, height, letter: parseFloat(style.fontSize), ink: style.color, grid: style.borderTopColor };
}

/** The colour of a sign in the legend: custom properties such as light-dark() become what a canvas knows. */
export function colour(root, name) {
    return getComputedStyle(root.querySelector(`.sign.${name}`)).color;
}

/** A line through points, broken where one is null. */
export function line(pen, points, dash = []) {
    pen.setLineDash(dash);
    pen.beginPath();
    let isDown = false;
    for (const point of points) {
        if (point && isDown) {
            pen.lineTo(...point);
        } else if (point) {
            pen.moveTo(...point);
        }
        isDown = point !== null;
    }
    pen.stroke();
    pen.setLineDash([]);
}

/** A text at a place; where it would leave the canvas it is moved inside. */
export function label({ pen, width, ink }, text, x, y, align = 'center') {
    pen.fillStyle = ink;
    pen.textBaseline = 'middle';
    pen.textAlign = align;
    if (align === 'center') {
        const half = pen.measureText(text).width / 2;
        x = Math.min(Math.max(x, half), width - half);
    }
    pen.fillText(text, x, y);
}

/** A level as it is written: one decimal, and a dash for silence. */
export function number(level) {
    return level == null ? '–' : level.toFixed(1).replace('-', '−').replace(/^−0\.0$/, '0.0');
}
