using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Metering;

/// <summary>
/// The energy of one channel as K-weighting hears it. Audio thread. Both filters are one linear system of four states,
/// so what comes out over eight samples, and the states after them, are a matrix times the eight samples and the states
/// before: many multiplications that do not wait for each other, in place of two filters that wait for every sample.
/// </summary>
internal sealed class KWeighting
{
    private const int BlockFrames = 8;
    private const int States = 4;

    private readonly Biquad _shelf;
    private readonly Biquad _highPass;

    // For each sample of a block, then for each state: what it adds to the first four outputs, to the last four, and to
    // the states.
    private readonly Vector256<double>[] _matrix = new Vector256<double>[(BlockFrames + States) * 3];

    // Samples of a block that is not full: blocks are counted from the last TakeEnergy, so that cuts do not matter.
    private readonly float[] _waiting = new float[BlockFrames];
    private readonly bool _isWide;
    private int _waitingFrames;
    private Vector256<double> _state;
    private Vector256<double> _energies;

    /// <param name="sampleRate">Frames a second.</param>
    /// <param name="isWide">Whether blocks are computed at once; null where the processor is fast at it.</param>
    public KWeighting(int sampleRate, bool? isWide = null)
    {
        _shelf = KWeightingDesign.Shelf(sampleRate);
        _highPass = KWeightingDesign.HighPass(sampleRate);
        _isWide = isWide ?? Vector256.IsHardwareAccelerated;
        for (int cause = 0; cause < BlockFrames + States; cause++)
            Respond(cause);
    }

    /// <summary>Adds the squares of the weighted samples to the energy. What is no sound (NaN, beyond +-1e6) counts as
    /// silence.</summary>
    public void Measure(ReadOnlySpan<float> samples)
    {
        if (!_isWide)
        {
            MeasureSingly(samples);
            return;
        }

        if (_waitingFrames > 0)
        {
            int more = Math.Min(BlockFrames - _waitingFrames, samples.Length);
            samples[..more].CopyTo(_waiting.AsSpan(_waitingFrames));
            _waitingFrames += more;
            samples = samples[more..];
            if (_waitingFrames < BlockFrames)
                return;
            MeasureBlocks(_waiting);
            _waitingFrames = 0;
        }

        int whole = samples.Length - (samples.Length % BlockFrames);
        MeasureBlocks(samples[..whole]);
        samples[whole..].CopyTo(_waiting);
        _waitingFrames = samples.Length - whole;
    }

    /// <summary>The energy since the last call.</summary>
    public double TakeEnergy()
    {
        MeasureSingly(_waiting.AsSpan(0, _waitingFrames));
        _waitingFrames = 0;
        double energy = Vector256.Sum(_energies);
        _energies = default;
        _state = Vector256.ConditionalSelect(
            Vector256.LessThan(Vector256.Abs(_state), Vector256.Create(Denormal.Floor)), default, _state);
        return energy;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _waitingFrames = 0;
        _state = default;
        _energies = default;
    }

    // Runs the filters on a single 1 among zeros.
    private void Respond(int cause)
    {
        Span<double> column = stackalloc double[BlockFrames + States];
        // A column's last values are the states that it begins with, for a moment.
        Span<double> states = column[BlockFrames..];
        states.Clear();
        if (cause >= BlockFrames)
            states[cause - BlockFrames] = 1;
        var state = new State(Vector256.Create<double>(states));
        for (int i = 0; i < BlockFrames; i++)
            column[i] = state.Next(i == cause ? 1 : 0, _shelf, _highPass);
        state.Values.CopyTo(states);
        for (int part = 0; part < 3; part++)
            _matrix[(cause * 3) + part] = Vector256.Create<double>(column.Slice(part * States, States));
    }

