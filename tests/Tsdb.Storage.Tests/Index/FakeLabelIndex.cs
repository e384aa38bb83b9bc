using System.Buffers;
using Tsdb.Model.Labels;
using Tsdb.Storage.Index;
using TextEncoding = System.Text.Encoding;

namespace Tsdb.Storage.Tests.Index;

/// <summary>A label index over a plain list of series, by definition rather than by speed. Series are numbered 10, 11, 12, …</summary>
internal sealed class FakeLabelIndex(params LabelSet[] series) : ILabelIndex
{
    public const uint FirstSeries = 10;

    public int SeriesCount => series.Length;

    public uint SeriesLimit { get; init; } = FirstSeries + (uint)series.Length;

    public void CopyAll(PostingBuffer postings)
    {
        for (uint i = 0; i < series.Length; i++)
        {
            postings.Add(FirstSeries + i);
        }
    }

    public void CopyPostings(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, PostingBuffer postings)
    {
        for (uint i = 0; i < series.Length; i++)
        {
            ReadOnlySpan<byte> own = CanonicalLabels.ValueOf(series[i].Canonical, name);
            if (!own.IsEmpty && own.SequenceEqual(value))
            {
                postings.Add(FirstSeries + i);
            }
        }
    }

    public void VisitValues<TVisitor>(ReadOnlySpan<byte> name, ref TVisitor visitor)
        where TVisitor : ILabelValueVisitor, allows ref struct
    {
        string label = TextEncoding.UTF8.GetString(name);
        foreach (string value in series.Select(s => s[label]).Where(v => v.Length > 0).Distinct().Reverse())
        {
            byte[] bytes = TextEncoding.UTF8.GetBytes(value);
            if (bytes.AsSpan().StartsWith(visitor.Prefix) && visitor.Wants(bytes))
            {
                CopyPostings(name, bytes, visitor.Postings);
            }
        }
    }

    public void CopyLabels(uint number, IBufferWriter<byte> canonicalLabels) =>
        canonicalLabels.Write(series[(int)(number - FirstSeries)].Canonical);
}
