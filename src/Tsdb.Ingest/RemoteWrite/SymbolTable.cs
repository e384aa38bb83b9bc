using Tsdb.Model.Labels;

namespace Tsdb.Ingest.RemoteWrite;

/// <summary>The symbols of one 2.0 message, as places in it. Not thread-safe; reused from request to request.</summary>
internal sealed class SymbolTable
{
    private Place[] _places = new Place[256];

    /// <summary>How many symbols there are.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets all symbols.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds a symbol.</summary>
    /// <param name="message">The message.</param>
    /// <param name="start">Where the symbol begins in it.</param>
    /// <param name="length">The symbol's length.</param>
    public void Add(ReadOnlySpan<byte> message, int start, int length)
    {
        if (Count == _places.Length)
        {
            Array.Resize(ref _places, Count * 2);
        }

        // Checked once for all series that use it.
        bool isValid = CanonicalLabels.IsValidText(message.Slice(start, length));
        _places[Count++] = new Place(start, isValid ? length : ~length);
    }

    /// <summary>Whether a symbol, which must exist, is valid UTF-8.</summary>
    public bool IsValid(uint index) => _places[index].Length >= 0;

    /// <summary>The bytes of a symbol, which must exist.</summary>
    public ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> message, uint index)
    {
        Place place = _places[index];
        return message.Slice(place.Start, place.Length >= 0 ? place.Length : ~place.Length);
    }

    // The length's complement when the bytes are not UTF-8.
    private readonly record struct Place(int Start, int Length);
}
