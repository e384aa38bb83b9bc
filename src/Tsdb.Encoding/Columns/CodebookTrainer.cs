using Tsdb.Encoding.Decimals;
using Tsdb.Encoding.Entropy;
using Tsdb.Encoding.Integers;

namespace Tsdb.Encoding.Columns;

/// <summary>Makes the codebooks of a block in a first pass over the columns that a second pass will encode. Used by one thread.</summary>
/// <remarks>
/// Columns are grouped by the shape of their residuals, not by metric: those of one shape share a codebook wherever they come from, and the
/// memory does not grow with the block. A column that was not seen here may still be encoded: with a codebook that happens to cover it, or without.
/// </remarks>
public sealed class CodebookTrainer
{
    // Entropies are told apart by this many steps a bit.
    private const int StepsPerBit = 4;

    private readonly IntegerColumnEncoder _column = new();
    private readonly DecimalMapper _mapper = new();
    private readonly Dictionary<(int Mode, int Entropy), ClassHistogram> _groups = [];
    private readonly Action<ClassHistogram> _add;

    /// <summary>Begins without columns.</summary>
    public CodebookTrainer() => _add = Add;

    /// <summary>Adds the values of one chunk; none does nothing.</summary>
    public void AddValues(ReadOnlySpan<double> values)
    {
        if (!values.IsEmpty)
        {
            ValueColumnEncoder.Analyse(_column, _mapper, values);
            _column.Train(_add);
        }
    }

    /// <summary>Adds one column of timestamps, each distinct column once; none does nothing.</summary>
    public void AddTimestamps(ReadOnlySpan<long> timestampsNs)
    {
        if (!timestampsNs.IsEmpty)
        {
            TimestampColumnEncoder.Analyse(_column, timestampsNs);
            _column.Train(_add);
        }
    }

    /// <summary>Makes the codebooks for what was added.</summary>
    public CodebookSet Build() => _groups.Count == 0 ? CodebookSet.Empty : CodebookClusters.Make([.. _groups.Values]);

    private void Add(ClassHistogram histogram)
    {
        (int, int) shape = (histogram.Mode(), (int)(histogram.EntropyBits() / histogram.Total() * StepsPerBit));
        if (!_groups.TryGetValue(shape, out ClassHistogram? group))
        {
            _groups.Add(shape, group = new ClassHistogram());
        }

        group.Add(histogram);
    }
}
