// Makes calls with ElevenLabs' own client: node elevenlabs.mjs ADDRESS '[{"call":"stream","voice":"adam",...}, ...]'.
// Writes a line of JSON per call, in their order: what came back, audio in base64.
import { ElevenLabsClient } from "@elevenlabs/elevenlabs-js";
import { Readable } from "node:stream";

const [address, calls] = process.argv.slice(2);

const bytesOf = async (stream) => {
  const chunks = [];
  for await (const chunk of Readable.fromWeb(stream)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("base64");
};

const all = async (items) => {
  const list = [];
  for await (const item of items) list.push(item);
  return list;
};

const made = {
  convert: async (c, v, r, o) => ({ audio: await bytesOf(await c.textToSpeech.convert(v, r, o)) }),
  stream: async (c, v, r, o) => ({ audio: await bytesOf(await c.textToSpeech.stream(v, r, o)) }),
  convertWithTimestamps: (c, v, r, o) => c.textToSpeech.convertWithTimestamps(v, r, o),
  streamWithTimestamps: async (c, v, r, o) => ({ parts: await all(await c.textToSpeech.streamWithTimestamps(v, r, o)) }),
  dialogue: async (c, v, r, o) => ({ audio: await bytesOf(await c.textToDialogue.convert(r, o)) }),
  dialogueStream: async (c, v, r, o) => ({ audio: await bytesOf(await c.textToDialogue.stream(r, o)) }),
  dialogueWithTimestamps: (c, v, r, o) => c.textToDialogue.convertWithTimestamps(r, o),
  dialogueStreamWithTimestamps: async (c, v, r, o) =>
    ({ parts: await all(await c.textToDialogue.streamWithTimestamps(r, o)) }),
  speechToSpeech: async (c, v, r, o) =>
    ({ audio: await bytesOf(await c.speechToSpeech.convert(v, { ...r, audio: new Blob(["some sound"]) }, o)) }),
  voices: (c) => c.voices.getAll(),
  searchVoices: (c) => c.voices.search(),
  models: async (c) => ({ models: await c.models.list() }),
  user: (c) => c.user.get(),
};

for (const { call, key, voice, request, options } of JSON.parse(calls)) {
  const client = new ElevenLabsClient({ baseUrl: address, apiKey: key ?? "key" });
  let result;
  try {
    result = await made[call](client, voice, request, options);
  } catch (error) {
    result = { error: error.message, status: error.statusCode, body: error.body };
  }
  process.stdout.write(JSON.stringify(result) + "\n");
}
