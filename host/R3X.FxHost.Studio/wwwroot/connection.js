// Shows that the program which serves the page has gone, and comes back to it. Blazor tells of the connection on the
// dialog that has its name, and tries again by itself for a while.
const dialog = document.getElementById('components-reconnect-modal');
const result = document.getElementById('connection-result');

dialog.addEventListener('components-reconnect-state-changed', event => {
    switch (event.detail.state) {
        case 'show':
            result.textContent = '';
            if (!dialog.open)
                dialog.showModal();
            break;
        case 'hide':
            dialog.close();
            break;
        case 'rejected':
            // The program is there and has forgotten this page.
            location.reload();
            break;
    }
});

document.getElementById('connection-look').addEventListener('click', () => dialog.close());
document.getElementById('connection-again').addEventListener('click', async () => {
    result.textContent = '';
    try {
        await fetch(location.pathname, { cache: 'no-store' });
        location.reload();
    } catch {
        result.textContent = result.dataset.failed;
    }
});
