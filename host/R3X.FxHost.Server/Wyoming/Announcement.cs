using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.Server.Wyoming;

/// <summary>
/// Announces the Wyoming service in the local network, so that Home Assistant finds it by itself: a responder for
/// multicast DNS (RFC 6762) with the records of one service (RFC 6763). Other responders may run beside it.
/// </summary>
internal sealed class Announcement : IAsyncDisposable
{
    private const int Port = 5353;
    private const string ServiceType = "_wyoming._tcp.local";
    private const string AllTypes = "_services._dns-sd._udp.local";

    // As RFC 6762, section 10, asks: what names an address is kept shortly, the rest long.
    private const int AddressSeconds = 120;
    private const int OtherSeconds = 4_500;

    // To who asks as if this were a DNS server.
    private const int MostLegacySeconds = 10;

    private static readonly IPAddress Group = IPAddress.Parse("224.0.0.251");
    private static readonly IPEndPoint Everybody = new(Group, Port);

    private readonly IPEndPoint _service;
    private readonly string _instance;
    private readonly string _host;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly HashSet<IPAddress> _joined = [];
    private Task _answering = Task.CompletedTask;

    /// <summary>Takes the port of multicast DNS.</summary>
    /// <param name="service">Where the service listens.</param>
    /// <exception cref="SocketException">The port cannot be had.</exception>
    public Announcement(IPEndPoint service)
    {
        _service = service;
        // Machine and port make the names this service's alone, also beside another responder for the machine's own.
        string machine = Environment.MachineName.Split('.')[0];
        _instance = $"R3X on {machine}, port {service.Port}.{ServiceType}";
        _host = $"r3x-{machine}-{service.Port}.local";
        try
        {
            _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.PacketInformation, true);
            _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, 255);
            _socket.Bind(new IPEndPoint(IPAddress.Any, Port));
        }
        catch (SocketException)
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>Announces it, and answers from now on.</summary>
    public void Start()
    {
        NetworkChange.NetworkAddressChanged += Announce;
        _answering = Task.WhenAll(AnswerAsync(), AnnounceAsync());
    }

    /// <summary>Says that it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        NetworkChange.NetworkAddressChanged -= Announce;
        await TellEverybodyAsync(seconds: 0);
        await _stop.CancelAsync();
        await _answering;
        _socket.Dispose();
        _stop.Dispose();
        _sending.Dispose();
    }

    private void Announce(object? sender, EventArgs change) => _ = TellEverybodyAsync(seconds: null);

    // Twice, a second apart, as messages may be lost.
    private async Task AnnounceAsync()
    {
        try
        {
            await TellEverybodyAsync(seconds: null);
            await Task.Delay(TimeSpan.FromSeconds(1), _stop.Token);
            await TellEverybodyAsync(seconds: null);
        }
        catch (OperationCanceledException)
        {
            // It is gone already.
        }
    }

    private async Task TellEverybodyAsync(int? seconds)
    {
        foreach ((IPAddress address, int card) in Addresses())
        {
            DnsRecord[] records = [.. Records(address).Select(r => r with { Seconds = seconds ?? r.Seconds })];
            await SendAsync(new DnsMessage(0, IsAnswer: true, [], records), Everybody, address, card);
        }
    }

    private async Task AnswerAsync()
    {
        byte[] buffer = new byte[9_000];
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                SocketReceiveMessageFromResult come = await _socket.ReceiveMessageFromAsync(
                    buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                if (DnsMessage.Read(buffer.AsSpan(0, come.ReceivedBytes)) is not { IsAnswer: false } query
                    || !query.Questions.Any(question => IsAbout(question.Name)))
                    continue;
                (IPAddress address, int card) =
                    Addresses().Find(one => one.Card == come.PacketInformation.Interface);
                if (address is not null)
                    await AnswerAsync(query, (IPEndPoint)come.RemoteEndPoint, address, card);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // Such as an answer that reached nobody.
            }
        }
    }

    private async Task AnswerAsync(DnsMessage query, IPEndPoint from, IPAddress address, int card)
    {
        DnsRecord[] all = [.. Records(address)];
        bool Has(DnsRecord record) => query.Answers.Any(known => IsSame(known, record)
            && known.Seconds >= record.Seconds / 2);
        DnsRecord[] answers = [.. all.Where(record => query.Questions.Any(question => Asks(question, record))
            && !Has(record))];
        if (answers.Length == 0)
            return;
        DnsRecord[] additional = answers.Any(static record => record.Type is DnsMessage.Pointer or DnsMessage.Service)
            ? [.. all.Where(record => record.IsOwn && !answers.Contains(record))] : [];
        bool isLegacy = from.Port != Port;
        bool isUnicast = isLegacy || query.Questions.All(static question => question.WantsUnicast);
        var answer = new DnsMessage(
            isLegacy ? query.Id : (ushort)0, IsAnswer: true, isLegacy ? query.Questions : [], answers)
        {
            Additional = additional,
        };
        if (isLegacy)
            answer = answer with { Answers = Short(answers), Additional = Short(additional) };
        await SendAsync(answer, isUnicast ? from : Everybody, address, card);
    }

    private bool IsAbout(string name) => ((string[])[ServiceType, AllTypes, _instance, _host]).Contains(
        name, StringComparer.OrdinalIgnoreCase);

    private static DnsRecord[] Short(IEnumerable<DnsRecord> records) => [.. records.Select(static record => record with
    {
        Seconds = Math.Min(record.Seconds, MostLegacySeconds), IsOwn = false,
    })];

    private static bool Asks(DnsQuestion question, DnsRecord record) =>
        (question.Type == record.Type || question.Type == DnsMessage.Any)
        && question.Name.Equals(record.Name, StringComparison.OrdinalIgnoreCase);

    private static bool IsSame(DnsRecord known, DnsRecord record) => known.Type == record.Type
        && known.Name.Equals(record.Name, StringComparison.OrdinalIgnoreCase)
        && known.Data.AsSpan().SequenceEqual(record.Data);

    private IEnumerable<DnsRecord> Records(IPAddress address)
    {
        byte[] service = [0, 0, 0, 0, 0, 0, .. DnsMessage.NameBytes(_host)];
        BinaryPrimitives.WriteUInt16BigEndian(service.AsSpan(4), (ushort)_service.Port);
        yield return new DnsRecord(
            ServiceType, DnsMessage.Pointer, OtherSeconds, DnsMessage.NameBytes(_instance), IsOwn: false);
        yield return new DnsRecord(
            AllTypes, DnsMessage.Pointer, OtherSeconds, DnsMessage.NameBytes(ServiceType), IsOwn: false);
        yield return new DnsRecord(_instance, DnsMessage.Service, AddressSeconds, service, IsOwn: true);
        yield return new DnsRecord(_instance, DnsMessage.Text, OtherSeconds, [0], IsOwn: true);
        yield return new DnsRecord(_host, DnsMessage.A, AddressSeconds, address.GetAddressBytes(), IsOwn: true);
    }

    private async Task SendAsync(DnsMessage message, IPEndPoint to, IPAddress from, int card)
    {
        await _sending.WaitAsync();
        try
        {
            if (_joined.Add(from))
            {
                _socket.SetSocketOption(
                    SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(Group, card));
            }

            _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, from.GetAddressBytes());
            await _socket.SendToAsync(message.ToBytes(), SocketFlags.None, to);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // A card that has just gone, or cannot send to many.
        }
        finally
        {
            _sending.Release();
        }
    }

    // The service's addresses, each with the network card that has it.
    private List<(IPAddress Address, int Card)> Addresses()
    {
        bool isAnywhere = _service.Address.Equals(IPAddress.Any) || _service.Address.Equals(IPAddress.IPv6Any);
        var found = new List<(IPAddress, int)>();
        try
        {
            foreach (NetworkInterface card in NetworkInterface.GetAllNetworkInterfaces())
            {
                if (card.OperationalStatus is not (OperationalStatus.Up or OperationalStatus.Unknown)
                    || !card.Supports(NetworkInterfaceComponent.IPv4))
                    continue;
                IPInterfaceProperties properties = card.GetIPProperties();
                found.AddRange(properties.UnicastAddresses.Select(static one => one.Address)
                    .Where(address => address.AddressFamily == AddressFamily.InterNetwork
                        && (isAnywhere ? !IPAddress.IsLoopback(address) : address.Equals(_service.Address)))
                    .Select(address => (address, properties.GetIPv4Properties().Index)));
            }
        }
        catch (NetworkInformationException)
        {
            // A card that goes while it is looked at; the next question finds the others.
        }

        return found;
    }
}
