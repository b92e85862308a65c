using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;

namespace R3X.FxHost.Server.Wyoming;

/// <summary>A message of DNS (RFC 1035), as far as announcing a service needs it.</summary>
/// <param name="Id">Its number, which an answer repeats.</param>
/// <param name="IsAnswer">Whether it answers.</param>
/// <param name="Questions">What is asked.</param>
/// <param name="Answers">What is answered, or in a question already known.</param>
internal sealed record DnsMessage(
    ushort Id, bool IsAnswer, IReadOnlyList<DnsQuestion> Questions, IReadOnlyList<DnsRecord> Answers)
{
    public const int A = 1;
    public const int Pointer = 12;
    public const int Text = 16;
    public const int Service = 33;
    public const int Any = 255;

    private const int HeadBytes = 12;
    private const int Internet = 1;
    private const int TopBit = 0x8000;
    private const int MostNameBytes = 255;
    private const int MostLabelBytes = 63;

    /// <summary>Further records that whoever asks will need.</summary>
    public IReadOnlyList<DnsRecord> Additional { get; init; } = [];

    /// <summary>Reads a message; null where the bytes are none.</summary>
    public static DnsMessage? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            ushort flags = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
            int questions = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
            int answers = BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]);
            int at = HeadBytes;
            var asked = new List<DnsQuestion>();
            for (int i = 0; i < questions; i++)
            {
                string name = ReadName(bytes, ref at);
                int kind = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
                asked.Add(new DnsQuestion(
                    name, BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]), (kind & TopBit) != 0));
                at += 4;
            }

            var known = new List<DnsRecord>();
            for (int i = 0; i < answers; i++)
                known.Add(ReadRecord(bytes, ref at));
            return new DnsMessage(
                BinaryPrimitives.ReadUInt16BigEndian(bytes), (flags & TopBit) != 0, asked, known);
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>The message's bytes.</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        Write(bytes, Id);
        // An answer comes from whoever knows best.
        Write(bytes, IsAnswer ? TopBit | 0x0400 : 0);
        Write(bytes, Questions.Count);
        Write(bytes, Answers.Count);
        Write(bytes, 0);
        Write(bytes, Additional.Count);
        foreach (DnsQuestion question in Questions)
        {
            bytes.Write(NameBytes(question.Name));
            Write(bytes, question.Type);
            Write(bytes, Internet | (question.WantsUnicast ? TopBit : 0));
        }

        foreach (IReadOnlyList<DnsRecord> records in (IReadOnlyList<DnsRecord>[])[Answers, Additional])
        {
            foreach (DnsRecord record in records)
            {
                bytes.Write(NameBytes(record.Name));
                Write(bytes, record.Type);
                Write(bytes, Internet | (record.IsOwn ? TopBit : 0));
                Write(bytes, record.Seconds >> 16);
                Write(bytes, record.Seconds);
                Write(bytes, record.Data.Length);
                bytes.Write(record.Data);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>A name as it is written.</summary>
    public static byte[] NameBytes(string name)
    {
        using var bytes = new MemoryStream();
        foreach (string label in name.Split('.'))
        {
            byte[] text = System.Text.Encoding.UTF8.GetBytes(label);
            int length = Math.Min(text.Length, MostLabelBytes);
            bytes.WriteByte((byte)length);
            bytes.Write(text, 0, length);
        }

        bytes.WriteByte(0);
        return bytes.ToArray();
    }

    private static DnsRecord ReadRecord(ReadOnlySpan<byte> bytes, ref int at)
    {
        string name = ReadName(bytes, ref at);
        int type = BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
        int kind = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
        uint seconds = BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + 4)..]);
        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 8)..]);
        at += 10;
        byte[] data = bytes.Slice(at, length).ToArray();
        int inData = at;
        at += length;
        // A name in the data may point to one in front of it.
        if (type == Pointer)
            data = NameBytes(ReadName(bytes, ref inData));
        return new DnsRecord(name, type, (int)Math.Min(seconds, int.MaxValue), data, (kind & TopBit) != 0);
    }

    private static string ReadName(ReadOnlySpan<byte> bytes, ref int at)
    {
        var labels = new List<string>();
        int from = at;
        bool hasJumped = false;
        int before = from;
        for (int read = 0; read <= MostNameBytes;)
        {
            int length = bytes.Slice(from, 1)[0];
            if (length == 0)
            {
                if (!hasJumped)
                    at = from + 1;
                return string.Join('.', labels);
            }

            if (length > MostLabelBytes)
            {
                int to = BinaryPrimitives.ReadUInt16BigEndian(bytes[from..]) & 0x3FFF;
                if (!hasJumped)
                    at = from + 2;
                // Only ever back, so that it comes to an end.
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(to, before);
                (from, before, hasJumped) = (to, to, true);
                continue;
            }

            labels.Add(System.Text.Encoding.UTF8.GetString(bytes.Slice(from + 1, length)));
            from += length + 1;
            read += length + 1;
        }

        throw new ArgumentOutOfRangeException(nameof(bytes));
    }

    private static void Write(MemoryStream bytes, int number)
    {
        bytes.WriteByte((byte)(number >> 8));
        bytes.WriteByte((byte)number);
    }
}
