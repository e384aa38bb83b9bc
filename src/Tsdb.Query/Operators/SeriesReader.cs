using Tsdb.Model.Matching;
using Tsdb.Model.Reading;
using Tsdb.Model.Time;
using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>Opens a selection when the first series is asked for, and checks between series whether the query should go on.</summary>
internal sealed class SeriesReader : IDisposable
{
    private readonly QueryContext _context;
    private readonly SeriesSelection _selection;
    private ISeriesCursor? _cursor;

    /// <summary>Prepares to read the matching series' samples in a range.</summary>
    public SeriesReader(QueryContext context, IReadOnlyList<LabelMatcher> matchers, TimeRange range)
    {
        _context = context;
        _selection = new SeriesSelection(context.Tenant, matchers, range);
    }

    /// <summary>The current series' canonical labels, valid until the next series.</summary>
    public ReadOnlySpan<byte> Labels => _cursor!.Labels;

    /// <summary>Goes to the next series and decodes its samples; false when there are no more.</summary>
    public bool MoveNext(SampleBuffer samples, bool keepsStalenessMarkers)
    {
        _context.CancellationToken.ThrowIfCancellationRequested();
        _cursor ??= _context.Source.Select(_selection, _context.CancellationToken);
        if (!_cursor.MoveNext())
        {
            return false;
        }

        _context.Statistics.SeriesRead++;
        samples.Load(_cursor.Columns, keepsStalenessMarkers);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _cursor?.Dispose();
}
