// Plays what the host sends: a jitter buffer of some 40 ms, more where it ran dry, that asks for what it plays.
const firstTargetSeconds = 0.04;
const mostTargetSeconds = 0.25;
const askFrames = 256;
const fadeFrames = 128;

class Player extends AudioWorkletProcessor {
    constructor(options) {
        super();
        this.channels = options.outputChannelCount[0];
        this.target = Math.round(firstTargetSeconds * sampleRate);
        this.blocks = [];
        this.at = 0;
        this.held = 0;
        this.played = 0;
        this.asked = 0;
        this.underruns = 0;
        this.waits = true;
        this.fade = 0;
        this.last = new Float32Array(this.channels);
        this.port.onmessage = event => {
            this.feed = event.data;
            this.feed.onmessage = message => this.take(message.data);
            this.ask();
        };
    }

    take(block) {
        this.blocks.push(block);
        this.held += block.length / this.channels;
    }

    // Up to which frame it is to be there. The clock that asks is the one that plays: nothing drifts.
    ask() {
        this.asked = this.played;
        this.feed.postMessage({ played: this.played, wanted: this.played + this.target, underruns: this.underruns });
    }

    process(_, [output]) {
        if (!this.feed)
            return true;
        const frames = output[0].length;
        if (this.waits && this.held >= this.target / 2 && this.held >= frames) {
            this.waits = false;
            this.fade = 0;
        } else if (!this.waits && this.held < frames) {
            // Too late: what was heard last dies away, and more is kept from now on.
            this.waits = true;
            this.underruns++;
            this.target = Math.min(1.5 * this.target, mostTargetSeconds * sampleRate);
            this.ask();
        }
        for (let i = 0; i < frames; i++)
            this.waits ? this.rest(output, i) : this.play(output, i);
        if (this.played - this.asked >= askFrames)
            this.ask();
        return true;
    }

    rest(output, i) {
        for (let channel = 0; channel < output.length; channel++)
            output[channel][i] = this.last[channel] *= 0.97;
    }

    play(output, i) {
        const block = this.blocks[0];
        const length = block.length / this.channels;
        const gain = this.fade < fadeFrames ? ++this.fade / fadeFrames : 1;
        for (let channel = 0; channel < output.length; channel++) {
            const sample = block[Math.min(channel, this.channels - 1) * length + this.at];
            output[channel][i] = this.last[channel] = gain * sample;
        }
        this.played++;
        this.held--;
        if (++this.at === length) {
            this.blocks.shift();
            this.at = 0;
        }
    }
}

registerProcessor("r3x-player", Player);
