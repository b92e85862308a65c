// A configuration that is dropped anywhere on the page is taken in. Other files are for whoever asks for them; none
// makes the browser leave the page.
const isFile = event => event.dataTransfer?.types.includes('Files') && event.target.type !== 'file';

document.addEventListener('dragover', event => {
    if (isFile(event))
        event.preventDefault();
});

document.addEventListener('drop', event => {
    if (!isFile(event))
        return;
    event.preventDefault();
    const input = document.getElementById('import');
    if (input?.disabled === false && event.dataTransfer.files[0]?.name.toLowerCase().endsWith('.json')) {
        input.files = event.dataTransfer.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
    }
});
