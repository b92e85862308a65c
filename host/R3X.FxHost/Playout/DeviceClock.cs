using System;
using System.Threading;

namespace R3X.FxHost.Playout;

/// <summary>
/// Which frame is heard at a moment, by what the device last said. The loudspeaker's thread sets it, any thread asks;
/// neither waits for the other.
/// </summary>
/// <param name="time">The clock that time passes by.</param>
internal sealed class DeviceClock(TimeProvider time)
{
    // Odd while it is being set.
    private int _version;
    private double _heard;
    private double _written;
    private long _at;
    private int _rate = 1;

    /// <summary>The clock that time passes by; moments are its timestamps.</summary>
    public TimeProvider Source => time;

    /// <summary>Frames per second.</summary>
    public int Rate => Volatile.Read(ref _rate);

    /// <summary>The frame that is heard now, counted from the first one the device was given.</summary>
    public double Heard => HeardAt(time.GetTimestamp());

    /// <summary>How much sound the device has played until now.</summary>
    public TimeSpan Time => TimeAt(Heard);

    /// <summary>This moment.</summary>
    public PlaybackMoment Now
    {
        get
        {
            long timestamp = time.GetTimestamp();
            double heard = HeardAt(timestamp);
            return new PlaybackMoment((long)heard, TimeAt(heard), timestamp);
        }
    }

    /// <summary>The moment at which a frame is or was heard.</summary>
    /// <param name="frame">The frame.</param>
    public PlaybackMoment MomentOf(long frame) => new(frame, TimeAt(frame), TimestampOf(frame));

    /// <summary>Says where the device is. Loudspeaker's thread.</summary>
    /// <param name="heard">The frame that is heard at this moment.</param>
    /// <param name="written">Frames the device was given: it goes on to there by itself.</param>
    /// <param name="rate">Frames per second.</param>
    public void Set(double heard, double written, int rate)
    {
        Volatile.Write(ref _version, _version + 1);
        Volatile.Write(ref _heard, heard);
        Volatile.Write(ref _written, written);
        Volatile.Write(ref _at, time.GetTimestamp());
        Volatile.Write(ref _rate, rate);
        Volatile.Write(ref _version, _version + 1);
    }

    /// <summary>Says that the device is where it is thought to be, as of now. Loudspeaker's thread.</summary>
    public void Resync()
    {
        (_, double written, _, int rate) = Read();
        Set(Heard, written, rate);
    }

    /// <summary>Says that nothing more is heard until the clock is set again. Loudspeaker's thread.</summary>
    public void Freeze()
    {
        double heard = Heard;
        Set(heard, heard, Rate);
    }

    /// <summary>The frame that is heard at a moment not far from now; none the device was not given.</summary>
    /// <param name="timestamp">The moment, as <see cref="Source"/> counts.</param>
    public double HeardAt(long timestamp)
    {
        (double heard, double written, long at, int rate) = Read();
        return Math.Min(written, heard + ((timestamp - at) * (double)rate / time.TimestampFrequency));
    }

    /// <summary>The moment at which a frame is or was heard, as <see cref="Source"/> counts.</summary>
    /// <param name="frame">The frame.</param>
    public long TimestampOf(double frame)
    {
        (double heard, _, long at, int rate) = Read();
        return at + (long)((frame - heard) / rate * time.TimestampFrequency);
    }

    /// <summary>A frame's place in time.</summary>
    /// <param name="frame">The frame.</param>
    public TimeSpan TimeAt(double frame) => TimeSpan.FromSeconds(frame / Rate);

    private (double Heard, double Written, long At, int Rate) Read()
    {
        var spin = default(SpinWait);
        while (true)
        {
            int before = Volatile.Read(ref _version);
            var read = (Volatile.Read(ref _heard), Volatile.Read(ref _written), Volatile.Read(ref _at),
                Volatile.Read(ref _rate));
            if ((before & 1) == 0 && before == Volatile.Read(ref _version))
                return read;
            spin.SpinOnce();
        }
    }
}
