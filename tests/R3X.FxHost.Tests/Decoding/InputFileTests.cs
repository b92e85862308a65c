using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Decoding;
using Xunit;

namespace R3X.FxHost.Tests.Decoding;

/// <summary>Opening input that may be a named pipe.</summary>
public sealed class InputFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("r3x-input-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("sound")]
    public void A_file_is_opened_at_once_also_an_empty_one(string text)
    {
        string path = Path.Combine(_folder, "x");
        File.WriteAllText(path, text);
        using FileStream file = InputFile.Open(path, TestContext.Current.CancellationToken);
        Assert.Equal(text, new StreamReader(file).ReadToEnd());
    }

    [Fact]
    public void A_missing_file_is_missing() =>
        Assert.Throws<FileNotFoundException>(
            () => InputFile.Open(Path.Combine(_folder, "x"), TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_pipe_that_somebody_writes_into_is_read_to_its_end()
    {
        string pipe = NamedPipe.Create(_folder, "pipe");
        Task writing = Task.Run(() => File.WriteAllText(pipe, "sound"), TestContext.Current.CancellationToken);
        using FileStream file = InputFile.Open(pipe, NamedPipe.Patience, TestContext.Current.CancellationToken);
        Assert.Equal("sound", await new StreamReader(file).ReadToEndAsync(TestContext.Current.CancellationToken));
        await writing;
    }

    [Fact]
    public async Task A_pipe_that_nobody_writes_into_is_given_up()
    {
        string pipe = NamedPipe.Create(_folder, "pipe");
        Task<FileStream> opening = Task.Run(
            () => InputFile.Open(pipe, TimeSpan.FromMilliseconds(50), CancellationToken.None),
                TestContext.Current.CancellationToken);
        IOException failure = await Assert.ThrowsAsync<IOException>(
            () => opening.WaitAsync(NamedPipe.Patience, TestContext.Current.CancellationToken));
        Assert.Contains($"Nobody writes into the pipe \"{pipe}\"", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_for_a_writer_can_be_cancelled()
    {
        string pipe = NamedPipe.Create(_folder, "pipe");
        using var cancelled = new CancellationTokenSource();
        Task<FileStream> opening = Task.Run(() => InputFile.Open(pipe, Timeout.InfiniteTimeSpan, cancelled.Token));
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => opening.WaitAsync(NamedPipe.Patience, TestContext.Current.CancellationToken));
    }
}
