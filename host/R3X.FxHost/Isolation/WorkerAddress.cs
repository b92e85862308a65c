using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace R3X.FxHost.Isolation;

/// <summary>
/// Where one end of a worker's connections listens: an abstract Unix socket on Linux, which leaves nothing on disk; a
/// port of the loopback elsewhere. Whoever connects sends a token first.
/// </summary>
/// <param name="Place">The socket's name, or the port.</param>
/// <param name="Token">64 hexadecimal digits.</param>
internal readonly record struct WorkerAddress(string Place, string Token)
{
    private const int TokenBytes = 32;
    private const int MostWaiting = 64;
    private const int TokenMilliseconds = 2_000;

    private static bool IsUnix => OperatingSystem.IsLinux();

    /// <summary>Begins to listen at a fresh address.</summary>
    /// <param name="listener">The socket to accept on.</param>
    /// <exception cref="SocketException">The system has no sockets left.</exception>
    public static WorkerAddress Listen(out Socket listener)
    {
        string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        string place = "r3x-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        listener = NewSocket();
        listener.Bind(IsUnix ? new UnixDomainSocketEndPoint("\0" + place) : new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(MostWaiting);
        if (!IsUnix)
            place = ((IPEndPoint)listener.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);
        return new WorkerAddress(place, token);
    }

    /// <summary>Reads what <see cref="ToString"/> gave.</summary>
    /// <exception cref="FormatException">It is no address.</exception>
    public static WorkerAddress Parse(string text) => text.Split(' ') is [var place, var token]
        ? new WorkerAddress(place, token)
        : throw new FormatException("This is no address of a worker.");

    /// <summary>Connects, and shows the token.</summary>
    /// <exception cref="SocketException">Nobody listens there any more.</exception>
    public Socket Connect()
    {
        Socket socket = NewSocket();
        try
        {
            socket.Connect(IsUnix ? new UnixDomainSocketEndPoint("\0" + Place)
                : new IPEndPoint(IPAddress.Loopback, int.Parse(Place, CultureInfo.InvariantCulture)));
            socket.Send(Convert.FromHexString(Token));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Takes the next connection that shows the token.</summary>
    /// <param name="listener">The socket that listens.</param>
    /// <returns>The connection; null where this one does not know the token.</returns>
    /// <exception cref="SocketException">The listener was closed.</exception>
    public Socket? Accept(Socket listener)
    {
        Socket socket = listener.Accept();
        if (!IsUnix)
            socket.NoDelay = true;
        socket.ReceiveTimeout = TokenMilliseconds;
        byte[] expected = Convert.FromHexString(Token);
        byte[] shown = new byte[TokenBytes];
        int got = 0;
        while (got < shown.Length)
        {
            int more = socket.Receive(shown.AsSpan(got), SocketFlags.None, out SocketError error);
            if (more <= 0 || error != SocketError.Success)
                break;
            got += more;
        }

        if (CryptographicOperations.FixedTimeEquals(shown, expected))
            return socket;
        socket.Dispose();
        return null;
    }

    /// <summary>As one word with its token, for the other side.</summary>
    public override string ToString() => $"{Place} {Token}";

    private static Socket NewSocket() => IsUnix
        ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
        : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
}
