using System.Buffers;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Tsdb.Model.Placement;

namespace Tsdb.Ingest.LineProtocol;

/// <summary>Finds the series of the fields the cache did not know, and tells the cache. The slow way: runs once per new series. Not thread-safe.</summary>
internal sealed class FieldResolver(LineReader reader, PrefixTokens prefixTokens, SeriesMapper mapper, SeriesKeyCache cache)
{
    private readonly ArrayBufferWriter<byte> _keys = new(256);
    private readonly List<int> _ends = [];

    /// <summary>Resolves each field of the reader's line. No series is created when the line has a fault.</summary>
    /// <param name="text">The text the reader read.</param>
    /// <param name="tally">Counts the look-ups.</param>
    /// <param name="faultAt">Where the fault is.</param>
    public LineFault Resolve(ReadOnlySpan<byte> text, ref IngestTally tally, out int faultAt)
    {
        bool isKnown = reader.GroupId != 0;
        faultAt = reader.Prefix.Start;
        if (isKnown && ResolveLooseFields(text))
        {
            return LineFault.None;
        }

        if (isKnown)
        {
            LineFault none = PrefixParser.Parse(text, reader.Prefix, prefixTokens, out _);
            Debug.Assert(none == LineFault.None, "the cache holds only prefixes that passed");
        }

        LineFault fault = mapper.Begin(text, reader.Scope, out faultAt);
        if (fault == LineFault.None)
        {
            fault = CheckFields(text, ref faultAt);
        }

        if (fault != LineFault.None)
        {
            return fault;
        }

        foreach (ref FieldToken field in reader.Fields)
        {
            if (!field.IsResolved && field.Kind != FieldKind.String)
            {
                ReadOnlySpan<byte> key = text.Slice(field.KeyStart, field.KeyLength);
                SeriesHandle handle = mapper.Resolve(key);
                reader.SampleSeries[field.SampleIndex] = handle;
                field.IsResolved = true;
                tally.SeriesLookups++;
                if (isKnown)
                {
                    cache.AddField(reader.GroupId, key, handle);
                }
            }
        }

        if (!isKnown)
        {
            Remember(text);
        }

        return LineFault.None;
    }

    private bool ResolveLooseFields(ReadOnlySpan<byte> text)
    {
        bool areAllResolved = true;
        foreach (ref FieldToken field in reader.Fields)
        {
            if (!field.IsResolved && field.Kind != FieldKind.String)
            {
                field.IsResolved = cache.TryFindField(reader.GroupId, text.Slice(field.KeyStart, field.KeyLength), out reader.SampleSeries[field.SampleIndex]);
                areAllResolved &= field.IsResolved;
            }
        }

        return areAllResolved;
    }

    private LineFault CheckFields(ReadOnlySpan<byte> text, ref int faultAt)
    {
        foreach (ref readonly FieldToken field in reader.Fields)
        {
            if (!field.IsResolved && field.Kind != FieldKind.String)
            {
                LineFault fault = mapper.CheckField(text.Slice(field.KeyStart, field.KeyLength));
                if (fault != LineFault.None)
                {
                    faultAt = field.KeyStart;
                    return fault;
                }
            }
        }

        return LineFault.None;
    }

    private void Remember(ReadOnlySpan<byte> text)
    {
        _keys.ResetWrittenCount();
        _ends.Clear();
        foreach (ref readonly FieldToken field in reader.Fields)
        {
            if (field.Kind != FieldKind.String)
            {
                _keys.Write(text.Slice(field.KeyStart, field.KeyLength + 1)); // with its '='
                _ends.Add(_keys.WrittenCount);
            }
        }

        ReadOnlySpan<int> ends = CollectionsMarshal.AsSpan(_ends);
        cache.AddGroup(reader.Prefix.Of(text), reader.Scope, new FieldTemplate(_keys.WrittenSpan, ends), reader.SampleSeries);
    }
}
