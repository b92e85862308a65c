namespace R3X.FxHost.Decoding;

/// <summary>How far one call of <see cref="IDecoder.Decode"/> came.</summary>
/// <param name="BytesConsumed">Input bytes that need not be given again.</param>
/// <param name="FramesWritten">Frames written to the start of the output.</param>
internal readonly record struct DecodeStep(int BytesConsumed, int FramesWritten);
