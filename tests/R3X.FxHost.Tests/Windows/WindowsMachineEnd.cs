using System;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Windows;
using Xunit;

[assembly: AssemblyFixture(typeof(WindowsMachineEnd))]

namespace R3X.FxHost.Tests.Windows;

/// <summary>
/// Ends <see cref="WindowsMachine"/> with the last test, so that no process and no folder of it is left.
/// </summary>
public sealed class WindowsMachineEnd : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await WindowsMachine.StopAsync();
}
