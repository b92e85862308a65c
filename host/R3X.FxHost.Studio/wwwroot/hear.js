// What a page of components cannot do: keys anywhere on the page, files that are dropped, and the microphone.
const mostSeconds = 120;

let view = null;
let recording = null;

// The view's component, the drop area's element and the address lines are sent to.
export function attach(component, area, address) {
    const ended = new AbortController();
    const { signal } = ended;
    view = { component, address, ended };
    const file = area.querySelector("input[type=file]");
    file.addEventListener("change", () => {
        if (file.files.length > 0)
            send(file.files[0], file.files[0].name);
        file.value = "";
    }, { signal });
    area.addEventListener("dragover", event => {
        event.preventDefault();
        area.classList.add("over");
    }, { signal });
    area.addEventListener("dragleave", () => area.classList.remove("over"), { signal });
    area.addEventListener("drop", event => {
        event.preventDefault();
        area.classList.remove("over");
        const [dropped] = event.dataTransfer.files;
        // A configuration becomes a preset.
        if (dropped && !dropped.name.toLowerCase().endsWith(".json"))
            send(dropped, dropped.name);
    }, { signal });
    document.addEventListener("keydown", event => {
        if (document.getElementById("hear-keys").checked && isShortcut(event)) {
            event.preventDefault();
            component.invokeMethodAsync("PressAsync", event.key);
        }
    }, { signal });
}

export function detach() {
    view?.ended.abort();
    view = null;
    recording?.end();
}

// Where somebody writes, a key is a letter; where a control has the focus, space is its own.
function isShortcut(event) {
    const { key, target } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || !["1", "2", "3", "x", " "].includes(key))
        return false;
    if (target.isContentEditable || target.closest("textarea, select, dialog, [role=textbox], .monaco-editor"))
        return false;
    const input = target.closest("input");
    if (input && !["radio", "checkbox", "range", "button"].includes(input.type))
        return false;
    return key !== " " || !target.closest("input, button, a, summary, [role=button], [tabindex]");
}

async function send(body, name) {
    const { component, address } = view;
    try {
        const answer = await fetch(`${address}&name=${encodeURIComponent(name)}`, { method: "POST", body });
        // The server refuses that before the studio sees it.
        if (answer.status === 413)
            await component.invokeMethodAsync("TooLarge", name);
    } catch {
        await component.invokeMethodAsync("NotUploaded", name);
    }
}

// Records until endRecording, and sends it. Returns null when it has begun, or why the microphone cannot be used.
export async function record(name) {
    const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 };
    let stream;
    try {
        stream = await navigator.mediaDevices.getUserMedia({ audio: plain });
    } catch (error) {
        return `${error.message}.`.replace("..", ".");
    }
    const context = new AudioContext();
    await context.audioWorklet.addModule(new URL("recorder.worklet.js", import.meta.url));
    const recorder = new AudioWorkletNode(context, "r3x-recorder", { numberOfOutputs: 0 });
    context.createMediaStreamSource(stream).connect(recorder);
    const blocks = [];
    let frames = 0;
    recording = {
        end(sends) {
            recording = null;
            recorder.port.onmessage = null;
            stream.getTracks().forEach(track => track.stop());
            context.close();
            if (sends && frames > 0)
                send(wave(blocks, frames, context.sampleRate), name);
        },
    };
    return new Promise(begun => recorder.port.onmessage = ({ data }) => {
        blocks.push(data);
        frames += data.length;
        begun(null);
        if (frames >= mostSeconds * context.sampleRate)
            view.component.invokeMethodAsync("EndRecordingAsync");
    });
}

export function endRecording() {
    recording?.end(true);
}

// A WAV file of 32-bit floats.
function wave(blocks, frames, rate) {
    const head = new DataView(new ArrayBuffer(44));
    const text = (at, word) => [...word].forEach((letter, i) => head.setUint8(at + i, letter.charCodeAt(0)));
    text(0, "RIFF");
    head.setUint32(4, 36 + 4 * frames, true);
    text(8, "WAVEfmt ");
    head.setUint32(16, 16, true);
    head.setUint16(20, 3, true);
    head.setUint16(22, 1, true);
    head.setUint32(24, rate, true);
    head.setUint32(28, 4 * rate, true);
    head.setUint16(32, 4, true);
    head.setUint16(34, 32, true);
    text(36, "data");
    head.setUint32(40, 4 * frames, true);
    return new Blob([head, ...blocks]);
}
