using Tsdb.Model.Labels;
using Tsdb.Storage.Blocks.Layout;

namespace Tsdb.Storage.Blocks.Lookup;

/// <summary>
/// Reads the labels of series by row; ascending rows are cheapest, as pairs and text shared with the row before are kept. Used by one
/// thread at a time.
/// </summary>
internal sealed class SeriesRowReader(SeriesRows rows, Labels labels, Symbols symbols)
{
    private readonly SymbolReader _values = new(symbols);
    private uint[] _pairs = new uint[16];
    private int[] _textEnds = new int[16];
    private byte[] _text = new byte[256];
    private int _pairCount;
    private int _textCount; // leading labels whose text is in _text
    private int _position; // where the row after the current one begins
    private int _row = -1;

    /// <summary>The canonical labels of a row below the count, valid until the next call.</summary>
    public ReadOnlySpan<byte> Read(int row)
    {
        MoveTo(row);
        for (; _textCount < _pairCount; _textCount++)
        {
            AppendText(_pairs[_textCount]);
        }

        return _text.AsSpan(0, _pairCount == 0 ? 0 : _textEnds[_pairCount - 1]);
    }

    private void MoveTo(int row)
    {
        if (row == _row)
        {
            return;
        }

        int checkpoint = row / rows.CheckpointInterval;
        bool goesOn = _row >= 0 && _row < row && _row / rows.CheckpointInterval == checkpoint;
        SectionCursor cursor = goesOn ? rows.CursorAt(_position) : rows.CursorAtCheckpoint(checkpoint);
        int next = goesOn ? _row + 1 : checkpoint * rows.CheckpointInterval;
        _row = -1; // until the row is read whole: damage must not leave half of it behind
        if (!goesOn)
        {
            _pairCount = 0;
            _textCount = 0;
        }

        for (; next <= row; next++)
        {
            ReadRow(ref cursor);
        }

        _row = row;
        _position = cursor.Position;
    }

    private void ReadRow(ref SectionCursor cursor)
    {
        int shared = cursor.ReadCount(_pairCount);
        int count = shared + cursor.ReadCount(cursor.Remaining);
        if (count > _pairs.Length)
        {
            Array.Resize(ref _pairs, Math.Max(count, _pairs.Length * 2));
            Array.Resize(ref _textEnds, _pairs.Length);
        }

        for (int i = shared; i < count; i++)
        {
            long pair = cursor.ReadZigZag() + (i < _pairCount ? _pairs[i] : 0);
            cursor.Require(pair >= 0 && pair < labels.PairCount && (i == 0 || pair > _pairs[i - 1]), "a series has a label that cannot be");
            _pairs[i] = (uint)pair;
        }

        _pairCount = count;
        _textCount = Math.Min(_textCount, shared);
    }

    private void AppendText(uint pair)
    {
        int start = _textCount == 0 ? 0 : _textEnds[_textCount - 1];
        ReadOnlySpan<byte> name = labels.NameAt(labels.NameOf(pair));
        ReadOnlySpan<byte> value = _values.Read(labels.ValueSymbolOf(pair));
        int end = start + name.Length + value.Length + 2;
        if (end > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(end, _text.Length * 2));
        }

        Span<byte> text = _text.AsSpan(start, end - start);
        name.CopyTo(text);
        text[name.Length] = CanonicalLabels.Terminator;
        value.CopyTo(text[(name.Length + 1)..]);
        text[^1] = CanonicalLabels.Terminator;
        _textEnds[_textCount] = end;
    }
}
