using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Tsdb.Model.Placement;

namespace Tsdb.Ingest.LineProtocol;

/// <summary>
/// Reads line protocol one line at a time, in one pass and without allocating: finds the prefix's end, looks the prefix up, and walks the fields
/// along the template the prefix had last time. The last line's parts stay readable until the next. Not thread-safe.
/// </summary>
/// <remarks>
/// Grammar: <c>measurement{,key=value} key=value{,key=value} [timestamp]</c>. Scans are vectorised; backslashes only make a scan go on, and
/// quotes matter only where a value begins, so one path reads all lines. A known prefix or field key was checked when it was first seen and is
/// recognised by its bytes; everything else is checked here.
/// </remarks>
internal sealed class LineReader(SeriesKeyCache cache, PrefixTokens prefixTokens)
{
    private const int FirstCapacity = 16;
    private const int LinesAfterUnexpected = 32; // read the general way after one that was not as expected: such lines seldom come alone

    private FieldToken[] _fields = new FieldToken[FirstCapacity];
    private SeriesHandle[] _handles = new SeriesHandle[FirstCapacity];
    private double[] _values = new double[FirstCapacity];
    private int _fieldCount;
    private int _sampleCount;
    private CacheCursor _cursor;
    private int _partStart;
    private int _generalLines; // still to be read so
    private int _expected; // what the template expects after an unexpected key

    /// <summary>Bytes the last line took, its line end included; also set when it was refused.</summary>
    public int Consumed { get; private set; }

    /// <summary>The last line's measurement and tags as written.</summary>
    public TextRange Prefix { get; private set; }

    /// <summary>The cache's group of the last line; 0 when its prefix was not known, and then the prefix tokens hold its parts.</summary>
    public ulong GroupId { get; private set; }

    /// <summary>The last line's fields, strings included; none of a line read the short way, of which all samples are known.</summary>
    public Span<FieldToken> Fields => _fields.AsSpan(0, _fieldCount);

    /// <summary>The series of each field that is no string; those of unresolved fields are for the caller to fill in.</summary>
    public Span<SeriesHandle> SampleSeries => _handles.AsSpan(0, _sampleCount);

    /// <summary>The value of each field that is no string.</summary>
    public ReadOnlySpan<double> SampleValues => _values.AsSpan(0, _sampleCount);

    /// <summary>How many values are integers that a double may not hold exactly.</summary>
    public int RoundedCount { get; private set; }

    /// <summary>True when each field but the strings has its series already.</summary>
    public bool IsResolved { get; private set; }

    /// <summary>How many of the fields are strings.</summary>
    public int StringCount { get; private set; }

    /// <summary>True when the last line has a timestamp.</summary>
    public bool HasTimestamp { get; private set; }

    /// <summary>The last line's timestamp in the unit of the text.</summary>
    public long Timestamp { get; private set; }

    /// <summary>Why the last line was refused.</summary>
    public LineFault Fault { get; private set; }

    /// <summary>Where the fault was noticed.</summary>
    public int FaultAt { get; private set; }

    /// <summary>Where the last line's timestamp begins; its measurement when it has none.</summary>
    public int TimestampAt => HasTimestamp ? _partStart : Prefix.Start;

    /// <summary>Whether lines that are as expected are read the short way, by <see cref="ExpectedFields"/>. False only where the two are compared.</summary>
    public bool ReadsExpectedFields { get; init; } = true;

    /// <summary>Whose lines are read, for the cache.</summary>
    public CacheScope Scope { get; set; } = CacheScope.None;

