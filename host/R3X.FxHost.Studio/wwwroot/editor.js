// The text editor: Monaco, whose files BlazorMonaco brings, kept at one with the draft in the program.

const base = './_content/BlazorMonaco/';
const quiet = 150;
let loading;

const script = (path) => new Promise((resolve, reject) => {
    const element = document.createElement('script');
    element.src = base + path;
    element.onload = resolve;
    element.onerror = () => reject(new Error(`${path} cannot be loaded. Reload the page.`));
    document.head.append(element);
});

async function loadOnce() {
    await script('lib/monaco-editor/min/vs/loader.js');
    globalThis.require.config({ paths: { vs: base + 'lib/monaco-editor/min/vs' } });
    await new Promise((resolve, reject) => globalThis.require(['vs/editor/editor.main'], resolve, reject));
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const forced = matchMedia('(forced-colors: active)');
    const { editor } = globalThis.monaco;
    // Notes of the dark theme are too dim to be read.
    const rules = [{ token: 'comment', foreground: '8fbf7f' }];
    editor.defineTheme('r3x-dark', { base: 'vs-dark', inherit: true, rules, colors: {} });
    const paint = () => editor.setTheme(
        forced.matches ? (dark.matches ? 'hc-black' : 'hc-light') : dark.matches ? 'r3x-dark' : 'vs');
    for (const query of [dark, forced])
        query.addEventListener('change', paint);
    paint();
}

const options = {
    language: 'yaml',
    automaticLayout: true,
    wordWrap: 'on',
    scrollBeyondLastLine: false,
    minimap: { enabled: false },
    lineNumbersMinChars: 3,
    folding: false,
    tabSize: 2,
    insertSpaces: true,
    detectIndentation: false,
    unusualLineTerminators: 'off',
};

export async function attach(place, program) {
    await (loading ??= loadOnce());
    const { monaco } = globalThis;
    const editor = monaco.editor.create(place, options);
    const model = editor.getModel();
    const lines = () => model.getValue(monaco.editor.EndOfLinePreference.LF);
    let basis = model.getValue();
    let isTaking = false;
    let timer = 0;
    let sending = Promise.resolve();

    // What it announces stands in live regions, which are no landmarks.
    for (const region of document.querySelectorAll('.monaco-aria-container [role="complementary"]'))
        region.removeAttribute('role');

    // The Tab key moves the focus, as everywhere on the page.
    if (!editor.getOption(monaco.editor.EditorOption.tabFocusMode))
        editor.trigger('r3x', 'editor.action.toggleTabFocusMode');

    // Puts another text in by the one change that makes it of this one, so that cursor and view stay.
    function take(text) {
        const now = lines(), then = text.replaceAll(/\r\n?/g, '\n');
        basis = text;
        if (now === then)
            return;
        let head = 0, tail = 0;
        const most = Math.min(now.length, then.length);
        while (head < most && now[head] === then[head])
            head++;
        while (tail < most - head && now[now.length - 1 - tail] === then[then.length - 1 - tail])
            tail++;
        model.setEOL(monaco.editor.EndOfLineSequence.LF);
        const range = monaco.Range.fromPositions(model.getPositionAt(head), model.getPositionAt(now.length - tail));
        isTaking = true;
        editor.executeEdits('r3x', [{ range, text: then.slice(head, then.length - tail) }]);
        isTaking = false;
    }

    async function send() {
        clearTimeout(timer);
        timer = 0;
        const sent = lines();
        const text = await program.invokeMethodAsync('Typed', basis, sent);
        if (lines() === sent)
            take(text);
        else if (text.replaceAll(/\r\n?/g, '\n') === sent)
            basis = text;
    }

    model.onDidChangeContent(() => {
        if (isTaking)
            return;
        clearTimeout(timer);
        timer = setTimeout(() => sending = sending.then(send), quiet);
    });

    return {
        show(text, isOther, label) {
            if (isOther) {
                clearTimeout(timer);
                timer = 0;
                isTaking = true;
                model.setValue(text);
                model.setEOL(monaco.editor.EndOfLineSequence.LF);
                isTaking = false;
                basis = text;
                editor.updateOptions({ ariaLabel: label });
            } else if (timer === 0) {
                take(text);
            }
            // What was typed and not told yet is told with the text it was based on.
        },
        mark: (messages) => monaco.editor.setModelMarkers(model, 'r3x', messages.map((wrong) => ({
            startLineNumber: wrong.line,
            startColumn: wrong.column,
            endLineNumber: wrong.line,
            endColumn: wrong.column + wrong.length,
            message: wrong.message,
            severity: wrong.isError ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
        }))),
        close() {
            clearTimeout(timer);
            model.dispose();
            editor.dispose();
        },
        go(line, column) {
            editor.setPosition({ lineNumber: line, column });
            editor.revealLineInCenterIfOutsideViewport(line);
            editor.focus();
        },
    };
}
