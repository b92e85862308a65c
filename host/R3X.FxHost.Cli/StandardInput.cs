using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading;

namespace R3X.FxHost.Cli;

/// <summary>Standard input, chunk by chunk as it arrives.</summary>
internal static class StandardInput
{
    private const int ReadBytes = 16 * 1024;

    /// <summary>
    /// Reads until the writer closes it. A read of a terminal or a pipe cannot be cancelled, so it is left behind: the
    /// program ends without it.
    /// </summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using Stream input = Console.OpenStandardInput();
        byte[] buffer = new byte[ReadBytes];
        int read;
        while ((read = await input.ReadAsync(buffer, CancellationToken.None).AsTask().WaitAsync(cancellation)) > 0)
            yield return buffer.AsMemory(0, read);
    }
}
