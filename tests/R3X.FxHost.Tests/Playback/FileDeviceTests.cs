using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Playback;

public sealed class FileDeviceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("r3x-file-");

    private string Recording => Path.Combine(_folder.FullName, "out.wav");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Unpaced_it_records_every_sample()
    {
        AudioBuffer sound = Noise.Make(2, 10_000);
        using (IOutputDevice device = OutputDevices.Open(
            "file:" + Recording, new AudioFormat(44_100, 2), new OutputDeviceOptions { Paced = false }))
            device.Play(sound, 700);
        (int rate, int channels, float[] frames) = Read();
        Assert.Equal((44_100, 2), (rate, channels));
        Assert.Equal(sound.Frames * 2, frames.Length);
        for (int i = 0; i < sound.Frames; i++)
            Assert.Equal((sound[0][i], sound[1][i]), (frames[2 * i], frames[(2 * i) + 1]));
    }

    [Fact]
    public void After_a_drain_the_file_is_whole_while_the_device_stays_open()
    {
        using IOutputDevice device = OutputDevices.Open("file:" + Recording, new AudioFormat(48_000, 1));
        device.Play(Noise.Make(1, 960));
        device.Drain();
        Assert.Equal(960, Read().Frames.Length);
        device.Play(Noise.Make(1, 960, seed: 2));
        device.Drain();
        Assert.Equal(1_920, Read().Frames.Length);
    }

    [Fact]
    public async Task Paced_it_lacks_what_a_flush_dropped()
    {
        var time = new ManualTime();
        AudioBuffer sound = Noise.Make(1, 100);
        using (IOutputDevice device = OutputDevices.Open(
            "file:" + Recording, new AudioFormat(1_000, 1),
                new OutputDeviceOptions { BufferMilliseconds = 100, Time = time }))
        {
            device.Play(sound);
            time.Advance(TimeSpan.FromMilliseconds(30));
            device.Flush();
            device.Play(sound);
            Task drain = Task.Run(device.Drain, TestContext.Current.CancellationToken);
            time.WaitForWaiter();
            time.Advance(TimeSpan.FromMilliseconds(100));
            await drain;
        }

        float[] heard = Read().Frames;
        Assert.Equal(130, heard.Length);
        Assert.Equal(sound[0][..30].ToArray(), heard[..30]);
        Assert.Equal(sound[0].ToArray(), heard[30..]);
    }

    [Fact]
    public async Task What_was_taken_back_is_replaced_in_the_file()
    {
        var time = new ManualTime();
        AudioBuffer sound = Noise.Make(1, 100);
        AudioBuffer other = Noise.Make(1, 50, seed: 2);
        using (IOutputDevice device = OutputDevices.Open(
            "file:" + Recording, new AudioFormat(1_000, 1),
                new OutputDeviceOptions { BufferMilliseconds = 100, Time = time }))
        {
            device.Play(sound);
            time.Advance(TimeSpan.FromMilliseconds(30));
            Assert.Equal(70, device.Rewind(1_000));
            device.Play(other);
            Task drain = Task.Run(device.Drain, TestContext.Current.CancellationToken);
            time.WaitForWaiter();
            time.Advance(TimeSpan.FromMilliseconds(50));
            await drain;
        }

        Assert.Equal([.. sound[0][..30], .. other[0]], Read().Frames);
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_named_with_the_reason()
    {
        string nowhere = Path.Combine(_folder.FullName, "missing", "out.wav");
        var error = Assert.Throws<DeviceException>(() => OutputDevices.Open("file:" + nowhere));
        Assert.Contains(nowhere, error.Message, StringComparison.Ordinal);
        Assert.Contains("needs a path", Assert.Throws<DeviceException>(() => OutputDevices.Open("file:")).Message,
            StringComparison.Ordinal);
    }

    private (int Rate, int Channels, float[] Frames) Read()
    {
        using var file = new FileStream(Recording, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        Assert.Equal(bytes.Length - 8, BitConverter.ToInt32(bytes, 4));
        Assert.Equal(bytes.Length - 58, BitConverter.ToInt32(bytes, 54));
        return (BitConverter.ToInt32(bytes, 24), BitConverter.ToInt16(bytes, 22),
            MemoryMarshal.Cast<byte, float>(bytes.AsSpan(58)).ToArray());
    }
}
