using Tsdb.Encoding.Entropy;

namespace Tsdb.Encoding.Integers;

/// <summary>Encodes a column of integers: takes its divisor and transform out, and writes the residuals with whichever coder is shortest.</summary>
/// <remarks>Used by one thread, for one column after another: <see cref="Begin"/>, fill, <see cref="Analyse"/>, then <see cref="Write"/>. It keeps its memory.</remarks>
internal sealed class IntegerColumnEncoder
{
    // Residuals worth a list of runs: fewer than 3 in 20 are not 0.
    private const int SparseNumerator = 3;
    private const int SparseDenominator = 20;

    // Codes lose to frames, which decode faster where raw bits abound, unless they save this share; below so many bits they always do.
    private const double FramesAllowance = 1.04;
    private const int FramesFromBits = 8;

    private readonly TransformChooser _chooser = new();
    private readonly ClassHistogram _histogram = new();
    private readonly RunList _gaps = new();
    private readonly RunList _changes = new();
    private long[] _integers = [];
    private long[] _residuals = [];
    private byte[] _classes = [];
    private IntegerHeader _header;
    private int _count;
    private bool _isSparse;
    private bool _isArithmetic; // no residual but 0, and no segment that starts anew

    /// <summary>The most bytes <see cref="Write"/> needs for so many integers: frames of whole words, and room to move streams in.</summary>
    public static int MaxLengthOf(int count) => checked((count * 10) + 256);

    /// <summary>Begins a column: the caller fills the span, whose content is undefined.</summary>
    public Span<long> Begin(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (_integers.Length < count)
        {
            _integers = new long[count];
            _residuals = new long[count];
            _classes = new byte[count];
        }

        _count = count;
        return _integers.AsSpan(0, count);
    }

    /// <summary>Finds how the column is to be encoded.</summary>
    public void Analyse()
    {
        Span<long> integers = _integers.AsSpan(0, _count);
        long first = integers[0];
        long step = _count > 1 ? integers[1] - first : 0;
        _gaps.Clear();
        _changes.Clear();
        _histogram.Clear();
        _isSparse = false;
        _isArithmetic = IsArithmetic(integers, step);
        if (_isArithmetic)
        {
            _header = new IntegerHeader(first, 1, Transform.Delta, step);
            return;
        }

        long divisor = CommonDivisor.Of(integers);
        CommonDivisor.Divide(integers, divisor);
        Transform transform = _chooser.Choose(integers, out long centre);
        _header = new IntegerHeader(first, divisor, transform, centre);
        Residuals.Take(transform, centre, integers, _residuals);
        Classify();
    }

    /// <summary>Gives the histograms that codebooks for this column should fit; none when it needs no codebook.</summary>
    public void Train(Action<ClassHistogram> add)
    {
        if (_isSparse)
        {
            add(_gaps.Histogram);
            add(_changes.Histogram);
        }
        else if (!_isArithmetic)
        {
            add(_histogram);
        }
    }

    /// <summary>Writes the column, at least <see cref="MaxLengthOf"/> bytes of room given, and returns its bytes.</summary>
    /// <param name="codebooks">The codebooks of the block.</param>
    /// <param name="callerFlags">Flags within <see cref="IntegerHeader.CallerFlags"/> to store along.</param>
    /// <param name="destination">Takes the bytes.</param>
    /// <param name="codec">How they are to be read.</param>
    public int Write(CodebookSet codebooks, byte callerFlags, Span<byte> destination, out ChunkCodec codec)
    {
        codec = Choose(codebooks, out int codebook);
        int length = _header.Write(destination, callerFlags);
        destination = destination[length..];
        ReadOnlySpan<long> integers = _integers.AsSpan(0, _count);
        ReadOnlySpan<long> residuals = _residuals.AsSpan(0, _count);
        return length + codec switch
        {
            ChunkCodec.Arithmetic => 0,
            ChunkCodec.Runs => ResidualRuns.Write(codebooks, _gaps, _changes, destination),
            ChunkCodec.DecimalHuffman =>
                ResidualHuffman.Write(codebook, codebooks[codebook], _header, integers, residuals, _classes.AsSpan(0, _count), destination),
            _ => ResidualFrames.Write(_header, integers, residuals, destination),
        };
    }

    private static bool IsArithmetic(ReadOnlySpan<long> integers, long step)
    {
        for (int i = 1; i < integers.Length; i++)
        {
            if (integers[i] - integers[i - 1] != step)
            {
                return false;
            }
        }

        return true;
    }

    private void Classify()
    {
        int changed = _count - _residuals.AsSpan(0, _count).Count(0L);
        _isSparse = _header.Transform != Transform.Line && (long)changed * SparseDenominator < (long)_count * SparseNumerator;
        if (_isSparse)
        {
            ListChanges();
        }

        for (int i = 0; i < _count; i++)
        {
            _classes[i] = (byte)ResidualClasses.Of(_residuals[i]);
        }

        _histogram.Add(_classes.AsSpan(1, _count - 1));
    }

    private void ListChanges()
    {
        int previous = 0;
        for (int i = 1; i < _count; i++)
        {
            if (_residuals[i] != 0)
            {
                _gaps.Add(i - previous - 1);
                _changes.Add(_residuals[i]);
                previous = i;
            }
        }
    }

    private ChunkCodec Choose(CodebookSet codebooks, out int codebook)
    {
        codebook = -1;
        if (_isArithmetic)
        {
            return ChunkCodec.Arithmetic;
        }

        long best = long.MaxValue;
        ChunkCodec codec = ChunkCodec.DecimalFrames;
        if (codebooks.TryChoose(_histogram.Counts, out codebook, out long codeBits))
        {
            best = ResidualHuffman.EstimateBytes(_count, codeBits + _histogram.RawBits());
            codec = ChunkCodec.DecimalHuffman;
        }

        if (_isSparse && ResidualRuns.EstimateBytes(codebooks, _gaps, _changes) is long runs && runs < best)
        {
            best = runs;
            codec = ChunkCodec.Runs;
        }

        bool mayFramesWin = best == long.MaxValue || best * 8 > (long)_count * FramesFromBits || codec == ChunkCodec.Runs;
        if (mayFramesWin && best != long.MaxValue)
        {
            long frames = ResidualFrames.EstimateBytes(_residuals.AsSpan(1, _count - 1));
            codec = frames <= (codec == ChunkCodec.DecimalHuffman ? best * FramesAllowance : best) ? ChunkCodec.DecimalFrames : codec;
        }

        return codec;
    }
}
