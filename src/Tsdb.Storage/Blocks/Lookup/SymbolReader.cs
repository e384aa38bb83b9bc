using Tsdb.Storage.Blocks.Layout;

namespace Tsdb.Storage.Blocks.Lookup;

/// <summary>Reads symbols by number; ascending numbers are cheapest, as reading goes on where it stopped. Used by one thread at a time.</summary>
internal sealed class SymbolReader(Symbols symbols)
{
    private byte[] _text = new byte[64];
    private int _length;
    private int _position; // where the next symbol begins
    private uint _next = uint.MaxValue; // the number of the symbol there

    /// <summary>The symbol's bytes, valid until the next call.</summary>
    /// <param name="symbol">A number below the count.</param>
    public ReadOnlySpan<byte> Read(uint symbol)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(symbol, (uint)symbols.Count);
        if (_next != 0 && symbol == _next - 1)
        {
            return _text.AsSpan(0, _length);
        }

        uint restart = symbol / symbols.RestartInterval;
        bool goesOn = _next <= symbol && _next > restart * symbols.RestartInterval;
        SectionCursor cursor = goesOn ? symbols.CursorAt(_position) : symbols.CursorAtRestart(restart);
        uint current = goesOn ? _next : restart * symbols.RestartInterval;
        _length = goesOn ? _length : 0;
        for (; current <= symbol; current++)
        {
            ReadNext(ref cursor);
        }

        _next = current;
        _position = cursor.Position;
        return _text.AsSpan(0, _length);
    }

    private void ReadNext(ref SectionCursor cursor)
    {
        int shared = cursor.ReadCount(_length);
        ReadOnlySpan<byte> further = cursor.ReadBytes(cursor.ReadCount(cursor.Remaining));
        if (shared + further.Length > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(shared + further.Length, _text.Length * 2));
        }

        further.CopyTo(_text.AsSpan(shared));
        _length = shared + further.Length;
    }
}
