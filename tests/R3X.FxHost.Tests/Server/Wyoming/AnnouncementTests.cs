using System;
using System.Buffers.Binary;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Server.Wyoming;

public sealed class AnnouncementTests
{
    private const int Pointer = 12;

    private static readonly IPEndPoint Everybody = new(IPAddress.Parse("224.0.0.251"), 5353);

    [Fact]
    public async Task The_service_is_found_by_multicast_dns_and_by_nothing_when_it_is_not_announced()
    {
        await using ServerProcess silent = await ServerProcess.StartAsync();
        await using ServerProcess server = await ServerProcess.StartAsync("--announce", "on");
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Client.SetSocketOption(
            SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.Loopback.GetAddressBytes());
        // What is no message is passed over.
        await socket.SendAsync(new byte[] { 0, 7, 0 }, Everybody);
        await socket.SendAsync(new byte[] { 0, 7, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xC0, 0x0C, 0, 12, 0, 1 }, Everybody);
        await socket.SendAsync(Question("_wyoming._tcp.local", Pointer), Everybody);

        byte[] answer = await AnswerAsync(socket, server.Wyoming.Port);

        Assert.Equal(0x0007, BinaryPrimitives.ReadUInt16BigEndian(answer));
        Assert.Equal(0x8400, BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(2)));
        // The address stands last, for whoever reads it.
        Assert.Equal([127, 0, 0, 1], answer[^4..]);
        Assert.Contains("announced and only this machine reaches it", server.Errors, StringComparison.Ordinal);
        Assert.Equal("", silent.Errors);

        static byte[] Service(int port) => [0, 0, 0, 0, (byte)(port >> 8), (byte)port];
        Assert.True(answer.AsSpan().IndexOf(Service(server.Wyoming.Port)) > 0);
        Assert.True(answer.AsSpan().IndexOf(Service(silent.Wyoming.Port)) < 0);
    }

    // Of others, which may run beside these tests, there may be answers, too.
    private static async Task<byte[]> AnswerAsync(UdpClient socket, int port)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        byte[] name = System.Text.Encoding.ASCII.GetBytes($"port {port}");
        while (true)
        {
            byte[] answer = (await socket.ReceiveAsync(limit.Token)).Buffer;
            if (answer.AsSpan().IndexOf(name) > 0)
                return answer;
        }
    }

    private static byte[] Question(string name, int type) =>
    [
        0, 7, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0,
        .. name.Split('.').SelectMany(static label => (byte[])
            [(byte)label.Length, .. System.Text.Encoding.ASCII.GetBytes(label)]),
        0, 0, (byte)type, 0, 1,
    ];
}
