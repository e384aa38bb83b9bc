using System.Diagnostics.CodeAnalysis;

namespace Tsdb.Encoding.Entropy;

/// <summary>A prefix code for classes: canonical, complete, at most <see cref="CodeLengths.Max"/> bits a code. Immutable and thread-safe.</summary>
/// <remarks>
/// Stored as its code lengths, two classes a byte, the lower class in the low nibble (authoritative: docs/formats.md#codebooks). Codes ascend with
/// length and then class, as in RFC 1951, and are written with their first bit lowest.
/// </remarks>
internal sealed class Codebook
{
    /// <summary>Bytes of a stored codebook.</summary>
    public const int LengthBytes = ResidualClasses.Count / 2;

    private readonly byte[] _lengths;
    private readonly ushort[] _codes;
    private CodebookTable? _table; // made by the first reader; a lost race makes it twice

    private Codebook(byte[] lengths)
    {
        _lengths = lengths;
        _codes = Canonical(lengths);
    }

    /// <summary>Bits of each class's code; 0 where it has none.</summary>
    public ReadOnlySpan<byte> Lengths => _lengths;

    /// <summary>The code of each class, its first bit lowest.</summary>
    public ReadOnlySpan<ushort> Codes => _codes;

    /// <summary>What reads the codes, 20 KiB; made when first needed.</summary>
    public CodebookTable Table => Volatile.Read(ref _table) ?? (_table = new CodebookTable(_lengths, _codes));

    /// <summary>The best code for classes that occur so often.</summary>
    public static Codebook For(ReadOnlySpan<long> counts)
    {
        Span<long> atLeastTwo = stackalloc long[ResidualClasses.Count];
        counts.CopyTo(atLeastTwo);

        // A code needs two classes to be complete: the integers 0 and 1 stand in.
        for (int c = ResidualClasses.SmallBias; c <= ResidualClasses.SmallBias + 1; c++)
        {
            if (atLeastTwo.Length - atLeastTwo.Count(0L) < 2)
            {
                atLeastTwo[c] = Math.Max(atLeastTwo[c], 1);
            }
        }

        return new Codebook(CodeLengths.Of(atLeastTwo));
    }

    /// <summary>Reads a stored codebook; false when it is no complete code.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, [NotNullWhen(true)] out Codebook? codebook)
    {
        codebook = null;
        if (source.Length != LengthBytes)
        {
            return false;
        }

        byte[] lengths = new byte[ResidualClasses.Count];
        int space = 1 << CodeLengths.Max;
        for (int c = 0; c < lengths.Length; c++)
        {
            int length = (source[c / 2] >> (4 * (c & 1))) & 15;
            lengths[c] = (byte)length;
            if (length > CodeLengths.Max)
            {
                return false;
            }

            space -= length == 0 ? 0 : 1 << (CodeLengths.Max - length);
        }

        if (space != 0)
        {
            return false;
        }

        codebook = new Codebook(lengths);
        return true;
    }

    /// <summary>Stores the codebook in <see cref="LengthBytes"/> bytes.</summary>
    public void Write(Span<byte> destination)
    {
        for (int i = 0; i < LengthBytes; i++)
        {
            destination[i] = (byte)(_lengths[2 * i] | (_lengths[(2 * i) + 1] << 4));
        }
    }

    /// <summary>Bits the counted classes take in this code, raw bits not included; a class without a code costs <paramref name="missingBits"/>.</summary>
    public long CostBits(ReadOnlySpan<long> counts, long missingBits)
    {
        long bits = 0;
        for (int c = 0; c < counts.Length; c++)
        {
            bits += counts[c] * (_lengths[c] != 0 ? _lengths[c] : missingBits);
        }

        return bits;
    }

    /// <summary>Says whether each class that occurs has a code.</summary>
    public bool Covers(ReadOnlySpan<long> counts)
    {
        for (int c = 0; c < counts.Length; c++)
        {
            if (counts[c] != 0 && _lengths[c] == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static ushort[] Canonical(byte[] lengths)
    {
        ushort[] codes = new ushort[lengths.Length];
        int code = 0;
        for (int length = 1; length <= CodeLengths.Max; length++, code <<= 1)
        {
            for (int c = 0; c < lengths.Length; c++)
            {
                if (lengths[c] == length)
                {
                    codes[c] = Reverse(code++, length);
                }
            }
        }

        return codes;
    }

    private static ushort Reverse(int code, int length)
    {
        int reversed = 0;
        for (int i = 0; i < length; i++)
        {
            reversed |= ((code >> i) & 1) << (length - 1 - i);
        }

        return (ushort)reversed;
    }
}
