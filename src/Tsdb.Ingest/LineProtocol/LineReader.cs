using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

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
    private static readonly SearchValues<byte> PrefixStops = SearchValues.Create(" \n\\"u8);

    // Control bytes end a field key too: they may not stand in it.
    private static readonly SearchValues<byte> KeyStops = SearchValues.Create(
        [.. " ,=\\"u8, 0x7F, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31]);

    private FieldToken[] _fields = new FieldToken[16];
    private int _fieldCount;
    private CacheCursor _cursor;
    private int _partStart;

    /// <summary>Bytes the last line took, its line end included; also set when it was refused.</summary>
    public int Consumed { get; private set; }

    /// <summary>The last line's measurement and tags as written.</summary>
    public TextRange Prefix { get; private set; }

    /// <summary>The cache's group of the last line; 0 when its prefix was not known, and then the prefix tokens hold its parts.</summary>
    public ulong GroupId { get; private set; }

    /// <summary>The last line's fields, strings included.</summary>
    public Span<FieldToken> Fields => _fields.AsSpan(0, _fieldCount);

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
            return ReadFields(text, isFinal, SkipSpaces(text, at + prefixLength), group);
        }

        int prefixEnd = FindPrefixEnd(text, at);
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
        return ReadFields(text, isFinal, SkipSpaces(text, prefixEnd), group);
    }

    /// <summary>Skips the bad line after the last call: the text after the first line feed at or after the part that failed is read next.</summary>
    /// <returns>Bytes to skip, or -1 when <paramref name="text"/> holds no such line feed.</returns>
    public int FindResumption(ReadOnlySpan<byte> text)
    {
        int length = text[_partStart..].IndexOf((byte)'\n');
        return length < 0 ? -1 : _partStart + length + 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // the loop needs the registers for itself
    private LineStatus ReadFields(ReadOnlySpan<byte> text, bool isFinal, int at, SeriesGroup group)
    {
        _fieldCount = 0;
        StringCount = 0;
        bool isResolved = true;
        int expected = 0;
        while (true)
        {
            _partStart = at;
            ref FieldToken token = ref AddField();
            token.KeyStart = at;
            LineFault fault = ReadKey(text, ref at, group, ref expected, ref token);
            if (fault != LineFault.None)
            {
                return Refuse(text, isFinal, fault, at);
            }

            int valueStart = at;
            if ((uint)at < (uint)text.Length && text[at] == '"')
            {
                if (!TryReadString(text, isFinal, ref at, ref token, ref fault))
                {
                    return LineStatus.Incomplete;
                }
            }
            else
            {
                fault = FieldValueParser.Parse(text, valueStart, ref token, out at);
                isResolved &= token.IsResolved;
            }

            if (fault != LineFault.None)
            {
                return Refuse(text, isFinal, fault, valueStart);
            }

            if ((uint)at < (uint)text.Length && text[at] == ',')
            {
                at++;
                continue;
            }

            IsResolved = isResolved;
            return ReadTail(text, isFinal, at);
        }
    }

    // At a key; afterwards at the value's first byte.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static LineFault ReadKey(ReadOnlySpan<byte> text, ref int at, SeriesGroup group, ref int expected, ref FieldToken token)
    {
        if (expected < group.Handles.Length)
        {
            int length = group.Template.MatchAt(expected, text, at);
            if (length > 0)
            {
                token.KeyLength = length - 1;
                token.Handle = group.Handles[expected];
                token.IsResolved = true;
                at += length;
                expected++;
                return LineFault.None;
            }
        }

        return ReadUnexpectedKey(text, ref at, group, ref expected, ref token);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LineFault ReadUnexpectedKey(ReadOnlySpan<byte> text, ref int at, SeriesGroup group, ref int expected, ref FieldToken token)
    {
        int start = at;
        at = FindKeyEnd(text, start);
        token.KeyLength = at - start;
        token.IsResolved = false;
        if (at == start)
        {
            return at == text.Length || text[at] == '\n' ? LineFault.MissingFields : LineFault.BadFieldKey;
        }

        if (at == text.Length || text[at] != '=')
        {
            return LineFault.MissingFieldEquals;
        }

        at++;
        int index = group.Template.IndexOf(text[start..at], expected);
        if (index >= 0)
        {
            token.Handle = group.Handles[index];
            token.IsResolved = true;
            expected = index + 1;
            return LineFault.None;
        }

        return Utf8.IsValid(text[start..at]) ? LineFault.None : LineFault.InvalidUtf8;
    }

    // At a string's opening quote; afterwards after its closing quote. False when that may still come.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryReadString(ReadOnlySpan<byte> text, bool isFinal, ref int at, ref FieldToken token, ref LineFault fault)
    {
        int start = at + 1;
        int end = start;
        while (true)
        {
            int length = text[end..].IndexOfAny((byte)'"', (byte)'\\');
            end += length;
            if (length < 0 || (text[end] == '\\' && end + 1 == text.Length))
            {
                fault = LineFault.UnterminatedString;
                return isFinal;
            }

            if (text[end] == '"')
            {
                break;
            }

            end += text[end + 1] is (byte)'"' or (byte)'\\' ? 2 : 1;
        }

        at = end + 1;
        token.Kind = FieldKind.String;
        token.Bits = ((ulong)start << 32) | (uint)(end - start);
        StringCount++;
        if (!Utf8.IsValid(text[start..end]))
        {
            fault = LineFault.InvalidUtf8;
        }
        else if (at < text.Length && text[at] is not ((byte)',' or (byte)' ' or (byte)'\r' or (byte)'\n'))
        {
            fault = LineFault.JunkAfterField;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private LineStatus ReadTail(ReadOnlySpan<byte> text, bool isFinal, int at)
    {
        at = SkipSpaces(text, at);
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

            at = SkipSpaces(text, at);
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
        FaultAt = at;
        return LineStatus.Refused;
    }

    private ref FieldToken AddField()
    {
        if (_fieldCount == _fields.Length)
        {
            Array.Resize(ref _fields, _fieldCount * 2);
        }

        return ref _fields[_fieldCount++];
    }

    private static int FindPrefixEnd(ReadOnlySpan<byte> text, int at)
    {
        while (true)
        {
            int length = text[at..].IndexOfAny(PrefixStops);
            if (length < 0)
            {
                return text.Length;
            }

            at += length;
            if (text[at] != '\\')
            {
                return at;
            }

            at += at + 1 < text.Length && text[at + 1] is (byte)' ' or (byte)',' or (byte)'=' ? 2 : 1;
        }
    }

    private static int FindKeyEnd(ReadOnlySpan<byte> text, int at)
    {
        while (true)
        {
            int length = text[at..].IndexOfAny(KeyStops);
            if (length < 0)
            {
                return text.Length;
            }

            at += length;
            if (text[at] != '\\')
            {
                return at;
            }

            at += at + 1 < text.Length && text[at + 1] is (byte)' ' or (byte)',' or (byte)'=' ? 2 : 1;
        }
    }

    private static int SkipSpaces(ReadOnlySpan<byte> text, int at)
    {
        while ((uint)at < (uint)text.Length && text[at] == ' ')
        {
            at++;
        }

        return at;
    }
}