    /// <summary>Reads the line at the start of <paramref name="text"/>.</summary>
    /// <param name="text">Text from the start of a line on; positions of the result count from its start.</param>
    /// <param name="isFinal">True when no text follows, so that the end of the text ends the line.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public LineStatus Read(ReadOnlySpan<byte> text, bool isFinal)
    {
        int at = 0;
        if (text.IsEmpty || text[0] is <= (byte)' ' or (byte)'#')
        {
            _partStart = 0;
            LineStatus blank = BlankText.Skip(text, isFinal, out at);
            if (blank != LineStatus.Point)
            {
                Consumed = at;
                return blank == LineStatus.Refused ? Refuse(text, isFinal, LineFault.BadComment, at) : blank;
            }
        }

        _partStart = at;
        if (cache.TryFindNext(text[at..], Scope, ref _cursor, out int prefixLength, out SeriesGroup group))
        {
            Prefix = new TextRange(at, prefixLength);
            GroupId = group.Id;
            at = LineScanner.SkipSpaces(text, at + prefixLength);
            return TryReadExpected(text, at, group, out int end) ? ReadTail(text, isFinal, end) : ReadFields(text, isFinal, at, group);
        }

        int prefixEnd = LineScanner.FindPrefixEnd(text, at);
        if (prefixEnd == text.Length && !isFinal)
        {
            return LineStatus.Incomplete;
        }

        Prefix = new TextRange(at, prefixEnd - at);
        if (!cache.TryFind(Prefix.Of(text), Scope, ref _cursor, out group))
        {
            LineFault fault = PrefixParser.Parse(text, Prefix, prefixTokens, out int faultAt);
            if (fault != LineFault.None)
            {
                return Refuse(text, isFinal, fault, faultAt);
            }
        }

        GroupId = group.Id;
        return ReadFields(text, isFinal, LineScanner.SkipSpaces(text, prefixEnd), group);
    }

