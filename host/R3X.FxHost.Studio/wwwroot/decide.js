// What saving and undoing need of the page itself: keys, and a dialog that the rest of the page waits for.

export const open = (dialog) => {
    if (!dialog.open)
        dialog.showModal();
};

export const close = (dialog) => dialog.close();

const turned = ['range', 'checkbox', 'radio', 'button', 'file'];

const isTyped = (element) => element?.isContentEditable || element instanceof HTMLTextAreaElement
    || (element instanceof HTMLInputElement && !turned.includes(element.type));

function nameOf(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey)
        return null;
    const key = event.key.toLowerCase();
    if (key === 's' && !event.shiftKey)
        return 'SaveAsync';
    // A field has an undo of its own.
    if (isTyped(event.target))
        return null;
    if (key === 'z')
        return event.shiftKey ? 'Redo' : 'Undo';
    return key === 'y' ? 'Redo' : null;
}

export function listen(view) {
    const heard = (event) => {
        const name = nameOf(event);
        if (!name)
            return;
        event.preventDefault();
        // What stands in a field is told when it is left, and is meant to be saved.
        if (name === 'SaveAsync' && isTyped(event.target))
            event.target.dispatchEvent(new Event('change', { bubbles: true }));
        view.invokeMethodAsync(name);
    };
    document.addEventListener('keydown', heard);
    return { stop: () => document.removeEventListener('keydown', heard) };
}