    private void MeasureSingly(ReadOnlySpan<float> samples)
    {
        var state = new State(_state);
        double energy = 0;
        foreach (float sample in samples)
        {
            double weighted = state.Next(MathF.Abs(sample) <= FiniteSamples.Limit ? sample : 0, _shelf, _highPass);
            energy += weighted * weighted;
        }

        _state = state.Values;
        _energies += Vector256.CreateScalar(energy);
    }

    private void MeasureBlocks(ReadOnlySpan<float> samples)
    {
        if (samples.IsEmpty)
            return;
        ref readonly float from = ref samples[0];
        ref readonly Vector256<double> matrix = ref _matrix[0];
        Vector256<double> state = _state;
        Vector256<double> energies = _energies;
        for (int at = 0; at < samples.Length; at += BlockFrames)
        {
            var block = Vector256.LoadUnsafe(in from, (nuint)at);
            block &= Vector256.LessThanOrEqual(Vector256.Abs(block), Vector256.Create(FiniteSamples.Limit));
            (Vector256<double> first, Vector256<double> last) = Vector256.Widen(block);
            // The states last, for only they have to wait for the block before.
            BlockSum sum = default(BlockSum).Plus(first, in matrix, 0).Plus(last, in matrix, States).Plus(
                state, in matrix, BlockFrames);
            state = sum.State;
            energies += (sum.Early * sum.Early) + (sum.Late * sum.Late);
        }

        _state = state;
        _energies = energies;
    }

    // The first four outputs of a block, the last four, and the states after it.
    private readonly record struct BlockSum(Vector256<double> Early, Vector256<double> Late, Vector256<double> State)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public BlockSum Plus(Vector256<double> causes, ref readonly Vector256<double> matrix, int first)
        {
            var one = Vector256.Shuffle(causes, Vector256.Create(0L));
            var two = Vector256.Shuffle(causes, Vector256.Create(1L));
            var three = Vector256.Shuffle(causes, Vector256.Create(2L));
            var four = Vector256.Shuffle(causes, Vector256.Create(3L));
            ref Vector256<double> column = ref Unsafe.Add(ref Unsafe.AsRef(in matrix), first * 3);
            return new BlockSum(
                Plus(Early, one, two, three, four, ref column),
                Plus(Late, one, two, three, four, ref Unsafe.Add(ref column, 1)),
                Plus(State, one, two, three, four, ref Unsafe.Add(ref column, 2)));
        }

        // Two sums of two, so that the wait is shorter.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<double> Plus(
            Vector256<double> sum, Vector256<double> one, Vector256<double> two, Vector256<double> three,
                Vector256<double> four, ref Vector256<double> column)
        {
            sum = Vector256.FusedMultiplyAdd(
                two, Unsafe.Add(ref column, 3), Vector256.FusedMultiplyAdd(one, column, sum));
            return sum + Vector256.FusedMultiplyAdd(four, Unsafe.Add(ref column, 9), three * Unsafe.Add(ref column, 6));
        }
    }

    // Two filters in transposed direct form II, one behind the other.
    [method: MethodImpl(MethodImplOptions.AggressiveInlining)]
    private struct State(Vector256<double> values)
    {
        private double _shelf1 = values[0];
        private double _shelf2 = values[1];
        private double _highPass1 = values[2];
        private double _highPass2 = values[3];

        public readonly Vector256<double> Values
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => Vector256.Create(_shelf1, _shelf2, _highPass1, _highPass2);
        }

        public double Next(double sample, in Biquad shelf, in Biquad highPass)
        {
            double shelved = (shelf.B0 * sample) + _shelf1;
            _shelf1 = (shelf.B1 * sample) - (shelf.A1 * shelved) + _shelf2;
            _shelf2 = (shelf.B2 * sample) - (shelf.A2 * shelved);
            double weighted = (highPass.B0 * shelved) + _highPass1;
            _highPass1 = (highPass.B1 * shelved) - (highPass.A1 * weighted) + _highPass2;
            _highPass2 = (highPass.B2 * shelved) - (highPass.A2 * weighted);
            return weighted;
        }
    }
}
