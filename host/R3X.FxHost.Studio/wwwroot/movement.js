// Marks of settings that move, put where the meters say that they are.

const still = matchMedia('(prefers-reduced-motion: reduce)');
let told = 0;

const number = (value) => String(Number(value.toPrecision(3)));

function share(mark, value) {
    const low = Number(mark.dataset.low), high = Number(mark.dataset.high);
    const at = mark.dataset.log
        ? Math.log(Math.max(value, low) / low) / Math.log(high / low) : (value - low) / (high - low);
    return Math.min(Math.max(at, 0), 1);
}

function draw(event) {
    const settings = event.detail.settings ?? {};
    for (const mark of document.querySelectorAll('[data-setting]')) {
        const value = settings[mark.dataset.setting];
        mark.hidden = typeof value !== 'number' || still.matches;
        if (!mark.hidden)
            mark.style.left = `${100 * share(mark, value)}%`;
    }
    // Numbers that change 30 times a second cannot be read.
    if (event.timeStamp - told < 250)
        return;
    told = event.timeStamp;
    for (const now of document.querySelectorAll('[data-now]')) {
        const value = settings[now.dataset.now];
        now.textContent = typeof value === 'number' ? number(value) + now.dataset.unit : '';
    }
}

function clear() {
    for (const mark of document.querySelectorAll('[data-setting]'))
        mark.hidden = true;
    for (const now of document.querySelectorAll('[data-now]'))
        now.textContent = '';
}

addEventListener('r3x-meters', draw);
addEventListener('r3x-silent', clear);