    /// <summary>Skips the bad line after the last call: the text after the first line feed at or after the part that failed is read next.</summary>
    /// <returns>Bytes to skip, or -1 when <paramref name="text"/> holds no such line feed.</returns>
    public int FindResumption(ReadOnlySpan<byte> text)
    {
        int length = text[_partStart..].IndexOf((byte)'\n');
        return length < 0 ? -1 : _partStart + length + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryReadExpected(ReadOnlySpan<byte> text, int at, SeriesGroup group, out int end)
    {
        int expected = group.Handles.Length;
        end = -1;
        if (_generalLines > 0)
        {
            _generalLines--;
            return false;
        }

        if (!ReadsExpectedFields || expected > _values.Length)
        {
            return false;
        }

        end = ExpectedFields.Read(text, at, group.Template, _values.AsSpan(0, expected), out int count);
        if (end < 0)
        {
            _generalLines = LinesAfterUnexpected;
            return false;
        }

        _partStart = at;

        group.Handles[..count].CopyTo(_handles);
        _fieldCount = 0;
        _sampleCount = count;
        StringCount = 0;
        RoundedCount = 0;
        IsResolved = true;
        return true;
    }

    // The loop has its registers for itself: what is rare is a call, and no position is passed by reference.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private LineStatus ReadFields(ReadOnlySpan<byte> text, bool isFinal, int at, SeriesGroup group)
    {
        StringCount = 0;
        RoundedCount = 0;
        int fieldCount = 0;
        int sampleCount = 0;
        FieldTemplate template = group.Template;
        ReadOnlySpan<SeriesHandle> handles = group.Handles;
        bool isResolved = true;
        int expected = 0;
        while (true)
        {
            _partStart = at;
            if (fieldCount == _fields.Length)
            {
                Grow();
            }

            ref FieldToken token = ref _fields[fieldCount++];
            token.KeyStart = at;
            token.SampleIndex = sampleCount;
            int length = expected < handles.Length ? template.MatchAt(expected, text, at) : 0;
            if (length > 0)
            {
                token.KeyLength = length - 1;
                _handles[sampleCount] = handles[expected++];
                token.IsResolved = true;
                at += length;
            }
            else
            {
                length = ReadUnexpectedKey(text, at, group, expected, ref token);
                if (length < 0)
                {
                    return Refuse(text, isFinal, token.Fault, at + ~length);
                }

                at += length;
                expected = _expected;
            }

            int valueStart = at;
            if ((uint)at < (uint)text.Length && text[at] == '"')
            {
                at = ReadString(text, at, ref token);
            }
            else
            {
                at = FieldValueParser.Parse(text, at, ref token);
                _values[sampleCount++] = token.ToSampleValue(out bool isExact);
                isResolved &= token.IsResolved;
                if (!isExact)
                {
                    RoundedCount++;
                }
            }

            if (at < 0)
            {
                bool mayEndLater = token.Fault == LineFault.UnterminatedString && !isFinal;
                return mayEndLater ? LineStatus.Incomplete : Refuse(text, isFinal, token.Fault, valueStart);
            }

            if ((uint)at >= (uint)text.Length || text[at] != ',')
            {
                _fieldCount = fieldCount;
                _sampleCount = sampleCount;
                IsResolved = isResolved;
                return ReadTail(text, isFinal, at);
            }

            at++;
        }
    }

    // The length of the key at a place, with its '='; negative, the complement of where the fault is, when there is none. Sets what to expect next.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int ReadUnexpectedKey(ReadOnlySpan<byte> text, int start, SeriesGroup group, int expected, ref FieldToken token)
    {
        int end = LineScanner.FindKeyEnd(text, start);
        int length = end - start;
        _expected = expected;
        token.KeyLength = length;
        token.IsResolved = false;
        bool isAtEnd = end == text.Length;
        if (length == 0)
        {
            token.Fault = isAtEnd || text[end] == '\n' ? LineFault.MissingFields : LineFault.BadFieldKey;
            return ~0;
        }

        if (isAtEnd || text[end] != '=')
        {
            token.Fault = LineFault.MissingFieldEquals;
            return ~length;
        }

        ReadOnlySpan<byte> key = text.Slice(start, length + 1);
        int index = group.Template.IndexOf(key, expected);
        if (index >= 0)
        {
            _handles[token.SampleIndex] = group.Handles[index];
            token.IsResolved = true;
            _expected = index + 1;
        }
        else if (!Utf8.IsValid(key))
        {
            token.Fault = LineFault.InvalidUtf8;
            return ~0;
        }

        return length + 1;
    }

    // At a string's opening quote: where the string ends, or -1.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int ReadString(ReadOnlySpan<byte> text, int quote, ref FieldToken token)
    {
        int start = quote + 1;
        int end = LineScanner.FindClosingQuote(text, start);
        if (end < 0)
        {
            token.Fault = LineFault.UnterminatedString;
            return -1;
        }

        token.Kind = FieldKind.String;
        token.Bits = ((ulong)start << 32) | (uint)(end - start);
        StringCount++;
        if (!Utf8.IsValid(text[start..end]))
        {
            token.Fault = LineFault.InvalidUtf8;
            return -1;
        }

        end++;
        if (end < text.Length && text[end] is not ((byte)',' or (byte)' ' or (byte)'\r' or (byte)'\n'))
        {
            token.Fault = LineFault.JunkAfterField;
            return -1;
        }

        return end;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private LineStatus ReadTail(ReadOnlySpan<byte> text, bool isFinal, int at)
    {
        at = LineScanner.SkipSpaces(text, at);
        HasTimestamp = (uint)at < (uint)text.Length && text[at] is not ((byte)'\n' or (byte)'\r');
        if (HasTimestamp)
        {
            _partStart = at;
            int start = at;
            LineFault fault = TimestampParser.Parse(text, ref at, out long timestamp);
            Timestamp = timestamp;
            if (fault == LineFault.None && (uint)at < (uint)text.Length && text[at] is not ((byte)'\n' or (byte)' ' or (byte)'\r'))
            {
                fault = LineFault.BadTimestamp;
            }

            if (fault != LineFault.None)
            {
                return Refuse(text, isFinal, fault, start);
            }

            at = LineScanner.SkipSpaces(text, at);
        }

        if ((uint)at < (uint)text.Length && text[at] == '\n')
        {
            Consumed = at + 1;
            return LineStatus.Point;
        }

        LineStatus? end = BlankText.TakeLineEnd(text, isFinal, ref at);
        Consumed = at;
        return end switch
        {
            null => Refuse(text, isFinal, LineFault.JunkAfterTimestamp, at),
            LineStatus.Incomplete => LineStatus.Incomplete,
            _ => LineStatus.Point,
        };
    }

    // A fault noticed where the text ends too early may be none: more text decides.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private LineStatus Refuse(ReadOnlySpan<byte> text, bool isFinal, LineFault fault, int at)
    {
        int resumption = FindResumption(text);
        if (resumption < 0 && !isFinal)
        {
            return LineStatus.Incomplete;
        }

        Consumed = resumption < 0 ? text.Length : resumption;
        Fault = fault;
        FaultAt = fault == LineFault.InvalidUtf8 ? at + InvalidUtf8.IndexIn(text[at..]) : at;
        return LineStatus.Refused;
    }

    private void Grow()
    {
        int capacity = _fields.Length * 2;
        Array.Resize(ref _fields, capacity);
        Array.Resize(ref _handles, capacity);
        Array.Resize(ref _values, capacity);
    }
}
