using System.Diagnostics.CodeAnalysis;

namespace Tsdb.Encoding.Entropy;

/// <summary>The codebooks the columns of one block share, numbered from 0. Immutable and thread-safe.</summary>
/// <remarks>Stored as their count (u8) and the codebooks (authoritative: docs/formats.md#codebooks).</remarks>
public sealed class CodebookSet
{
    /// <summary>The most codebooks of a set.</summary>
    public const int MaxCount = 64;

    private readonly Codebook[] _codebooks;

    internal CodebookSet(Codebook[] codebooks)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(codebooks.Length, MaxCount, nameof(codebooks));
        _codebooks = codebooks;
    }

    /// <summary>No codebooks: columns are then encoded without.</summary>
    public static CodebookSet Empty { get; } = new([]);

    /// <summary>How many codebooks there are.</summary>
    public int Count => _codebooks.Length;

    /// <summary>Bytes <see cref="Write"/> needs.</summary>
    public int LengthBytes => 1 + (_codebooks.Length * Codebook.LengthBytes);

    internal Codebook this[int number] => _codebooks[number];

    /// <summary>Reads a stored set, which must be all of the bytes. False when they are none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, [NotNullWhen(true)] out CodebookSet? codebooks)
    {
        codebooks = null;
        if (source.IsEmpty || source[0] > MaxCount || source.Length != 1 + (source[0] * Codebook.LengthBytes))
        {
            return false;
        }

        var all = new Codebook[source[0]];
        for (int i = 0; i < all.Length; i++)
        {
            if (!Codebook.TryRead(source.Slice(1 + (i * Codebook.LengthBytes), Codebook.LengthBytes), out Codebook? codebook))
            {
                return false;
            }

            all[i] = codebook;
        }

        codebooks = new CodebookSet(all);
        return true;
    }

    /// <summary>Stores the set in the first <see cref="LengthBytes"/> bytes of the destination.</summary>
    public void Write(Span<byte> destination)
    {
        destination[0] = (byte)_codebooks.Length;
        for (int i = 0; i < _codebooks.Length; i++)
        {
            _codebooks[i].Write(destination.Slice(1 + (i * Codebook.LengthBytes), Codebook.LengthBytes));
        }
    }

    /// <summary>
    /// Finds the codebook that needs the fewest bits for the counted classes, the lowest number of such. False when none has a code for each.
    /// </summary>
    internal bool TryChoose(ReadOnlySpan<long> counts, out int number, out long bits)
    {
        number = -1;
        bits = long.MaxValue;
        for (int i = 0; i < _codebooks.Length; i++)
        {
            if (_codebooks[i].Covers(counts) && _codebooks[i].CostBits(counts, 0) is long cost && cost < bits)
            {
                number = i;
                bits = cost;
            }
        }

        return number >= 0;
    }
}
