namespace R3X.FxHost.Presets;

/// <summary>What came of reading one value: the value, or what is wrong with it.</summary>
/// <param name="Value">The value in the quantity's base unit; meaningless beside a complaint.</param>
/// <param name="Complaint">What is wrong, or null.</param>
internal readonly record struct ValueReading(double Value, Complaint? Complaint)
{
    public static ValueReading Of(double value) => new(value, null);

    public static ValueReading Wrong(string message, string fix) => new(0, new Complaint(message, fix));
}
