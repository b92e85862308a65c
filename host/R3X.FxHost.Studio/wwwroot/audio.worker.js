// Between the host and the player, so that a busy page does not hold the sound up.
let socket;
let player;
let rate = 0;
let latencyFrames = 0;
let meters = [];

onmessage = event => {
    ({ player, rate, latencyFrames } = event.data);
    socket = new WebSocket(event.data.address);
    socket.binaryType = "arraybuffer";
    socket.onmessage = message => typeof message.data === "string" ? note(message.data) : pass(message.data);
    socket.onclose = () => postMessage({ closed: true });
    if (player)
        socket.onopen = () => player.onmessage = asked => answer(asked.data);
};

function pass(data) {
    const samples = new Float32Array(data, 8).slice();
    player.postMessage(samples, [samples.buffer]);
}

function answer({ played, wanted, underruns }) {
    if (socket.readyState === WebSocket.OPEN)
        socket.send(new Float64Array([wanted]));
    // What the speakers have not played yet has not been heard.
    const heard = played - latencyFrames;
    while (meters.length > 0 && meters[0].frame <= heard)
        postMessage({ meters: meters.shift(), played, underruns });
}

function note(text) {
    const detail = JSON.parse(text);
    if (player)
        meters.push(detail);
    else
        setTimeout(() => postMessage({ meters: detail }), detail.delayMs);
}
