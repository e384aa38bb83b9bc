using Tsdb.Model.Labels;
using Tsdb.Model.Reading;
using Tsdb.Model.Time;
using Tsdb.Storage.Index;
using Tsdb.Storage.Retention;
using Tsdb.Storage.Shards;
using Text = System.Text.Encoding; // Tsdb.Encoding is a namespace here

namespace Tsdb.Storage.Reading;

/// <summary>The engine's <see cref="ISeriesSource"/>: the series of all shards and blocks, each once.</summary>
internal sealed class EngineSeriesSource(Shard[] shards, BlockSet blocks, RetentionPolicy retention) : ISeriesSource
{
    /// <inheritdoc/>
    public ISeriesCursor Select(SeriesSelection selection, CancellationToken cancellationToken) => Open(selection, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<string> LabelNames(SeriesSelection selection, CancellationToken cancellationToken)
    {
        var names = new Utf8StringSet();
        using SeriesCursor cursor = Open(selection, cancellationToken);
        while (cursor.MoveNext())
        {
            if (cursor.HasChunks)
            {
                AddNames(cursor.Labels, names);
            }
        }

        return names.ToSortedStrings();
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> LabelValues(string labelName, SeriesSelection selection, CancellationToken cancellationToken)
    {
        byte[] name = Text.UTF8.GetBytes(labelName);
        var values = new Utf8StringSet();
        using SeriesCursor cursor = Open(selection, cancellationToken);
        while (cursor.MoveNext())
        {
            if (cursor.HasChunks && CanonicalLabels.ValueOf(cursor.Labels, name) is { IsEmpty: false } value)
            {
                values.Add(value);
            }
        }

        return values.ToSortedStrings();
    }

    private static void AddNames(ReadOnlySpan<byte> labels, Utf8StringSet names)
    {
        while (!labels.IsEmpty)
        {
            names.Add(CanonicalLabels.TakeFirst(ref labels).Name);
        }
    }

    private SeriesCursor Open(SeriesSelection selection, CancellationToken cancellationToken)
    {
        TimeRange range = retention.Clamp(selection.Range);
        SourceSnapshot snapshot = SourceSnapshot.Take(shards, blocks, range);
        try
        {
            ILabelIndex[] sources = [.. snapshot.Series, .. snapshot.Blocks];
            return new SeriesCursor(snapshot, sources, Join(sources, selection, cancellationToken), range, cancellationToken);
        }
        catch
        {
            snapshot.Dispose();
            throw;
        }
    }

    // A series lives in one shard, so with matches in shards alone, or in one block alone, no two sources can hold the same series.
    private PartJoiner Join(ILabelIndex[] sources, SeriesSelection selection, CancellationToken cancellationToken)
    {
        var matches = new PostingBuffer[sources.Length];
        int blocksWithMatches = 0;
        bool headMatches = false;
        for (int source = 0; source < sources.Length; source++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            matches[source] = new PostingBuffer();
            SeriesSelector.Select(sources[source], selection.Matchers, matches[source]);
            if (matches[source].Count > 0)
            {
                headMatches |= source < shards.Length;
                blocksWithMatches += source < shards.Length ? 0 : 1;
            }
        }

        bool distinct = blocksWithMatches == 0 || (blocksWithMatches == 1 && !headMatches);
        var joiner = new PartJoiner(sources);
        for (int source = 0; source < sources.Length; source++)
        {
            joiner.Add(source, matches[source].Items, distinct);
        }

        return joiner;
    }
}
