using System;
using System.Text.Json;
using System.Text.Json.Serialization;
using R3X.FxHost.Auditioning;

namespace R3X.FxHost.Studio.Hear;

/// <summary>Meters as the page reads them: what is not a number is null.</summary>
internal static class MeterMessage
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new MeterNumber() },
    };

    /// <summary>A message.</summary>
    /// <param name="meters">What it shows.</param>
    /// <param name="delay">In how long that is heard; not used where it is told by the frame.</param>
    public static byte[] Of(AuditionMeters meters, TimeSpan delay) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            meters.Frame,
            meters.Seconds,
            meters.Heard,
            meters.In,
            meters.Out,
            meters.MatchedByDb,
            meters.Steps,
            meters.Settings,
            Spectrum = new { In = meters.SpectrumIn, Out = meters.SpectrumOut },
            DelayMs = delay.TotalMilliseconds,
        },
        Options);

    private sealed class MeterNumber : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
                writer.WriteNumberValue(Math.Round(value, 4));
            else
                writer.WriteNullValue();
        }
    }
}
