using System;
using System.IO;
using System.Linq;
using System.Threading;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets;

/// <summary>
/// The host.yaml of a folder, read again when its text has changed by the time it is asked for, however it was saved. A broken save
/// changes nothing: what the last good one said holds on. Any thread; never the audio thread, as it reads a file.
/// </summary>
public sealed class HostSettingsFile
{
    private readonly string _path;
    private readonly string _home;
    private readonly TimeProvider _clock;
    private Known _known;

    /// <summary>Reads the file. A missing one says nothing: all defaults.</summary>
    /// <param name="folder">The folder of presets.</param>
    /// <param name="clock">The clock that files' times are compared with; the system's when left out.</param>
    public HostSettingsFile(string folder, TimeProvider? clock = null)
    {
        _path = Path.GetFullPath(Path.Combine(folder, HostSettingsReader.FileName));
        _home = Path.GetDirectoryName(_path)!;
        _clock = clock ?? TimeProvider.System;
        FileStamp? stamp = PresetFile.StampOf(_path);
        StableRead file = stamp is null ? new StableRead([], null, "", IsWhole: true) : StableRead.Of(_path, stamp, default, _clock, StableRead.Quiet);
        Initial = stamp is null ? new HostSettingsReading(HostSettingsReader.Defaults(_home), []) : Interpret(file);
        _known = new Known(file, false, Initial, Initial.Settings);
    }

    /// <summary>What it said at first.</summary>
    public HostSettingsReading Initial { get; }

    /// <summary>What it said when it was last asked. Reads nothing.</summary>
    public HostSettingsReading Latest => Volatile.Read(ref _known).Reading;

    /// <summary>
    /// What it says now: the same object as long as its text does not change. After a broken save, or when the file is gone, the settings are
    /// the last good ones, and the diagnostics say so.
    /// </summary>
    public HostSettingsReading Read()
    {
        Known known = Volatile.Read(ref _known);
        FileStamp? stamp = PresetFile.StampOf(_path);
        if (stamp == known.File.Stamp && (known.IsSettled || stamp is null))
            return known.Reading;
        Known fresh = stamp is null ? known.Gone() : Read(known, stamp);
        Volatile.Write(ref _known, fresh);
        return fresh.Reading;
    }

    private Known Read(Known known, FileStamp? stamp)
    {
        StableRead file = StableRead.Of(_path, stamp, known.File.Bytes, _clock, StableRead.Quiet);
        if (!file.IsWhole)
            return known;
        bool isSettled = PresetFileCache.IsSettled(file.Stamp, _clock);
        bool isSame = known.File.Stamp is not null && file.WhyNot == known.File.WhyNot && file.Bytes.AsSpan().SequenceEqual(known.File.Bytes);
        if (isSame)
            return known with { File = file, IsSettled = isSettled };
        HostSettingsReading reading = Interpret(file);
        return reading.Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            ? new Known(file, isSettled, known.WithLastGood(reading), known.LastGood)
            : new Known(file, isSettled, reading, reading.Settings);
    }

    private HostSettingsReading Interpret(StableRead file) =>
        file.WhyNot.Length > 0 ? HostSettingsReader.Unreadable(_path, file.WhyNot) : HostSettingsReader.Read(file.Bytes, _home);

    /// <summary>What is known of the file.</summary>
    /// <param name="File">Its text.</param>
    /// <param name="IsSettled">Whether the stamp will show the next change.</param>
    /// <param name="Reading">What callers get.</param>
    /// <param name="LastGood">What it said when it was last sound; at first, the defaults for what it did not say soundly.</param>
    private sealed record Known(StableRead File, bool IsSettled, HostSettingsReading Reading, HostSettings LastGood)
    {
        public HostSettingsReading WithLastGood(HostSettingsReading broken) =>
            new(LastGood, [.. broken.Diagnostics, Note(DiagnosticSeverity.Warning, "What this file said before stays in use.", "Correct the file; it is read again with the next line.")]);

        public Known Gone() => new(
            new StableRead([], null, "", IsWhole: true), false, WithLastGood(new HostSettingsReading(LastGood, [Note(DiagnosticSeverity.Error, "There is no such file any more.", "Put it back.")])), LastGood);

        private static PresetDiagnostic Note(DiagnosticSeverity severity, string message, string fix) =>
            LibraryDiagnostics.WithoutLine(severity, HostSettingsReader.FileName, new Diagnostic(message, fix));
    }
}
