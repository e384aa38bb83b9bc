using System.IO.Hashing;
using Tsdb.Model.Collections;

namespace Tsdb.Storage.Series;

/// <summary>Keeps each distinct label name and value once and numbers them in the order they came.</summary>
/// <remarks>One writer, any number of readers without a lock.</remarks>
internal sealed class SymbolTable
{
    private readonly ByteArena _bytes = new();
    private readonly PagedArray<ulong> _addresses = new(); // by symbol
    private readonly HashIndex _index = new();
    private uint _count;

    /// <summary>The text of a symbol.</summary>
    public ReadOnlySpan<byte> this[uint symbol] => _bytes[_addresses[symbol]];

    /// <summary>Finds the symbol of <paramref name="text"/>.</summary>
    public bool TryFind(ReadOnlySpan<byte> text, out uint symbol) => TryFind(text, HashOf(text), out symbol);

    /// <summary>The symbol of <paramref name="text"/>, added when it is new. Writer only.</summary>
    public uint GetOrAdd(ReadOnlySpan<byte> text)
    {
        uint hash = HashOf(text);
        if (TryFind(text, hash, out uint symbol))
        {
            return symbol;
        }

        symbol = _count++;
        _addresses.Add(symbol) = _bytes.Add(text);
        _index.Add(hash, symbol);
        return symbol;
    }

    private bool TryFind(ReadOnlySpan<byte> text, uint hash, out uint symbol)
    {
        HashIndex.Candidates candidates = _index.Find(hash);
        while (candidates.TryNext(out symbol))
        {
            if (this[symbol].SequenceEqual(text))
            {
                return true;
            }
        }

        return false;
    }

    private static uint HashOf(ReadOnlySpan<byte> text) => (uint)XxHash3.HashToUInt64(text);
}
