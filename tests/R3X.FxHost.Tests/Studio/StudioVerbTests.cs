using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Playwright;
using R3X.FxHost.Tests.Cli;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace R3X.FxHost.Tests.Studio;

/// <summary><c>r3x studio</c>, from its start to its end.</summary>
public sealed class StudioVerbTests(StudioBrowser browser) : IDisposable
{
    private const int Interrupt = 2;

    private static readonly string[] Quiet =
    [
        "studio", "--port", "0", "--wyoming-port", "off", "--device", "null", "--openai", "off", "--elevenlabs", "off",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("r3x-desktop-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_prints_the_page_s_address_and_opens_it_on_a_desktop()
    {
        (R3xProcess process, string address) = await StartAsync("DISPLAY", Quiet);
        using (process)
        {
            string opened = Path.Combine(_folder.FullName, "opened");
            while (!File.Exists(opened))
                await Task.Delay(10, Stop);

            Assert.Matches(@"^http://127\.0\.0\.1:\d+/studio\?key=[0-9a-f]{32}$", address);
            Assert.Equal(address, (await File.ReadAllTextAsync(opened, Stop)).Trim());
            process.Signal(Interrupt);
            (await process.EndAsync()).Ended(0);
        }
    }

    [Theory]
    [InlineData("DISPLAY", "--no-browser")]
    [InlineData("NO_DESKTOP")]
    public async Task It_opens_nothing_where_that_is_not_wanted_or_there_is_no_desktop(
        string variable, params string[] more)
    {
        (R3xProcess process, _) = await StartAsync(variable, [.. Quiet, .. more]);
        using (process)
        {
            process.Signal(Interrupt);
            (await process.EndAsync()).Ended(0);

            Assert.Empty(_folder.GetFiles("opened"));
        }
    }

    [Fact]
    public async Task Ctrl_C_ends_it_though_pages_are_open_and_they_say_so()
    {
        (R3xProcess process, string address) = await StartAsync("NO_DESKTOP", Quiet);
        using (process)
        {
            await using StudioPage studio = await browser.OpenAsync(address);
            process.Signal(Interrupt);
            (await process.EndAsync()).Ended(0);

            ILocator notice = studio.Page.GetByRole(AriaRole.Dialog, new() { Name = "The studio does not answer" });
            await Expect(notice).ToBeVisibleAsync();
            await notice.GetByRole(AriaRole.Button, new() { Name = "Try again now" }).ClickAsync();
            await Expect(notice.GetByText("Nothing answers there yet.")).ToBeVisibleAsync();
            await notice.GetByRole(AriaRole.Button, new() { Name = "Look at the page" }).ClickAsync();
            await Expect(notice).ToBeHiddenAsync();
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_and_what_to_do()
    {
        (R3xProcess process, string address) = await StartAsync("NO_DESKTOP", Quiet);
        using (process)
        {
            string[] again = [.. Quiet];
            again[2] = new Uri(address).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
            (await R3xProcess.RunAsync(null, again)).Ended(1, "already in use", "--port");
            process.Signal(Interrupt);
            (await process.EndAsync()).Ended(0);
        }
    }

    [Fact]
    public async Task Help_says_what_it_is_with_examples()
    {
        string help = (await R3xProcess.RunAsync(null, "studio", "--help")).Ended(0).Text;

        Assert.Contains("a page on which presets are shaped by ear", help, StringComparison.Ordinal);
        Assert.Contains("--no-browser", help, StringComparison.Ordinal);
        Assert.Contains("r3x studio --presets ~/my-presets", help, StringComparison.Ordinal);
        Assert.Contains("--studio", (await R3xProcess.RunAsync(null, "serve", "--help")).Ended(0).Text,
            StringComparison.Ordinal);
    }

    // A desktop is a variable and a program that opens what it is given.
    private async Task<(R3xProcess Process, string Address)> StartAsync(string variable, string[] arguments)
    {
        string open = Path.Combine(_folder.FullName, "xdg-open");
        await File.WriteAllTextAsync(
            open, $"#!/bin/sh\nprintf '%s\\n' \"$1\" > {_folder}/new && mv {_folder}/new {_folder}/opened\n", Stop);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(open, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }


        System.Diagnostics.ProcessStartInfo start = R3xProcess.Interruptible(null, arguments);
        start.Environment.Remove("DISPLAY");
        start.Environment.Remove("WAYLAND_DISPLAY");
        start.Environment[variable] = ":7";
        start.Environment["PATH"] = $"{_folder}:{start.Environment["PATH"]}";
        R3xProcess process = R3xProcess.Start(start, collectOutput: false);
        process.Input.Close();
        const string Said = "Studio on ";
        string line;
        do
        {
            line = process.Line();
            Assert.NotEqual("", line);
        }
        while (!line.StartsWith(Said, StringComparison.Ordinal));
        return (process, line[Said.Length..]);
    }
}
