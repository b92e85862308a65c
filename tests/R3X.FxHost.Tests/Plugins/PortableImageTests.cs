using System;
using System.IO;
using System.Linq;
using System.Reflection.PortableExecutable;
using R3X.FxHost.Plugins;
using Xunit;

namespace R3X.FxHost.Tests.Plugins;

public sealed class PortableImageTests
{
    [Fact]
    public void An_effect_compiled_ahead_of_time_loses_its_machine_code_and_nothing_else()
    {
        foreach (string file in Directory.GetFiles(Repository.PathOf("plugins"), "R3X.FxHost.Effects.*.dll", SearchOption.AllDirectories))
        {
            using var image = new PEReader(File.OpenRead(file));
            bool isCompiledAhead = image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
            byte[]? bytes = PortableImage.Read(file);
            Assert.Equal(isCompiledAhead, bytes is not null);
            if (bytes is null)
                continue;
            Assert.InRange(bytes.Zip(File.ReadAllBytes(file)).Count(pair => pair.First != pair.Second), 1, 160);
            using var portable = new PEReader(new MemoryStream(bytes));
            Assert.True(Enum.IsDefined(portable.PEHeaders.CoffHeader.Machine));
            Assert.Equal(CorFlags.ILOnly, portable.PEHeaders.CorHeader!.Flags & (CorFlags.ILOnly | CorFlags.ILLibrary));
            Assert.Equal(0, portable.PEHeaders.CorHeader.ManagedNativeHeaderDirectory.Size);
        }
    }

    [Fact]
    public void An_assembly_without_machine_code_is_left_as_it_is() =>
        Assert.Null(PortableImage.Read(Repository.PathOf("artifacts", "test-plugins", "test-gain", "test-gain.dll")));
}
