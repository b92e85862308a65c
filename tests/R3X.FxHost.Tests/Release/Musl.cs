using System.IO;
using System.Threading.Tasks;
using R3X.FxHost.Tests.FirstUse;
using Xunit;

namespace R3X.FxHost.Tests.Release;

/// <summary>
/// What stands in for Alpine: Debian has musl, but no libstdc++ that was compiled for it. Its own one is loaded, and a
/// small library gives it what glibc has and musl has not.
/// </summary>
internal static class Musl
{
    // Answers with which libstdc++ and libgcc go on: "no", "nothing found", "done".
    private const string Missing =
        """
        #include <stddef.h>
        #include <stdint.h>
        char __libc_single_threaded = 0;
        int __cpu_model[4];
        int __cpu_indicator_init(void) { return 0; }
        int __cxa_thread_atexit_impl(void (*f)(void *), void *object, void *library) { return 0; }
        int _dl_find_object(void *address, void *result) { return -1; }
        extern size_t strftime_l(char *, size_t, const char *, const void *, void *);
        size_t __strftime_l(char *s, size_t n, const char *f, const void *t, void *l)
        { return strftime_l(s, n, f, t, l); }
        extern long getrandom(void *, size_t, unsigned);
        uint32_t arc4random(void) { uint32_t value = 0; getrandom(&value, sizeof value, 0); return value; }
        """;

    /// <summary>The words in front of a program for musl.</summary>
    /// <param name="folder">Where the libraries go.</param>
    public static async Task<string[]> InFrontAsync(string folder)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "missing.c"), Missing);
        (int exitCode, string said) = await DotnetProcess.RunAsync(
            folder, "gcc", "-shared", "-fPIC", "-nostdlib", "-o", "missing.so", "missing.c");
        Assert.True(exitCode == 0, said);
        foreach (string library in new[] { "libstdc++.so.6", "libgcc_s.so.1" })
            File.Copy(Path.Combine("/usr/lib/x86_64-linux-gnu", library), Path.Combine(folder, library));
        // libstdc++ names glibc's loader as a library.
        File.CreateSymbolicLink(Path.Combine(folder, "ld-linux-x86-64.so.2"), "missing.so");
        return [$"LD_LIBRARY_PATH={folder}", $"LD_PRELOAD={Path.Combine(folder, "missing.so")}"];
    }
}
