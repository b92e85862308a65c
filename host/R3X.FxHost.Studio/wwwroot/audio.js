// Plays the page's line: in this browser, or, showing the meters, at the host's loudspeaker.
const fadeSeconds = 0.015;

let playing = null;

// The view's component is told when the host ends it.
export async function play(address, view, inBrowser, rate, channels) {
    stop();
    const run = { worker: new Worker(new URL("audio.worker.js", import.meta.url)) };
    playing = run;
    run.worker.onmessage = ({ data }) => {
        if (playing !== run)
            return;
        if (data.meters)
            dispatchEvent(new CustomEvent("r3x-meters", { detail: data.meters }));
        else if (data.closed) {
            stop();
            view.invokeMethodAsync("StoppedAsync");
        }
    };
    const start = { address: socketAddress(address) };
    if (inBrowser) {
        run.context = new AudioContext({ sampleRate: rate, latencyHint: "interactive" });
        await run.context.audioWorklet.addModule(new URL("player.worklet.js", import.meta.url));
        if (playing !== run)
            return;
        const channel = new MessageChannel();
        const player = new AudioWorkletNode(
            run.context, "r3x-player", { numberOfInputs: 0, outputChannelCount: [channels] });
        run.gain = run.context.createGain();
        player.connect(run.gain).connect(run.context.destination);
        player.port.postMessage(channel.port1, [channel.port1]);
        start.player = channel.port2;
        start.rate = rate;
        await resume(run.context);
        start.latencyFrames = Math.round((run.context.outputLatency || run.context.baseLatency || 0) * rate);
    }
    if (playing === run)
        run.worker.postMessage(start, start.player ? [start.player] : []);
}

export function stop() {
    if (!playing)
        return;
    const run = playing;
    playing = null;
    if (run.gain) {
        run.gain.gain.setTargetAtTime(0, run.context.currentTime, fadeSeconds / 5);
        setTimeout(() => end(run), 1000 * (fadeSeconds + run.context.baseLatency));
    } else {
        end(run);
    }
    dispatchEvent(new CustomEvent("r3x-silent"));
}

function end(run) {
    run.worker.terminate();
    run.context?.close();
}

function socketAddress(address) {
    const url = new URL(address, document.baseURI);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    return url.href;
}

// A browser may want a key or a click first.
async function resume(context) {
    if (context.state === "running")
        return;
    const again = () => context.resume();
    for (const name of ["pointerdown", "keydown"])
        addEventListener(name, again, { once: true });
    await Promise.race([context.resume(), new Promise(done => setTimeout(done, 500))]);
}
