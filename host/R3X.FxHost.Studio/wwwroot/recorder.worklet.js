// Passes on what the microphone gives, one channel of it.
class Recorder extends AudioWorkletProcessor {
    process([input]) {
        if (input.length > 0)
            this.port.postMessage(input[0].slice());
        return true;
    }
}

registerProcessor("r3x-recorder", Recorder);
