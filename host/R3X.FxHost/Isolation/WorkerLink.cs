using System;
using System.Buffers.Binary;
using System.IO;
using System.Net.Sockets;

namespace R3X.FxHost.Isolation;

/// <summary>
/// Messages over one connection: kind and length, then what they carry. A message without a load is one system call
/// and allocates nothing. One thread at a time.
/// </summary>
/// <param name="socket">The connection.</param>
internal sealed class WorkerLink(Socket socket) : IDisposable
{
    private const int MostBytes = 1 << 20;
    private const int HeadBytes = 8;
    private const int SendMilliseconds = 2_000;

    private readonly byte[] _head = new byte[HeadBytes];
    private byte[] _load = [];
    private int _got;
    private int _timeout = -1;

    /// <summary>What came of waiting for a message.</summary>
    public enum Arrival
    {
        /// <summary>A message is there.</summary>
        Message,

        /// <summary>Nothing came in that time.</summary>
        Nothing,

        /// <summary>The other side is gone, or speaks nonsense.</summary>
        Closed,
    }

    /// <summary>The kind of the message that arrived last.</summary>
    public WorkerMessage Kind { get; private set; }

    /// <summary>What it carries.</summary>
    public BinaryReader Load => new(new MemoryStream(_load, writable: false));

    /// <summary>Sends a message.</summary>
    /// <returns>False where the other side is gone.</returns>
    public bool Send(WorkerMessage kind, ReadOnlySpan<byte> load = default)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        BinaryPrimitives.WriteInt32LittleEndian(head, (int)kind);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], load.Length);
        return SendAll(head) && SendAll(load);
    }

    /// <summary>Sends a message that carries something.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="write">Writes what it carries.</param>
    public bool Send(WorkerMessage kind, Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        write(writer);
        writer.Flush();
        return Send(kind, stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    /// <summary>Waits for a message.</summary>
    /// <param name="milliseconds">How long; 0 for ever.</param>
    public Arrival Receive(int milliseconds)
    {
        if (_timeout != milliseconds)
            socket.ReceiveTimeout = _timeout = milliseconds;
        while (_got < HeadBytes)
        {
            int more = socket.Receive(_head.AsSpan(_got), SocketFlags.None, out SocketError error);
            if (error is SocketError.TimedOut or SocketError.WouldBlock or SocketError.IOPending)
                return Arrival.Nothing;
            if (error == SocketError.Interrupted)
                continue;
            if (error != SocketError.Success || more <= 0)
                return Arrival.Closed;
            _got += more;
        }

        _got = 0;
        Kind = (WorkerMessage)BinaryPrimitives.ReadInt32LittleEndian(_head);
        int length = BinaryPrimitives.ReadInt32LittleEndian(_head.AsSpan(4));
        if (length is < 0 or > MostBytes)
            return Arrival.Closed;
        if (length == 0)
            return Arrival.Message;
        _load = new byte[length];
        return ReceiveLoad() ? Arrival.Message : Arrival.Closed;
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    // It follows its head at once.
    private bool ReceiveLoad()
    {
        socket.ReceiveTimeout = _timeout = SendMilliseconds;
        for (int got = 0; got < _load.Length;)
        {
            int more = socket.Receive(_load.AsSpan(got), SocketFlags.None, out SocketError error);
            if (error != SocketError.Success || more <= 0)
                return false;
            got += more;
        }

        return true;
    }

    private bool SendAll(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int sent = socket.Send(bytes, SocketFlags.None, out SocketError error);
            if (error != SocketError.Success || sent <= 0)
                return false;
            bytes = bytes[sent..];
        }

        return true;
    }
}
