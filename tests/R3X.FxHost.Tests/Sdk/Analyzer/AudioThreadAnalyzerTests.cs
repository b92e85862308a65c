using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Sdk.Analyzers;
using Xunit;

namespace R3X.FxHost.Tests.Sdk.Analyzer;

/// <summary>
/// What the Sdk's analyzer warns of. That it is silent on the effects that come with the host their build proves.
/// </summary>
public sealed class AudioThreadAnalyzerTests
{
    /// <summary>A rule, statements that break it, and statements that do the same and break none.</summary>
    public static TheoryData<string, string, string> Statements => new()
    {
        { "R3X101", "var held = new float[segment.Frames];", "Span<float> held = stackalloc float[64]; held.Clear();" },
        { "R3X101", "int[] held = [1, 2, _count];", "ReadOnlySpan<int> held = [1, 2, _count]; _count = held[0];" },
        { "R3X101", "var held = new List<float>();", "var held = new Span<float>(_memory); held.Clear();" },
        { "R3X101", "_list.Add(segment[0][0]);", "_memory[_count] = segment[0][0];" },
        { "R3X101", "var copy = segment[0].ToArray();", "segment[0].CopyTo(_memory);" },
        { "R3X101", "var copy = _memory[1..];", "Span<float> part = _memory.AsSpan()[1..]; part.Clear();" },
        { "R3X101", "var part = Name[1..];", "ReadOnlySpan<char> part = Name.AsSpan()[1..]; _count = part.Length;" },
        { "R3X101", "var copy = new { _count };", "var copy = (_count, _gate);" },
        { "R3X101", "var text = $\"{_count} frames\";", "const string text = $\"{nameof(segment)} frames\";" },
        { "R3X101", "var text = \"\" + _count;", "const string text = \"a\" + \"b\";" },
        { "R3X101", "Func<int> count = () => _count;", "int Count() => _count; _count = Count();" },
        { "R3X101", "Action<AudioBlock> next = ProcessSegment;", "_count++;" },
        { "R3X101", "Sum(1, 2);", "Sum();" },
        { "R3X101", "foreach (var f in (IEnumerable<float>)_list) _count++;", "foreach (var f in _list) _count++;" },
        { "R3X102", "lock (_gate) _count++;", "Interlocked.Increment(ref _count);" },
        { "R3X102", "Monitor.Enter(_gate);", "Volatile.Write(ref _count, 1);" },
        { "R3X102", "Thread.Sleep(1);", "Thread.MemoryBarrier();" },
        { "R3X103", "Console.WriteLine();", "_count = Math.Abs(_count);" },
        { "R3X103", "File.Delete(\"\");", "System.Diagnostics.Debug.Assert(_count > 0, $\"{_count}\");" },
        { "R3X103", "System.Diagnostics.Trace.WriteLine(_gate);", "System.Diagnostics.Debug.WriteLine(_gate);" },
        { "R3X103", "Environment.Exit(1);", "_count = Environment.ProcessorCount;" },
        { "R3X104", "Task.Run(Reset);", "Reset();" },
        { "R3X104", "Later();", "_count++;" },
        { "R3X105", "_count = _memory.Count(f => f > 0);", "foreach (float f in _memory) _count += f > 0 ? 1 : 0;" },
        { "R3X106", "object held = _count;", "object held = _gate;" },
        { "R3X106", "Use((IComparable)_count);", "Use(_count);" },
        { "R3X107", "throw new InvalidOperationException();", "if (_count > 0) return;" },
        { "R3X107", "ArgumentNullException.ThrowIfNull(_gate);", "if (_gate is null) return;" },
    };

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task A_rule_finds_what_breaks_it_and_is_silent_on_what_does_the_same_otherwise(
        string rule, string breaking, string keeping)
    {
        const string Members = """
            private const string Name = "sample";
            private int Sum(params int[] values) => values.Length;
            private static void Use<T>(T value) where T : IComparable { }
            private async void Later() { await Task.CompletedTask; }
            """;
        string[] warnings = await AnalyzedEffect.WarningsAsync(AnalyzedEffect.Of(breaking, Members));
        Assert.Contains(warnings, warning => warning.StartsWith(rule, StringComparison.Ordinal));
        Assert.Empty(await AnalyzedEffect.WarningsAsync(AnalyzedEffect.Of(keeping, Members)));
    }

    [Fact]
    public void Every_rule_has_a_sample() => Assert.Equal(
        Rules.All.Select(rule => rule.Id), Statements.Select(sample => sample.Data.Item1).Distinct().Order());

