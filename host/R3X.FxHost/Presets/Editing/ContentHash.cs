using System;
using System.Security.Cryptography;

namespace R3X.FxHost.Presets.Editing;

/// <summary>Tells whether a file still holds what it held: SHA-256, in lower-case hexadecimal digits.</summary>
internal static class ContentHash
{
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
