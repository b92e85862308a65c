using System;
using System.Globalization;
using System.Threading.Tasks;

namespace R3X.FxHost.StandIn;

/// <summary>The stand-in as a process: <c>--port 0 --wyoming-port 0</c>; ends with its standard input, or a
/// signal.</summary>
internal static class Program
{
    private static async Task Main(string[] arguments)
    {
        await using Upstream upstream = await Upstream.StartAsync(Port("--port"), Port("--wyoming-port"));
        Console.WriteLine($"Listening on {upstream.Address}");
        Console.WriteLine($"Wyoming on tcp://127.0.0.1:{upstream.WyomingPort.ToString(CultureInfo.InvariantCulture)}");
        await upstream.Stopped;

        int Port(string name)
        {
            int at = Array.IndexOf(arguments, name);
            return at < 0 ? 0 : int.Parse(arguments[at + 1], CultureInfo.InvariantCulture);
        }
    }
}