    [Fact]
    public async Task A_message_names_the_code_the_calls_that_lead_to_it_the_reason_and_the_fix() => Assert.Equal(
        ["R3X101: \"new float[frames]\" allocates memory on the audio thread (ProcessSegment -> Mix -> Tape.Read): "
            + "the collection that follows is heard as a gap. "
            + "Make it in Prepare, or in Allocate of a SegmentedEffect, and keep it in a field."],
        await AnalyzedEffect.WarningsAsync(AnalyzedEffect.Of(
            "Mix(segment);",
            """
                private void Mix(AudioBlock segment) => Tape.Read(segment.Frames);
            }

            internal static class Tape
            {
                public static float[] Read(int frames)
                {
                    return new float[frames];
                }
            """)));

    [Fact]
    public async Task What_is_called_through_an_interface_a_base_a_property_an_operator_or_a_constructor_is_found()
    {
        string[] warnings = await AnalyzedEffect.WarningsAsync(AnalyzedEffect.Of(
            "IStage stage = Stage; stage.Run(); Length = 1; _count = Length; var sum = new Pair(1) + new Pair(2);",
            """
                private Plain Stage => _stage;
                private readonly Plain _stage = new();
                private int Length { get => new int[1].Length; set => _count = new int[2].Length; }
            }

            internal interface IStage { void Run(); }
            internal abstract class Stages : IStage { public abstract void Run(); }
            internal sealed class Plain : Stages { public override void Run() => _ = new int[3]; }
            internal struct Pair(int first)
            {
                private int[] _both = new int[4];
                private int[] _first = Make(first);
                private static int[] Make(int first) => new int[5];
                public static Pair operator +(Pair one, Pair other) { _ = new int[6]; return one; }
            """));
        Assert.Equal(6, warnings.Length);
        Assert.All(Enumerable.Range(1, 6), length => Assert.Contains(
            warnings, warning => warning.Contains($"\"new int[{length}]\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_done_off_the_audio_thread_is_nobody_s_business() =>
        Assert.Empty(await AnalyzedEffect.WarningsAsync(AnalyzedEffect.Of(
            "segment.Clear();",
            """
            private static readonly string[] Names = [.. File.ReadAllLines("names").Where(name => name.Length > 0)];
            protected override void Allocate(EffectSetup setup) => throw new InvalidOperationException(Names[0]);
            protected override EffectTiming Describe(EffectSetup setup)
            {
                lock (_gate)
                    setup.Note($"{File.ReadAllText("note")}");
                return base.Describe(setup);
            }
            """)));

    [Theory]
    [InlineData("Process(AudioBlock block)")]
    [InlineData("SetParameter(Parameter parameter, double value)")]
    [InlineData("Reset()")]
    public async Task An_effect_that_implements_the_contract_itself_is_read_too(string member)
    {
        string[] members =
            ["Process(AudioBlock block)", "SetParameter(Parameter parameter, double value)", "Reset()"];
        IEnumerable<string> others =
            members.Where(other => other != member).Select(other => $"public void {other} {{ }}");
        string[] warnings = await AnalyzedEffect.WarningsAsync($$"""
            public sealed class Whole : IEffect
            {
                private byte[] _made = [];
                public IReadOnlyList<Parameter> Parameters { get; } = new Parameter[0];
                public EffectTiming Prepare(EffectSetup setup) { _made = new byte[9]; return EffectTiming.Immediate; }
                public void {{member}} => _made = new byte[1];
                {{string.Join('\n', others)}}
            }
            """);
        Assert.Contains($"({member[..member.IndexOf('(', StringComparison.Ordinal)]})", Assert.Single(warnings),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ApplySettings(bool atOnce)")]
    [InlineData("BeginBlock()")]
    [InlineData("Clear()")]
    [InlineData("Flush()")]
    public async Task Whatever_of_a_segmented_effect_runs_on_the_audio_thread_is_read(string member)
    {
        string applies = member.Contains("Apply", StringComparison.Ordinal)
            ? "" : "protected override void ApplySettings(bool atOnce) { }";
        string warning = Assert.Single(await AnalyzedEffect.WarningsAsync($$"""
            public sealed class Whole() : SegmentedEffect
            {
                private byte[] _made = [];
                protected override void {{member}} => _made = new byte[1];
                {{applies}}
                protected override void ProcessSegment(AudioBlock segment) { }
            }
            """));
        Assert.StartsWith("R3X101", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_gain_reducer_tells_is_read_on_the_audio_thread()
    {
        string code = AnalyzedEffect.Of(
                "segment.Clear();", "public GainReduction LastReduction => (new GainReduction[1])[0];")
            .Replace(": SegmentedEffect", ": SegmentedEffect, IGainReducer", StringComparison.Ordinal);
        Assert.Contains("(LastReduction)", Assert.Single(await AnalyzedEffect.WarningsAsync(code)),
            StringComparison.Ordinal);
    }
}
