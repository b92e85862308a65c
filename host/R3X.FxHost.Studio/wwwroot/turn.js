// What the cards need of the page itself: dialogs, sliders that are told of 20 times a second at most.

export const showModal = (dialog) => dialog.showModal();

export const close = (dialog) => dialog.close();

const quiet = 50;
const held = new WeakMap();

// A slider that is dragged tells of every pixel. The first change passes; of those within 50 ms behind it the last.
function pass(event) {
    const slider = event.target;
    if (!event.isTrusted || !(slider instanceof HTMLInputElement) || slider.type !== 'range')
        return;
    const waiting = held.get(slider);
    if (waiting) {
        event.stopImmediatePropagation();
        waiting.more = true;
        return;
    }
    const state = { more: false };
    const timer = setInterval(() => {
        if (!state.more) {
            clearInterval(timer);
            held.delete(slider);
            return;
        }
        state.more = false;
        slider.dispatchEvent(new Event('input', { bubbles: true }));
    }, quiet);
    held.set(slider, state);
}

// The end of a drag, and each key, says the last value at once.
function settle(event) {
    const waiting = held.get(event.target);
    if (waiting?.more) {
        waiting.more = false;
        event.target.dispatchEvent(new Event('input', { bubbles: true }));
    }
}

document.addEventListener('input', pass, true);
document.addEventListener('change', settle, true);

// Firefox drags only what carries something.
document.addEventListener('dragstart', (event) => {
    if (event.target.classList?.contains('turn-grip'))
        event.dataTransfer.setData('text/plain', '');
});
